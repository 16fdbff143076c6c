package waybill.payments;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.PaymentId;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Where payments are: an item each. Those that no order has named stand in the index {@code by_unclaimed} too, by when they
 * were first heard of; the usual payment, whose order comes first, never does and costs no write there.
 */
final class PaymentsTable {
  private static final String UNCLAIMED = "by_unclaimed";
  /** One partition: payments that nobody claims are few. */
  private static final String PARTITION = "unclaimed";

  private PaymentsTable() {}

  static Table<RecordedPayment> payments(Ports ports) {
    return new Table<>(ports, "PAYMENTS_TABLE", RecordedPayment.class, it -> key(it.payment().id()),
        PaymentsTable::indexes);
  }

  static Key key(PaymentId payment) {
    return new Key(payment.value(), "payment");
  }

  /** Payments that have waited for an order since then or longer, as the index has them: it may be a little late. */
  static Stream<Key> unclaimedSince(Table<RecordedPayment> payments, Instant since) {
    return payments.keysUpTo(UNCLAIMED, PARTITION, range(since));
  }

  private static Map<String, String> indexes(RecordedPayment recorded) {
    return recorded.unclaimedSince() == null
        ? Map.of()
        : Map.of(UNCLAIMED, PARTITION, UNCLAIMED + "_range", range(recorded.unclaimedSince()));
  }

  /** In the order of time also as text. */
  private static String range(Instant time) {
    return String.format(Locale.ROOT, "%015d", time.toEpochMilli());
  }
}
