package waybill.local.machine;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import waybill.template.Stack;

/** Where the embedded cloud listens, always on loopback, and how it calls itself. */
public final class Listeners {
  public static final String ACCESS_KEY = "local";
  public static final String SECRET_KEY = "local";
  public static final Region REGION = Region.of(Stack.REGION);
  public static final StaticCredentialsProvider CREDENTIALS = StaticCredentialsProvider
      .create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));

  private static final int MANY = 512;

  private Listeners() {}

  public static HttpServer start(int port, HttpHandler handler) throws IOException {
    // Read once, before the first server: without it every answer waits 40 ms for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  public static void stop(HttpServer server) {
    server.stop(0);
    ((ExecutorService) server.getExecutor()).shutdownNow();
  }

  public static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  public static SdkHttpClient client() {
    // A long poll is an answer that takes 20 seconds.
    return ApacheHttpClient.builder().maxConnections(MANY).socketTimeout(Duration.ofSeconds(40)).build();
  }
}
