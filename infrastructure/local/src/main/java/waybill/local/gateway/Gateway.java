package waybill.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import waybill.local.functions.FunctionFailed;
import waybill.local.functions.Functions;
import waybill.local.machine.Http;
import waybill.local.machine.Json;

/** Amazon API Gateway's HTTP API: finds the route, asks its authorizer, invokes the function, and gives its answer. */
public final class Gateway {
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private final Routes routes;
  private final Functions functions;
  private final InstantSource clock;
  private final List<Consumer<Answered>> listeners = new CopyOnWriteArrayList<>();

  public Gateway(Routes routes, Functions functions, InstantSource clock) {
    this.routes = routes;
    this.functions = functions;
    this.clock = clock;
  }

  /** Calls back on each answer, before it is sent. */
  public void onAnswer(Consumer<Answered> listener) {
    listeners.add(listener);
  }

  public void handle(HttpExchange exchange) throws IOException {
    Optional<Routes.Match> match = find(exchange);
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()); // or the caller never reads the answer
    }
    Answer answer = match.map(it -> answer(exchange, it, body)).orElse(Answer.message(404, "Not Found"));
    var answered = new Answered(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
        match.map(it -> it.route().key()), HttpEventJson.headers(exchange), body, answer.ofGateway, answer.status,
        answer.headers, answer.body);
    listeners.forEach(it -> it.accept(answered));
    answer.headers.forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    Http.send(exchange, answer.status, answer.body);
  }

  private Answer answer(HttpExchange exchange, Routes.Match match, byte[] body) {
    Map<String, String> headers = HttpEventJson.headers(exchange);
    Map<String, String> query;
    try {
      query = HttpEventJson.query(exchange);
    } catch (IllegalArgumentException _) {
      return Answer.message(400, "Bad Request"); // a broken escape
    }
    return switch (decide(match.route(), headers, query)) {
      case Authorizer.Unauthorized() ->
        Answer.message(401, "Unauthorized").with("www-authenticate", "Bearer");
      case Authorizer.Forbidden() -> Answer.message(403, "Forbidden");
      case Authorizer.Allowed allowed when body.length > LARGEST_BODY ->
        Answer.message(413, "Request Entity Too Large");
      case Authorizer.Allowed allowed -> invoke(match, HttpEventJson.of(exchange, match, headers, query,
          match.route().authorizer().isPresent() ? allowed : null, body, clock.instant()));
    };
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

  private Answer invoke(Routes.Match match, byte[] event) {
    try {
      return Answer.of(functions.invoke(match.route().function(), event));
    } catch (FunctionFailed _) {
      return Answer.message(500, "Internal Server Error"); // the log has the reason
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.message(503, "Service Unavailable");
    }
  }

  /** What goes back to the caller; {@code ofGateway} where no function said it. */
  private record Answer(boolean ofGateway, int status, Headers headers, byte[] body) {
    static Answer message(int status, String message) {
      return new Answer(true, status, new Headers(), Json.bytes(Map.of("message", message)))
          .with("Content-Type", "application/json");
    }

    /** As a function gave it. */
    static Answer of(byte[] given) {
      JsonNode node;
      try {
        node = Json.read(given);
      } catch (IOException _) {
        return message(500, "Internal Server Error"); // AWS says no more about an answer that is not JSON
      }
      if (!node.has("statusCode")) { // AWS then takes the whole of it for a body
        return new Answer(false, 200, new Headers(), given).with("Content-Type", "application/json");
      }
      String text = node.path("body").asText("");
      byte[] body = node.path("isBase64Encoded").asBoolean()
          ? Base64.getDecoder().decode(text)
          : text.getBytes(StandardCharsets.UTF_8);
      var answer = new Answer(false, node.path("statusCode").asInt(500), new Headers(), body).with("Content-Type",
          "text/plain; charset=utf-8");
      node.path("headers").properties().stream().filter(it -> !it.getKey().equalsIgnoreCase("content-length"))
          .forEach(it -> answer.with(it.getKey(), it.getValue().asText()));
      node.path("cookies").forEach(it -> answer.headers.add("Set-Cookie", it.asText()));
      return answer;
    }

    Answer with(String header, String value) {
      headers.set(header, value);
      return this;
    }
  }
}
