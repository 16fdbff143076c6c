package waybill.journeys.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A receiver of webhooks on this machine, which checks them by Standard Webhooks' own library. */
final class WebhookReceiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int status = 204;

  record Received(HttpHeaders headers, String body) {
    String id() {
      return headers.firstValue("webhook-id").orElse("");
    }

    JsonNode json() {
      try {
        return JsonMapper.builder().build().readTree(body);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new Received(HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true), body));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  void answer(int other) {
    status = other;
  }

  void forget() {
    received.clear();
  }

  private List<Received> about(String order) {
    return received.stream().filter(it -> it.json().path("data").path("order_id").asText().equals(order)).toList();
  }

  /** Waits until it was asked about an order so often. */
  void awaitTries(String order, int tries) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (about(order).size() < tries) {
      if (System.nanoTime() > end) {
        throw new AssertionError("only " + about(order));
      }
      Thread.sleep(20);
    }
  }

  /** What it was sent about an order, each event once. */
  Collection<String> types(String order) {
    return about(order).stream().collect(Collectors.toMap(Received::id, it -> it.json().path("type").asText(),
        (one, _) -> one)).values();
  }

  /** How many bodies came under each id. */
  Collection<Long> bodiesOfOneId() {
    return received.stream().collect(Collectors.groupingBy(Received::id,
        Collectors.collectingAndThen(Collectors.toList(), all -> all.stream().map(Received::body).distinct().count())))
        .values();
  }

  /** Whether all that it was sent is signed with a secret, at whatever time of the cloud's clock. */
  boolean verifiedBy(String secret) {
    return !received.isEmpty() && received.stream().allMatch(it -> {
      try {
        String signature = new Webhook(secret).sign(it.id(),
            Long.parseLong(it.headers.firstValue("webhook-timestamp").orElse("0")), it.body);
        return List.of(it.headers.firstValue("webhook-signature").orElse("").split(" ")).contains(signature);
      } catch (WebhookSigningException e) {
        return false;
      }
    });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
