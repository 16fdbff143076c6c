package waybill.payments;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.PaymentId;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Where payments are: an item each. Those that no order has named stand in the index {@code by_unclaimed} too, by when they
 * were first heard of; the usual payment, whose order comes first, never does and costs no write there.
 */
final class PaymentsTable {
  /** In one part: payments that nobody claims are few. */
  private static final DueList UNCLAIMED = new DueList("by_unclaimed", "unclaimed", 1);
  private static final int MOST_AT_ONCE = 1_000;

  private PaymentsTable() {}

  static Table<RecordedPayment> payments(Ports ports) {
    return new Table<>(ports, "PAYMENTS_TABLE", RecordedPayment.class, it -> key(it.payment().id()),
        PaymentsTable::indexes);
  }

  static Key key(PaymentId payment) {
    return new Key(payment.value(), "payment");
  }

  /** Payments that have waited for an order since then or longer. */
  static Stream<Key> unclaimedSince(Table<RecordedPayment> payments, Instant since) {
    return UNCLAIMED.dueBy(payments, since, MOST_AT_ONCE);
  }

  private static Map<String, String> indexes(RecordedPayment recorded) {
    return recorded.unclaimedSince() == null
        ? Map.of()
        : UNCLAIMED.entry(recorded.payment().id(), recorded.unclaimedSince());
  }
}
