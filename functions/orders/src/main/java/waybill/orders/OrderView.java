package waybill.orders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.NamedPayment;
import waybill.orders.OrderForm.Tax;
import waybill.orders.Orders.Order;
import waybill.platform.Records;
import waybill.platform.TimeText;

/** How an order is shown: what was sent, and how far it has come. */
final class OrderView {

  private OrderView() {}

  /**
   * The whole order, as {@code GET /orders/{id}} gives it.
   *
   * @param forOperator whether it shows that fraud was suspected, and why people hold it
   */
  static Map<String, Object> whole(Order order, boolean forOperator) {
    OrderForm form = order.content().form();
    OrderProgress progress = order.progress();
    OrderState state = progress.state();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", order.content().id().value());
    view.put("livemode", order.content().livemode());
    view.putAll(axes(progress));
    view.putAll(Records.toObject(form));
    view.put("placed_at",
        TimeText.of(form.placedAt() == null ? order.content().acceptedAt() : form.placedAt()));
    Cancellation end = state.cancellation();
    view.put("cancelled_at", end == null ? null : TimeText.of(end.at()));
    view.put("cancel_reason", end == null ? null : Records.toTree(shown(end.reason(), forOperator)));
    view.put("holds", state.holds().stream().map(it -> hold(it, forOperator)).toList());
    view.put("totals", totals(form, state));
    view.put("lines", lines(order.content(), progress));
    view.put("payments", payments(order));
    view.put("fulfillments", state.packing().fulfillments().stream().map(it -> fulfillment(progress, it)).toList());
    view.put("refunds", refunds(state));
    return progress.timed(view);
  }

  private static CancelReason shown(CancelReason reason, boolean forOperator) {
    return reason == CancelReason.FRAUD && !forOperator ? CancelReason.OTHER : reason;
  }

  /** One line of a list: no names, no addresses. */
  static Map<String, Object> summary(OrderProgress order) {
    OrderTerms terms = order.state().terms();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", order.state().id().value());
    view.put("livemode", terms.livemode());
    view.put("channel", terms.channel().value());
    view.put("reference", terms.reference());
    view.put("number", terms.number());
    view.put("customer_id", terms.customerId());
    view.put("currency", terms.total().currency());
    view.put("total", terms.total().minorUnits());
    view.putAll(axes(order));
    return order.timed(view);
  }

  private static Map<String, Object> axes(OrderProgress order) {
    var axes = new LinkedHashMap<String, Object>();
    axes.put("status", Records.toTree(order.status()));
    axes.put("awaiting", Records.toTree(order.awaiting()));
    axes.put("payment_status", Records.toTree(order.state().payment()));
    axes.put("stock_status", Records.toTree(order.stock()));
    axes.put("fulfillment_status", Records.toTree(order.fulfillment()));
    axes.put("delivery_status", Records.toTree(order.delivery()));
    return axes;
  }

  private static Map<String, Object> totals(OrderForm form, OrderState state) {
    Stream<Discount> discounts = form.lines().stream().flatMap(it -> it.discounts().stream());
    Stream<Tax> taxes = form.lines().stream().flatMap(it -> it.taxes().stream());
    if (form.shipping() != null) {
      discounts = Stream.concat(discounts, form.shipping().discounts().stream());
      taxes = Stream.concat(taxes, form.shipping().taxes().stream());
    }
    List<OrderPayment> own = state.money().own(state.terms()).stream()
        .filter(it -> form.currency().equals(it.payment().currency()))
        .toList();
    long kept = PaymentProgress.captured(own.stream().filter(OrderPayment::counts).toList(), form.currency())
        .minorUnits();
    var totals = new LinkedHashMap<String, Object>();
    totals.put("lines", form.lines().stream().mapToLong(OrderForm.Line::total).sum());
    totals.put("discounts", discounts.mapToLong(Discount::amount).sum());
    totals.put("shipping", form.shipping() == null ? 0 : form.shipping().total());
    totals.put("taxes", taxes.mapToLong(Tax::amount).sum());
    totals.put("total", form.total());
    totals.put("authorized", PaymentProgress.authorized(own, form.currency()).minorUnits());
    totals.put("captured", PaymentProgress.captured(own, form.currency()).minorUnits());
    totals.put("refunded", own.stream().map(OrderPayment::refunded)
        .filter(it -> it.currency().equals(form.currency())).mapToLong(Money::minorUnits).sum());
    totals.put("due", state.isCancelled() ? 0 : Math.max(0, form.total() - kept));
    return totals;
  }

