package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.messages.Alert;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.platform.Records;

/** What an order's own items say of its past: what people did, what was noted, and where its money and its parcels went. */
final class OrderHistory {
  private final List<HistoryEntry> entries = new ArrayList<>();
  private final OrderProgress progress;
  private final Remarks remarks;

  private OrderHistory(OrderProgress progress, Remarks remarks) {
    this.progress = progress;
    this.remarks = remarks;
  }

  /** In no order. */
  static List<HistoryEntry> of(OrderContent content, OrderProgress progress, List<OrderCommand> commands,
      Remarks remarks) {
    var history = new OrderHistory(progress, remarks);
    history.add(content.acceptedAt(), null, "order.accepted", null, Map.of("total", content.form().total(), "currency",
        content.form().currency(), "lines", content.form().lines().size()), null);
    commands.forEach(history::command);
    progress.state().holding().placed().forEach(history::hold);
    history.cancellation();
    progress.merged().ifPresent(history::merger);
    remarks.all().forEach(history::remark);
    progress.state().money().payments().forEach(history::money);
    progress.parcels().forEach(it -> history.parcel(it.value(), it.createdAt()));
    return List.copyOf(history.entries);
  }

  private void add(Instant at, String by, String what, Map<String, Object> before, Map<String, Object> after,
      String why) {
    if (at != null) {
      entries.add(new HistoryEntry(at, by, what, before, after, why));
    }
  }

  private void command(OrderCommand command) {
    Adjustment adjustment = command.adjustment();
    add(command.at(), command.by(), "command." + small(command.kind()), null,
        adjustment == null ? null : adjusted(command.id(), adjustment),
        adjustment == null ? null : adjustment.reason() == null ? adjustment.note() : adjustment.reason());
  }

  private static Map<String, Object> adjusted(String id, Adjustment adjustment) {
    var after = new LinkedHashMap<String, Object>();
    after.put("adjustment_id", id);
    after.put("type", small(adjustment.type()));
    after.put("amount", adjustment.amount());
    after.put("lines", adjustment.lines().stream()
        .map(it -> new TreeMap<String, Object>(Map.of("line_id", it.lineId().value(), "quantity", it.quantity())))
        .toList());
    return after;
  }

  private void hold(PlacedHold hold) {
    var held = new LinkedHashMap<String, Object>();
    held.put("hold_id", hold.id().value());
    held.put("reason", hold.reason().text());
    held.put("fulfillment_id", hold.fulfillment() == null ? null : hold.fulfillment().value());
    if (hold.reason().isPlaced()) {
      add(hold.at(), remarks.by(hold.id().value()), "hold.placed", null, held, hold.note());
    }
    if (hold.release() != null) {
      Hold.Resolution how = hold.release().resolution();
      add(hold.release().at(), null, "hold.released", held, how == null ? null : Map.of("resolution", how.text()),
          hold.release().note());
    }
  }

  private void cancellation() {
    Cancellation end = progress.state().cancellation();
    if (end != null) {
      add(end.at(), remarks.by(Remark.CANCELLATION), "order.ended", Map.of("status", "open"),
          Map.of("status", "cancelled"), small(end.reason()));
    }
  }

  /** Whoever asked for it is in the history of the order that joins the other as a command too. */
  private void merger(MergedOrder merged) {
    Merger it = merged.merger();
    var after = new LinkedHashMap<String, Object>();
    after.put("order_id", it.with().value());
    after.put("role", small(Orders.Role.of(it.leads())));
    add(it.at(), it.by(), "order.merged", null, after, it.note());
    add(it.endedAt(), null, "order.merger_ended", after, null, null);
  }

  private void remark(Remark remark) {
    if (remark.isNote()) {
      add(remark.at(), remark.by(), "note.added", null, Map.of("note_id", remark.id()), remark.note());
    } else if (remark.isOfTags()) {
      add(remark.at(), remark.by(), "tags.changed", Map.of("tags", remark.before()), Map.of("tags", remark.tags()),
          null);
    }
  }

  private void money(OrderPayment order) {
    Payment payment = order.payment();
    String provider = payment.account().isEmpty()
        ? payment.provider()
        : payment.provider() + "/" + payment.account();
    var now = new LinkedHashMap<String, Object>();
    now.put("payment_id", payment.id().value());
    now.put("status", small(payment.status()));
    now.put("authorized", Records.toTree(payment.authorized()));
    now.put("captured", Records.toTree(payment.captured()));
    add(payment.updatedAt(), provider, "payment." + small(payment.status()), null, now, null);
    Stream.concat(Stream.ofNullable(order.refund()), order.parts().stream())
        .forEach(it -> refund(payment, it, provider));
    order.alerts().forEach(it -> alert(payment, it, provider));
  }

  private void refund(Payment payment, Refund refund, String provider) {
    var now = new LinkedHashMap<String, Object>();
    now.put("payment_id", payment.id().value());
    now.put("refund_id", refund.id().value());
    now.put("status", small(refund.status()));
    now.put("amount", Records.toTree(refund.amount()));
    add(refund.updatedAt(), provider, "refund." + small(refund.status()), null, now, small(refund.reason()));
  }

  private void alert(Payment payment, Alert alert, String provider) {
    var now = new LinkedHashMap<String, Object>();
    now.put("payment_id", payment.id().value());
    now.put("status", small(alert.status()));
    now.put("amount", Records.toTree(alert.amount()));
    add(alert.at(), provider, "payment." + small(alert.kind()), null, now, null);
  }

  private void parcel(OrderParcel parcel, Instant packedAt) {
    String id = parcel.parcel().id().value();
    add(packedAt, null, "parcel.packed", null, Map.of("parcel_id", id), null);
    if (parcel.isLabelled()) {
      add(parcel.shippedAt(), parcel.carrier(), "parcel.labelled", null,
          Map.of("parcel_id", id, "tracking_number", parcel.trackingNumber()), null);
    }
    if (parcel.scan() != null) {
      add(parcel.scan().at(), parcel.carrier(), "parcel.scanned", null,
          Map.of("parcel_id", id, "status", small(parcel.scan().status())), null);
    }
  }

  private static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
