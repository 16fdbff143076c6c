package waybill.orders;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Capture;
import waybill.messages.CreditId;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundId;
import waybill.messages.RefundStatus;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.NamedPayment;
import waybill.orders.OrderForm.Tax;
import waybill.orders.Orders.Order;
import waybill.platform.Records;
import waybill.platform.TimeText;

/** How an order's money is shown: totals, payments, what was granted back and how far that has come. */
final class MoneyView {

  private MoneyView() {}

  static Map<String, Object> totals(OrderForm form, OrderState state) {
    Stream<Discount> discounts = form.lines().stream().flatMap(it -> it.discounts().stream());
    Stream<Tax> taxes = form.lines().stream().flatMap(it -> it.taxes().stream());
    if (form.shipping() != null) {
      discounts = Stream.concat(discounts, form.shipping().discounts().stream());
      taxes = Stream.concat(taxes, form.shipping().taxes().stream());
    }
    List<OrderPayment> own = state.money().own(state.terms()).stream()
        .filter(it -> form.currency().equals(it.payment().currency()))
        .toList();
    var totals = new LinkedHashMap<String, Object>();
    totals.put("lines", form.lines().stream().mapToLong(OrderForm.Line::total).sum());
    totals.put("discounts", discounts.mapToLong(Discount::amount).sum());
    totals.put("shipping", form.shipping() == null ? 0 : form.shipping().total());
    totals.put("taxes", taxes.mapToLong(Tax::amount).sum());
    totals.put("total", form.total());
    totals.put("authorized", PaymentProgress.authorized(own, form.currency()).minorUnits());
    totals.put("captured", PaymentProgress.captured(own, form.currency()).minorUnits());
    totals.put("refunded", own.stream().map(it -> it.balance().refunded())
        .filter(it -> it.currency().equals(form.currency())).mapToLong(Money::minorUnits).sum());
    totals.put("credited", own.stream().flatMap(it -> it.parts().stream())
        .filter(it -> it.reason() == RefundReason.CREDITED && it.amount().currency().equals(form.currency()))
        .mapToLong(it -> it.amount().minorUnits()).sum());
    totals.put("due", due(state));
    return totals;
  }

  /** Negative where more is kept than is owed: a refund that was granted has not moved. What is cancelled owes nothing. */
  static long due(OrderState state) {
    if (state.isCancelled()) {
      return 0;
    }
    long kept = PaymentProgress.kept(state.money().counted(state.terms()), state.terms().currency()).minorUnits();
    long owed = state.money().owed(state.terms(), state.phase()).minorUnits();
    boolean granted = owed < state.terms().total().minorUnits();
    return granted ? owed - kept : Math.max(0, owed - kept);
  }

  /** The payments that the order named, as it named them, then those that became known later. */
  static List<Map<String, Object>> payments(Order order) {
    var named = new LinkedHashMap<PaymentId, NamedPayment>();
    order.content().form().payments().forEach(it -> named.put(it.id(order.content().id()), it));
    List<PaymentId> places = List.copyOf(named.keySet());
    OrderState state = order.progress().state();
    var captures = new MoneyCaptures(state.money(), state.terms());
    Comparator<OrderPayment> asNamed = Comparator
        .comparing(it -> named.containsKey(it.id()) ? places.indexOf(it.id()) : places.size());
    return state.money().payments().stream().sorted(asNamed).map(known -> {
      Payment it = known.payment();
      NamedPayment name = named.get(it.id());
      var payment = new LinkedHashMap<String, Object>();
      payment.put("id", it.id().value());
      payment.put("provider", it.provider());
      payment.put("account", it.account().isEmpty() ? null : it.account());
      payment.put("method", name == null ? known.method() : name.method());
      payment.put("reference", it.reference());
      payment.put("status", Records.toTree(it.status()));
      payment.put("amount",
          known.expected() == null ? it.authorized().max(it.captured()).minorUnits() : known.expected().minorUnits());
      payment.put("capturable", known.capturable().minorUnits());
      payment.put("captured", it.captured().minorUnits());
      payment.put("refunded", known.balance().refunded().minorUnits());
      payment.put("captures", known.captures().all().stream().sorted(Comparator.comparing(Capture::updatedAt))
          .map(MoneyView::capture).toList());
      payment.put("without_multicapture",
          known.isExternal() || known.isCredit() ? null : Records.toTree(captures.otherwise(known)));
      payment.put("due_at", known.dueAt() == null ? null : TimeText.of(known.dueAt()));
      payment.put("capture_before",
          known.isHeld() && it.captureBefore() != null ? TimeText.of(it.captureBefore()) : null);
      payment.put("updated_at", Records.toTree(it.updatedAt()));
      return (Map<String, Object>) payment;
    }).toList();
  }

  private static Map<String, Object> capture(Capture it) {
    var capture = new LinkedHashMap<String, Object>();
    capture.put("id", it.id().value());
    capture.put("amount", it.amount().minorUnits());
    capture.put("status", Records.toTree(it.status()));
    capture.put("final", it.last());
    capture.put("code", it.code());
    capture.put("updated_at", TimeText.of(it.updatedAt()));
    return capture;
  }

