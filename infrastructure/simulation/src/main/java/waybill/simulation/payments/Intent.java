package waybill.simulation.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A payment as Stripe shows it, with what went back of it.
 *
 * @param received in the smallest unit of the currency; 0 unless it was captured
 * @param captures what each of the captures that were asked for was for
 * @param created when Stripe heard of it, to the second
 */
record Intent(String id, String status, String currency, long amount, long received, Instant created,
    List<Refund> refunds, List<String> captures) {

  /** @param cause ours: one for each payment that is to go back. @param order whose money it was; empty if no order's */
  record Refund(String cause, String reason, String order, String status, long amount) {
    boolean succeeded() {
      return status.equals("succeeded");
    }

    boolean failed() {
      return status.equals("failed");
    }
  }

  /** All that Stripe knows, by its ids. */
  static Map<String, Intent> of(JsonNode overview) {
    var intents = new LinkedHashMap<String, Intent>();
    overview.path("payment_intents").forEach(it -> intents.put(it.path("id").asText(),
        new Intent(it.path("id").asText(), it.path("status").asText(), it.path("currency").asText(),
            it.path("amount").asLong(), it.path("amount_received").asLong(),
            Instant.ofEpochSecond(it.path("created").asLong()), new ArrayList<>(),
            it.path("captures").valueStream().map(capture -> capture.path("cause").asText()).toList())));
    overview.path("refunds").forEach(it -> {
      JsonNode metadata = it.path("metadata");
      intents.get(it.path("payment_intent").asText()).refunds.add(new Refund(metadata.path("waybill_refund").asText(),
          metadata.path("reason").asText(), metadata.path("order_id").asText(), it.path("status").asText(),
          it.path("amount").asLong()));
    });
    return intents;
  }

  /** What has gone back, or is on its way. */
  long returned() {
    return refunds.stream().filter(it -> !it.failed()).mapToLong(Refund::amount).sum();
  }

  /** What is still there. */
  long kept() {
    return received - returned();
  }

  /** Whether somebody tried to give it back, and the bank would not. */
  boolean isRefusedByBank() {
    return refunds.stream().anyMatch(Refund::failed);
  }
}
