package waybill.simulation.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Whether a person chose its amount. */
    boolean isPart() {
      return Set.of("granted", "goodwill", "refunded_again").contains(reason);
    }

    /** Whether it tries once more what had failed. */
    boolean isAgain() {
      return reason.equals("refunded_again");
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

  /** What people had decided to give back in parts, whatever came of it. */
  long decided() {
    return refunds.stream().filter(it -> it.isPart() && !it.isAgain()).mapToLong(Refund::amount).sum();
  }

  /** What went back in parts, or is on its way. */
  long parts() {
    return refunds.stream().filter(it -> it.isPart() && !it.failed()).mapToLong(Refund::amount).sum();
  }

  /** Whether somebody tried to give back all that was left, and the bank would not. */
  boolean isRefusedByBank() {
    return refunds.stream().anyMatch(it -> it.failed() && !it.isPart());
  }

  /** What was granted, and the bank would not give back, and nobody has tried again with success. */
  long owed() {
    long failed = refunds.stream().filter(it -> it.isPart() && !it.isAgain() && it.failed()).mapToLong(Refund::amount)
        .sum();
    long again = refunds.stream().filter(it -> it.isAgain() && !it.failed()).mapToLong(Refund::amount).sum();
    return Math.max(0, failed - again);
  }

  /** Whether what is still there is no more than a bank would not give back: all that was left, or parts that failed after the rest had gone. */
  boolean isStuck() {
    return isRefusedByBank() || kept() > 0 && kept() <= owed();
  }

  boolean isMoving() {
    return refunds.stream().anyMatch(it -> !it.failed() && !it.succeeded());
  }
}
