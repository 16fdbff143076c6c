package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import waybill.local.machine.Http;
import waybill.local.providers.karrio.Karrio;

/** What is under {@code /local/karrio}: the local Karrio's shipments and faults, and what its carriers do. */
final class KarrioControl {
  private final Karrio karrio;
  private final ProviderSwitches switches;

  KarrioControl(Karrio karrio) {
    this.karrio = karrio;
    this.switches = new ProviderSwitches("karrio", karrio::overview, karrio.faults());
  }

  /** @param path from {@code karrio} on. @return false if there is no such thing */
  boolean handle(HttpExchange exchange, String[] path) throws IOException {
    String what = exchange.getRequestMethod() + " " + String.join("/", path);
    if (!what.equals("POST karrio/scans")) {
      return switches.handle(exchange, what);
    }
    JsonNode request = Control.body(exchange, Set.of("tracking_number", "status", "message", "unheard"));
    String number = request.path("tracking_number").asText();
    String status = request.path("status").asText();
    String message = request.path("message").asText();
    int trackers = request.path("unheard").asBoolean()
        ? karrio.scanUnheard(number, status, message)
        : karrio.scan(number, status, message);
    Http.json(exchange, 200, Map.of("trackers", trackers));
    return true;
  }
}
