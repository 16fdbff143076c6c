package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.providers.ProviderFaults;

/**
 * What all local providers have below their name: an overview, and faults that are made and cleared.
 *
 * @param overview without the faults
 */
record ProviderSwitches(String provider, Supplier<ObjectNode> overview, ProviderFaults<?, ?> faults) {

  /** @return false if there is no such thing */
  boolean handle(HttpExchange exchange, String what) throws IOException {
    switch (what.replace(provider, "")) {
      case "GET " -> show(exchange, 200);
      case "POST /faults" -> {
        add(Control.body(exchange, Set.of("call", "kind", "times")));
        show(exchange, 201);
      }
      case "DELETE /faults" -> {
        faults.clear();
        show(exchange, 200);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(JsonNode request) {
    JsonNode times = request.path("times");
    if (!times.isMissingNode() && !times.isInt()) {
      throw new IllegalArgumentException("times is a whole number");
    }
    faults.add(request.path("call").asText(), request.path("kind").asText(), times.asInt(1));
  }

  private void show(HttpExchange exchange, int status) throws IOException {
    ObjectNode shown = overview.get();
    shown.set("faults", Json.tree(Map.of("data", faults.json())).path("data"));
    Http.json(exchange, status, shown);
  }
}
