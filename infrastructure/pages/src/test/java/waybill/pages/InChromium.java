package waybill.pages;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives a test the shared Chromium: register it as a static extension. */
public final class InChromium implements BeforeAllCallback {
  private Pages pages;

  @Override
  public void beforeAll(ExtensionContext context) {
    pages = Pages.shared(context);
  }

  /** See {@link Pages#faults}. */
  public List<String> faults(String name, String url, String... others) {
    return pages.faults(name, url, others);
  }

  /** See {@link Pages#window}. */
  public Pages.Window window(String locale) {
    return pages.window(locale);
  }

  /** The same of a page that a function answered with, served with its own headers. */
  public List<String> faultsOf(String name, int status, Map<String, String> headers, String body) {
    HttpServer server = server(status, headers, body.getBytes(StandardCharsets.UTF_8));
    try {
      return pages.faults(name, "http://localhost:" + server.getAddress().getPort() + "/");
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server(int status, Map<String, String> headers, byte[] body) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean isPage = exchange.getRequestURI().getPath().equals("/");
        exchange.sendResponseHeaders(isPage ? status : 204, isPage ? body.length : -1);
        if (isPage) {
          exchange.getResponseBody().write(body);
        }
        exchange.close();
      });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
