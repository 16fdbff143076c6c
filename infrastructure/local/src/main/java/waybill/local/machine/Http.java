package waybill.local.machine;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers of the embedded cloud itself. */
public final class Http {
  private Http() {}

  public static void json(HttpExchange exchange, int status, Object value) throws IOException {
    send(exchange, status, "application/json", Json.bytes(value));
  }

  public static void html(HttpExchange exchange, String page) throws IOException {
    html(exchange, 200, Page.POLICY, page);
  }

  /** @param policy what the page may load and run */
  public static void html(HttpExchange exchange, int status, String policy, String page) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", policy);
    exchange.getResponseHeaders().set("Vary", "Accept");
    send(exchange, status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a person's browser asks: everybody else reads JSON, and so does a browser at an address that ends with {@code .json}. */
  public static boolean wantsPage(HttpExchange exchange) {
    return header(exchange, "Accept").contains("text/html") && !exchange.getRequestURI().getPath().endsWith(".json");
  }

  public static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    send(exchange, status, body);
  }

  /** The headers are set already. */
  public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean bare = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304 || body.length == 0;
    exchange.sendResponseHeaders(status, bare ? -1 : body.length);
    if (!bare) {
      exchange.getResponseBody().write(body);
    }
  }

  /** An answer that breaks off: without any, the JDK's own client would ask again by itself. */
  public static void breakOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
  }

  public static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** A body, or a query, of media type {@code application/x-www-form-urlencoded}. */
  public static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Text that may stand in HTML or XML, in an attribute too. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
        "&#39;");
  }
}