  /** What is refunded or was to be; a payment that was only voided has no refund. */
  static List<Map<String, Object>> refunds(OrderState state) {
    return state.money().payments().stream().flatMap(it -> Stream
        .concat(Stream.ofNullable(it.refund()).filter(_ -> it.balance().left().isPositive())
            .map(whole -> refund(it, whole, it.balance().left())),
            it.parts().stream().filter(part -> part.reason() != RefundReason.LOSS_ACCEPTED)
                .map(part -> refund(it, part, part.amount()))))
        .toList();
  }

  private static Map<String, Object> refund(OrderPayment payment, Refund it, Money amount) {
    var refund = new LinkedHashMap<String, Object>();
    refund.put("id", it.id().value());
    refund.put("payment_id", payment.id().value());
    refund.put("amount", amount == null ? 0 : amount.minorUnits());
    refund.put("reason", Records.toTree(it.reason()));
    refund.put("status", Records.toTree(it.status()));
    refund.put("updated_at", TimeText.of(it.updatedAt()));
    return refund;
  }

  /** What was granted back, the first first. @param forOperator whether it shows who granted it, and what they noted */
  static List<Map<String, Object>> adjustments(OrderState state, List<OrderCommand> commands, boolean forOperator) {
    return commands.stream().filter(it -> it.adjustment() != null).map(it -> adjustment(state, it, forOperator))
        .toList();
  }

  private static Map<String, Object> adjustment(OrderState state, OrderCommand command, boolean forOperator) {
    Adjustment it = command.adjustment();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", command.id());
    view.put("type", Records.toTree(it.type()));
    view.put("status", Records.toTree(status(state, command)));
    view.put("amount", -it.amount());
    view.put("taxes", -it.taxes());
    view.put("shipping", -it.shipping());
    view.put("lines", it.lines().stream().map(MoneyView::line).toList());
    view.put("reason", reason(it, forOperator));
    view.put("note", forOperator ? it.note() : null);
    view.put("done_elsewhere", it.doneElsewhere());
    view.put("refund_to", it.credited() ? CreditId.PROVIDER : "original_payment");
    view.put("refunds", parts(state, command).map(part -> part.refund().value()).toList());
    view.put("by", forOperator ? command.by() : null);
    view.put("created_at", TimeText.of(command.at()));
    return view;
  }

  private static Map<String, Object> line(Adjustment.Line it) {
    var line = new LinkedHashMap<String, Object>();
    line.put("line_id", it.lineId().value());
    line.put("quantity", -it.quantity());
    line.put("amount", -it.amount());
    line.put("taxes", -it.taxes());
    return line;
  }

  /**
   * The decision stands; this is how far its money is. What failed and was made good on another way is complete. A change that adds
   * units also waits for them, and fails if there are none.
   */
  private static Adjustment.Status status(OrderState state, OrderCommand command) {
    Adjustment it = command.adjustment();
    if (it.type().isOfLines() && it.change() == 0 && it.amount() != 0) {
      return state.money().awaitsRefund() ? Adjustment.Status.PENDING : Adjustment.Status.COMPLETED;
    }
    if (it.change() > 0 && !state.changes().isMade(it.change())) {
      boolean waits = !state.changes().failed().contains(it.change()) && !state.isCancelled();
      return waits ? Adjustment.Status.PENDING : Adjustment.Status.FAILED;
    }
    List<Adjustment.Status> statuses = parts(state, command).map(part -> status(state, part)).toList();
    return Stream.of(Adjustment.Status.FAILED, Adjustment.Status.PENDING).filter(statuses::contains).findFirst()
        .orElse(Adjustment.Status.COMPLETED);
  }

  /** What moves the money of a decision. A change of lines may be made later than it is decided: its refunds are named by it. */
  private static Stream<Adjustment.Part> parts(OrderState state, OrderCommand command) {
    return command.adjustment().type().isOfLines()
        ? state.money().payments().stream().flatMap(payment -> payment.parts().stream()
            .filter(it -> it.id().equals(RefundId.of(payment.id(), command.id())))
            .map(it -> new Adjustment.Part(payment.id(), it.id(), it.amount().minorUnits())))
        : command.adjustment().parts().stream();
  }

  private static Adjustment.Status status(OrderState state, Adjustment.Part part) {
    Optional<OrderPayment> payment = state.money().find(part.payment());
    RefundStatus status = payment.stream().flatMap(it -> it.parts().stream())
        .filter(it -> it.id().equals(part.refund())).map(Refund::status).findFirst().orElse(RefundStatus.SUCCEEDED);
    boolean owed = payment.filter(it -> it.balance().owed().isPositive()).isPresent();
    return switch (status) {
      case REQUESTED, PENDING -> payment.orElseThrow().isExternal() && !owed
          ? Adjustment.Status.COMPLETED
          : Adjustment.Status.PENDING;
      case SUCCEEDED -> Adjustment.Status.COMPLETED;
      case FAILED, VOIDED -> owed ? Adjustment.Status.FAILED : Adjustment.Status.COMPLETED;
    };
  }

  /** That fraud is suspected is for operators. */
  private static String reason(Adjustment it, boolean forOperator) {
    boolean hidden = !forOperator && it.type() == Adjustment.Kind.CANCELLATION && "fraud".equals(it.reason());
    return hidden ? "other" : it.reason();
  }
}
