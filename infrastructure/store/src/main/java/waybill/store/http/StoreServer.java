package waybill.store.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.store.disk.Durability;

/** DynamoDB on a port of loopback. An answer is sent when what it says is durable, and not before. */
public final class StoreServer implements AutoCloseable {
  private static final int BACKLOG = 512;

  private final ServerSocket listener;
  private final Operations operations;
  private final Durability durability;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  public StoreServer(DynamoDbClient tables, Durability durability) throws IOException {
    this.operations = new Operations(tables);
    this.durability = durability;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("tables").start(this::listen);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().name("tables").start(() -> serve(client));
      } catch (IOException _) {
        continue; // it is closed, or a client was gone before it was accepted
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      new Connection(client, this::answer).serve();
    } catch (IOException _) {
      // The client, or this server, is gone: nobody waits for an answer.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private Operations.Answer answer(String target, byte[] body) throws InterruptedException {
    try {
      Operations.Answer answer = operations.answer(target, body);
      durability.await();
      return answer;
    } catch (IOException | RuntimeException e) {
      return Operations.failure(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
