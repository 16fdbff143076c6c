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
  private final ProviderSwitches switches;

  EasyPostControl(EasyPost easyPost) {
    this.easyPost = easyPost;
    this.switches = new ProviderSwitches("easypost", easyPost::overview, easyPost.faults());
  }

  /** @param path from {@code easypost} on. @return false if there is no such thing */
  boolean handle(HttpExchange exchange, String[] path) throws IOException {
    String what = exchange.getRequestMethod() + " " + String.join("/", path);
    switch (what) {
      case "POST easypost/scans" -> scan(exchange);
      case "POST easypost/invoices" -> {
        JsonNode request = Control.body(exchange, Set.of("tracking_number", "amount"));
        EasyPost.Answer made = easyPost.invoice(request.path("tracking_number").asText(),
            request.path("amount").asText());
        Http.json(exchange, made.status(), made.json());
      }
      case String _ when what.matches("POST easypost/refunds/[^/]+/(refunded|rejected|not_applicable)") -> {
        EasyPost.Answer settled = easyPost.settle(path[2], path[3]);
        Http.json(exchange, settled.status(), settled.json());
      }
      default -> {
        return switches.handle(exchange, what);
      }
    }
    return true;
  }

  private void scan(HttpExchange exchange) throws IOException {
    JsonNode request = Control.body(exchange, Set.of("tracking_number", "status", "message"));
    int trackers = easyPost.scan(request.path("tracking_number").asText(), request.path("status").asText(),
        request.path("message").asText());
    Http.json(exchange, 200, Map.of("trackers", trackers));
  }
}
