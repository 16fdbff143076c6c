package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Amazon API Gateway's HTTP API: finds the route, asks its authorizer, invokes the function, and gives its answer. */
final class Gateway {
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private final Routes routes;
  private final Functions functions;
  private final InstantSource clock;

  Gateway(Routes routes, Functions functions, InstantSource clock) {
    this.routes = routes;
    this.functions = functions;
    this.clock = clock;
  }

  void handle(HttpExchange exchange) throws IOException {
    Optional<Routes.Match> match = find(exchange);
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (match.isEmpty()) {
      answer(exchange, 404, "Not Found");
      return;
    }
    Map<String, String> headers = HttpEventJson.headers(exchange);
    Map<String, String> query;
    try {
      query = HttpEventJson.query(exchange);
    } catch (IllegalArgumentException _) {
      answer(exchange, 400, "Bad Request"); // a broken escape
      return;
    }
    switch (decide(match.get().route(), headers, query)) {
      case Authorizer.Unauthorized() -> {
        exchange.getResponseHeaders().set("www-authenticate", "Bearer");
        answer(exchange, 401, "Unauthorized");
      }
      case Authorizer.Forbidden() -> answer(exchange, 403, "Forbidden");
      case Authorizer.Allowed allowed when body.length > LARGEST_BODY -> {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()); // or the caller never reads the answer
        answer(exchange, 413, "Request Entity Too Large");
      }
      case Authorizer.Allowed allowed -> invoke(exchange, match.get(), HttpEventJson.of(exchange, match.get(), headers,
          query, match.get().route().authorizer().isPresent() ? allowed : null, body, clock.instant()));
    }
  }

  private Optional<Routes.Match> find(HttpExchange exchange) {
    try {
      return routes.find(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // a path with a broken escape leads nowhere
    }
  }

  private static Authorizer.Decision decide(Routes.Route route, Map<String, String> headers,
      Map<String, String> query) {
    return route.authorizer().map(it -> it.decide(headers, query, route.event().scopes()))
        .orElse(new Authorizer.Allowed(Map.of(), null));
  }

  private void invoke(HttpExchange exchange, Routes.Match match, byte[] event) throws IOException {
    try {
      respond(exchange, functions.invoke(match.route().function(), event));
    } catch (FunctionFailed _) {
      answer(exchange, 500, "Internal Server Error"); // the log has the reason
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "Service Unavailable");
    }
  }

  private static void respond(HttpExchange exchange, byte[] answer) throws IOException {
    JsonNode node;
    try {
      node = Json.read(answer);
    } catch (IOException _) {
      answer(exchange, 500, "Internal Server Error"); // AWS says no more about an answer that is not JSON
      return;
    }
    if (!node.has("statusCode")) { // AWS then takes the whole of it for a body
      Http.send(exchange, 200, "application/json", answer);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    node.path("headers").properties().forEach(header -> {
      if (!header.getKey().equalsIgnoreCase("content-length")) {
        exchange.getResponseHeaders().set(header.getKey(), header.getValue().asText());
      }
    });
    node.path("cookies").forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie.asText()));
    String body = node.path("body").asText("");
    byte[] bytes = node.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
    Http.send(exchange, node.path("statusCode").asInt(500), bytes);
  }

  private static void answer(HttpExchange exchange, int status, String message) throws IOException {
    Http.json(exchange, status, Map.of("message", message));
  }
}
