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

  StripeControl(Stripe stripe) {
    this.stripe = stripe;
  }

  /** @param path from {@code stripe} on. @return false where there is no such thing */
  boolean handle(HttpExchange exchange, String[] path) throws IOException {
    switch (exchange.getRequestMethod() + " " + String.join("/", path)) {
      case "GET stripe" -> show(exchange, 200);
      case "POST stripe/payment_intents" -> know(exchange);
      case "POST stripe/faults" -> fault(exchange);
      case "DELETE stripe/faults" -> {
        stripe.faults().clear();
        show(exchange, 200);
      }
      case String what when what.matches("POST stripe/refunds/[^/]+/(fail|succeed)") -> {
        Optional<ObjectNode> settled = stripe.settle(path[2], path[3].equals("succeed"));
        if (settled.isEmpty()) {
          return false;
        }
        Http.json(exchange, 200, settled.get());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void show(HttpExchange exchange, int status) throws IOException {
    ObjectNode overview = stripe.overview();
    overview.set("faults", Json.tree(Map.of("data", stripe.faults().json())).path("data"));
    Http.json(exchange, status, overview);
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

  private void fault(HttpExchange exchange) throws IOException {
    JsonNode request = Control.body(exchange, Set.of("call", "kind", "times"));
    JsonNode times = request.path("times");
    if (!times.isMissingNode() && !times.isInt()) {
      throw new IllegalArgumentException("times is a whole number");
    }
    stripe.faults().add(request.path("call").asText(), request.path("kind").asText(), times.asInt(1));
    show(exchange, 201);
  }
}
