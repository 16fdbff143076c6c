package waybill.notifications;

import java.util.List;
import java.util.Optional;
import waybill.messages.OrderId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** What was asked to be sent again, beside the markers of mails. */
final class Resends {
  static final int MOST = 50;
  private final Table<Resend> table;

  Resends(Ports ports) {
    this.table = new Table<>(ports, "NOTIFICATIONS_TABLE", Resend.class, it -> new Key(partition(it.order()), it.id()));
  }

  private static String partition(OrderId order) {
    return "again#" + order;
  }

  /** What was asked for with a key, now or before; refused if an order was asked for too much. */
  Outcome<Resend> ask(Resend wanted) {
    List<Resend> before = about(wanted.order());
    Optional<Resend> same = before.stream().filter(it -> it.id().equals(wanted.id())).findFirst();
    if (same.isPresent()) {
      return same.get().kind().equals(wanted.kind()) && same.get().about().equals(wanted.about())
          ? Outcome.of(same.get())
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused", "this Idempotency-Key asked for another mail")
              .outcome();
    }
    if (before.size() >= MOST) {
      return Refused.conflict("too_many_mails", "mails of an order are sent again at most %d times".formatted(MOST))
          .outcome();
    }
    return table.insert(wanted)
        ? Outcome.of(wanted)
        : Outcome.of(table.find(new Key(partition(wanted.order()), wanted.id())).orElseThrow().value());
  }

  List<Resend> about(OrderId order) {
    return table.findAll(partition(order), "").stream().map(Stored::value).toList();
  }
}
