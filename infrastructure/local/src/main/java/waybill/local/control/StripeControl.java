package waybill.local.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.local.machine.Http;
import waybill.local.machine.Json;
import waybill.local.providers.stripe.Stripe;

/** What is under {@code /local/stripe}: the local Stripe's payments, refunds and faults. */
final class StripeControl {
  private final Stripe stripe;
  private final ProviderSwitches switches;

  StripeControl(Stripe stripe) {
    this.stripe = stripe;
    this.switches = new ProviderSwitches("stripe", stripe::overview, stripe.faults());
  }

  /** @param path from {@code stripe} on. @return false where there is no such thing */
  boolean handle(HttpExchange exchange, String[] path) throws IOException {
    String what = exchange.getRequestMethod() + " " + String.join("/", path);
    switch (what) {
      case "POST stripe/payment_intents" -> know(exchange);
      case String _ when what.matches("POST stripe/refunds/[^/]+/(fail|succeed)") -> {
        Optional<ObjectNode> settled = stripe.settle(path[2], path[3].equals("succeed"));
        if (settled.isEmpty()) {
          return false;
        }
        Http.json(exchange, 200, settled.get());
      }
      default -> {
        return switches.handle(exchange, what);
      }
    }
    return true;
  }

  private void know(HttpExchange exchange) throws IOException {
    JsonNode request = Control.body(exchange, Set.of("id", "account", "amount", "currency", "status", "multicapture"));
    ObjectNode known = stripe.know(request.path("id").asText(), request.path("account").asText(),
        request.path("amount").asLong(), request.path("currency").asText(), request.path("status").asText());
    if (request.has("multicapture")) {
      stripe.multicapture(request.path("id").asText(), request.path("multicapture").asBoolean());
    }
    Http.json(exchange, 200, known);
  }
}