  private static List<Map<String, Object>> lines(OrderContent content, OrderProgress order) {
    var lines = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < content.form().lines().size(); i++) {
      LineId id = OrderContent.lineId(i);
      var line = new LinkedHashMap<String, Object>();
      line.put("id", id.value());
      line.putAll(Records.toObject(content.form().lines().get(i)));
      line.put("promised_at", null);
      line.put("quantities", quantities(id, content.form().lines().get(i).quantity(), content, order));
      lines.add(line);
    }
    return lines;
  }

  /** How many units of a line have come this far at least: a delivered unit was also shipped, allocated and reserved. */
  private static Map<String, Object> quantities(LineId line, int ordered, OrderContent content,
      OrderProgress order) {
    OrderState state = order.state();
    boolean reserved = state.stock().status() == StockStatus.RESERVED;
    int quantity = units(line, content.shippedLines().stream());
    var quantities = new LinkedHashMap<String, Object>();
    quantities.put("reserved", reserved ? quantity : 0);
    quantities.put("backordered", 0);
    Stream<OrderFulfillment> kept = state.isCancelled() ? Stream.empty() : state.packing().fulfillments().stream();
    quantities.put("allocated", units(line, kept.flatMap(it -> it.lines().stream())));
    quantities.put("shipped", inParcels(line, order, OrderParcel::isShipped));
    quantities.put("delivered", inParcels(line, order, OrderParcel::isDelivered));
    quantities.put("cancelled", state.isCancelled() ? ordered : 0);
    quantities.put("returned", 0);
    return quantities;
  }

  private static int inParcels(LineId line, OrderProgress order, Predicate<OrderParcel> counted) {
    return units(line, order.packed().filter(counted).flatMap(it -> it.parcel().lines().stream()));
  }

  private static int units(LineId line, Stream<LineQuantity> lines) {
    return lines.filter(it -> it.lineId().equals(line)).mapToInt(LineQuantity::quantity).sum();
  }

  /** The payments that the order named, as it named them, then those that became known later. */
  private static List<Map<String, Object>> payments(Order order) {
    var named = new LinkedHashMap<PaymentId, NamedPayment>();
    order.content().form().payments().forEach(it -> named.put(it.id(order.content().id()), it));
    List<PaymentId> places = List.copyOf(named.keySet());
    Comparator<OrderPayment> asNamed = Comparator
        .comparing(it -> named.containsKey(it.id()) ? places.indexOf(it.id()) : places.size());
    return order.progress().state().money().payments().stream().sorted(asNamed).map(known -> {
      Payment it = known.payment();
      NamedPayment name = named.get(it.id());
      var payment = new LinkedHashMap<String, Object>();
      payment.put("id", it.id().value());
      payment.put("provider", it.provider());
      payment.put("account", it.account().isEmpty() ? null : it.account());
      payment.put("method", name == null ? null : name.method());
      payment.put("reference", it.reference());
      payment.put("status", Records.toTree(it.status()));
      payment.put("amount", name == null ? it.authorized().max(it.captured()).minorUnits() : name.amount());
      payment.put("captured", it.captured().minorUnits());
      payment.put("refunded", known.refunded().minorUnits());
      payment.put("updated_at", Records.toTree(it.updatedAt()));
      return (Map<String, Object>) payment;
    }).toList();
  }

  /** What is refunded or was to be; a payment that was only voided has no refund. */
  private static List<Map<String, Object>> refunds(OrderState state) {
    return state.money().payments().stream()
        .filter(it -> it.refund() != null && refundAmount(it).isPositive()).map(it -> {
          var refund = new LinkedHashMap<String, Object>();
          refund.put("id", it.refund().id().value());
          refund.put("payment_id", it.id().value());
          refund.put("amount", refundAmount(it).minorUnits());
          refund.put("reason", Records.toTree(it.refund().reason()));
          refund.put("status", Records.toTree(it.refund().status()));
          refund.put("updated_at", TimeText.of(it.refund().updatedAt()));
          return (Map<String, Object>) refund;
        }).toList();
  }

  /** Until the provider has answered, all that was captured is to be refunded. */
  private static Money refundAmount(OrderPayment it) {
    return it.refund().amount() == null ? it.payment().captured() : it.refund().amount();
  }

  /** Why a person holds an order is for operators. */
  private static Map<String, Object> hold(Hold hold, boolean forOperator) {
    boolean isHidden = !forOperator && hold.reason().isPlaced();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", hold.id().value());
    view.put("reason", (isHidden ? Hold.Reason.OTHER : hold.reason()).text());
    view.put("fulfillment_id", hold.fulfillmentId() == null ? null : hold.fulfillmentId().value());
    view.put("note", isHidden ? "the shop looks at it" : hold.note());
    view.put("created_at", Records.toTree(hold.createdAt()));
    return view;
  }

  private static Map<String, Object> fulfillment(OrderProgress order, OrderFulfillment fulfillment) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", fulfillment.id().value());
    view.put("location_id", fulfillment.locationId().value());
    view.put("status", order.state().isCancelled() ? "cancelled" : fulfillment.isPacked() ? "packed" : "open");
    view.put("lines", lines(fulfillment.lines()));
    view.put("parcels",
        order.parcels(fulfillment).map(it -> parcel(it, order.state().isCancelled())).toList());
    return view;
  }

  private static Map<String, Object> parcel(OrderParcel parcel, boolean cancelled) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", parcel.parcel().id().value());
    view.put("carrier", parcel.carrier());
    view.put("service", parcel.service());
    view.put("tracking_number", parcel.trackingNumber());
    view.put("status", status(parcel, cancelled));
    view.put("weight_grams", parcel.parcel().weightGrams());
    view.put("length_mm", parcel.parcel().lengthMm());
    view.put("width_mm", parcel.parcel().widthMm());
    view.put("height_mm", parcel.parcel().heightMm());
    view.put("lines", lines(parcel.parcel().lines()));
    view.put("estimated_delivery_at", Records.toTree(parcel.estimatedDeliveryAt()));
    view.put("shipped_at", Records.toTree(parcel.shippedAt()));
    view.put("delivered_at", parcel.isDelivered() ? TimeText.of(parcel.scan().at()) : null);
    return view;
  }

  private static Object status(OrderParcel parcel, boolean cancelled) {
    if (parcel.scan() != null) {
      return Records.toTree(parcel.scan().status());
    }
    if (parcel.isShipped()) {
      return Records.toTree(ShipmentStatus.PRE_TRANSIT);
    }
    return cancelled ? "cancelled" : "packed";
  }

  private static List<Map<String, Object>> lines(List<LineQuantity> lines) {
    return lines.stream().map(OrderView::line).toList();
  }

  private static Map<String, Object> line(LineQuantity quantity) {
    var line = new LinkedHashMap<String, Object>();
    line.put("line_id", quantity.lineId().value());
    line.put("quantity", quantity.quantity());
    return line;
  }
}
