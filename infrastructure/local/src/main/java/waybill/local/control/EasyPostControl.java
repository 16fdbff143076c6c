package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.providers.easypost.EasyPost;

/** What is under {@code /local/easypost}: the local EasyPost's shipments and faults, and what its carriers do. */
final class EasyPostControl {
  private final EasyPost easyPost;

  EasyPostControl(EasyPost easyPost) {
    this.easyPost = easyPost;
  }

  /** @param path from {@code easypost} on. @return false if there is no such thing */
  boolean handle(HttpExchange exchange, String[] path) throws IOException {
    switch (exchange.getRequestMethod() + " " + String.join("/", path)) {
      case "GET easypost" -> show(exchange, 200);
      case "POST easypost/faults" -> fault(exchange);
      case "DELETE easypost/faults" -> {
        easyPost.faults().clear();
        show(exchange, 200);
      }
      case "POST easypost/scans" -> scan(exchange);
      case String what when what.matches("POST easypost/refunds/[^/]+/(refunded|rejected|not_applicable)") -> {
        EasyPost.Answer settled = easyPost.settle(path[2], path[3]);
        Http.json(exchange, settled.status(), settled.json());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void show(HttpExchange exchange, int status) throws IOException {
    ObjectNode overview = easyPost.overview();
    overview.set("faults", Json.tree(Map.of("data", easyPost.faults().json())).path("data"));
    Http.json(exchange, status, overview);
  }

  private void fault(HttpExchange exchange) throws IOException {
    JsonNode request = Control.body(exchange, Set.of("call", "kind", "times"));
    JsonNode times = request.path("times");
    if (!times.isMissingNode() && !times.isInt()) {
      throw new IllegalArgumentException("times is a whole number");
    }
    easyPost.faults().add(request.path("call").asText(), request.path("kind").asText(), times.asInt(1));
    show(exchange, 201);
  }

  private void scan(HttpExchange exchange) throws IOException {
    JsonNode request = Control.body(exchange, Set.of("tracking_number", "status", "message"));
    int trackers = easyPost.scan(request.path("tracking_number").asText(), request.path("status").asText(),
        request.path("message").asText());
    Http.json(exchange, 200, Map.of("trackers", trackers));
  }
}
