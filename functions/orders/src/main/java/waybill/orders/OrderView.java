package waybill.orders;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.NamedPayment;
import waybill.orders.OrderForm.Tax;
import waybill.orders.Orders.Order;
import waybill.platform.Records;
import waybill.platform.Stored;

/** How an order is shown: what was sent, and how far it has come. */
final class OrderView {

  private OrderView() {}

  /** The whole order, as {@code GET /orders/{id}} gives it. */
  static Map<String, Object> whole(Order order) {
    OrderForm form = order.content().form();
    OrderState state = order.state().value();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", order.content().id().value());
    view.put("livemode", order.content().livemode());
    view.putAll(axes(state));
    view.putAll(Records.toObject(form));
    view.put("placed_at", (form.placedAt() == null ? order.content().acceptedAt() : form.placedAt()).toString());
    view.put("cancelled_at", null);
    view.put("cancel_reason", null);
    view.put("holds", List.of());
    view.put("totals", totals(form, state));
    view.put("lines", lines(order.content(), state));
    view.put("payments", payments(order));
    view.put("fulfillments", state.fulfillments().stream().map(OrderView::fulfillment).toList());
    view.put("refunds", List.of());
    return order.state().timed(view);
  }

  /** One line of a list: no names, no addresses. */
  static Map<String, Object> summary(Stored<OrderState> order) {
    OrderState.Terms terms = order.value().terms();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", order.value().id().value());
    view.put("livemode", terms.livemode());
    view.put("channel", terms.channel().value());
    view.put("reference", terms.reference());
    view.put("number", terms.number());
    view.put("customer_id", terms.customerId());
    view.put("currency", terms.currency());
    view.put("total", terms.total());
    view.putAll(axes(order.value()));
    return order.timed(view);
  }

  private static Map<String, Object> axes(OrderState state) {
    var axes = new LinkedHashMap<String, Object>();
    axes.put("status", Records.toTree(state.status()));
    axes.put("awaiting", Records.toTree(state.awaiting()));
    axes.put("payment_status", Records.toTree(state.payment()));
    axes.put("stock_status", Records.toTree(state.stock()));
    axes.put("fulfillment_status", Records.toTree(state.fulfillment()));
    axes.put("delivery_status", Records.toTree(state.delivery()));
    return axes;
  }

  private static Map<String, Object> totals(OrderForm form, OrderState state) {
    Stream<Discount> discounts = form.lines().stream().flatMap(it -> it.discounts().stream());
    Stream<Tax> taxes = form.lines().stream().flatMap(it -> it.taxes().stream());
    if (form.shipping() != null) {
      discounts = Stream.concat(discounts, form.shipping().discounts().stream());
      taxes = Stream.concat(taxes, form.shipping().taxes().stream());
    }
    long captured = PaymentProgress.captured(state.ownPayments(), form.currency());
    var totals = new LinkedHashMap<String, Object>();
    totals.put("lines", form.lines().stream().mapToLong(OrderForm.Line::total).sum());
    totals.put("discounts", discounts.mapToLong(Discount::amount).sum());
    totals.put("shipping", form.shipping() == null ? 0 : form.shipping().total());
    totals.put("taxes", taxes.mapToLong(Tax::amount).sum());
    totals.put("total", form.total());
    totals.put("authorized", PaymentProgress.authorized(state.ownPayments(), form.currency()));
    totals.put("captured", captured);
    totals.put("refunded", 0);
    totals.put("due", Math.max(0, form.total() - captured));
    return totals;
  }

  private static List<Map<String, Object>> lines(OrderContent content, OrderState state) {
    var lines = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < content.form().lines().size(); i++) {
      LineId id = OrderContent.lineId(i);
      var line = new LinkedHashMap<String, Object>();
      line.put("id", id.value());
      line.putAll(Records.toObject(content.form().lines().get(i)));
      line.put("promised_at", null);
      line.put("quantities", quantities(id, content, state));
      lines.add(line);
    }
    return lines;
  }

  /** How many units of a line have come this far at least: a delivered unit was also shipped, allocated and reserved. */
  private static Map<String, Object> quantities(LineId line, OrderContent content, OrderState state) {
    boolean reserved = state.stock() == StockStatus.RESERVED;
    var quantities = new LinkedHashMap<String, Object>();
    quantities.put("reserved", reserved ? units(line, content.shippedLines().stream()) : 0);
    quantities.put("backordered", 0);
    quantities.put("allocated", units(line, state.fulfillments().stream().flatMap(it -> it.lines().stream())));
    quantities.put("shipped", inParcels(line, state, OrderParcel::isShipped));
    quantities.put("delivered", inParcels(line, state, OrderParcel::isDelivered));
    quantities.put("cancelled", 0);
    quantities.put("returned", 0);
    return quantities;
  }

  private static int inParcels(LineId line, OrderState state, Predicate<OrderParcel> counted) {
    return units(line, state.parcels().filter(counted).flatMap(it -> it.parcel().lines().stream()));
  }

  private static int units(LineId line, Stream<LineQuantity> lines) {
    return lines.filter(it -> it.lineId().equals(line)).mapToInt(LineQuantity::quantity).sum();
  }

  /** The payments that the order named, as it named them, then those that were told later. */
  private static List<Map<String, Object>> payments(Order order) {
    var named = new LinkedHashMap<PaymentId, NamedPayment>();
    order.content().form().payments().forEach(it -> named.put(it.id(), it));
    List<PaymentId> places = List.copyOf(named.keySet());
    Comparator<Payment> asNamed = Comparator
        .comparing(it -> named.containsKey(it.id()) ? places.indexOf(it.id()) : places.size());
    return order.state().value().payments().stream().sorted(asNamed).map(it -> {
      NamedPayment name = named.get(it.id());
      var payment = new LinkedHashMap<String, Object>();
      payment.put("id", it.id().value());
      payment.put("provider", it.provider());
      payment.put("account", it.account().isEmpty() ? null : it.account());
      payment.put("method", name == null ? null : name.method());
      payment.put("reference", it.reference());
      payment.put("status", Records.toTree(it.status()));
      payment.put("amount", name == null ? Math.max(it.authorized(), it.captured()) : name.amount());
      payment.put("captured", it.captured());
      payment.put("refunded", 0);
      payment.put("updated_at", Records.toTree(it.updatedAt()));
      return (Map<String, Object>) payment;
    }).toList();
  }

  private static Map<String, Object> fulfillment(OrderFulfillment fulfillment) {
    boolean shipped = fulfillment.isPacked() && fulfillment.parcels().stream().allMatch(OrderParcel::isShipped);
    var view = new LinkedHashMap<String, Object>();
    view.put("id", fulfillment.id().value());
    view.put("location_id", fulfillment.locationId().value());
    view.put("status", shipped ? "shipped" : fulfillment.isPacked() ? "packed" : "open");
    view.put("lines", lines(fulfillment.lines()));
    view.put("parcels", fulfillment.parcels().stream().map(OrderView::parcel).toList());
    return view;
  }

  private static Map<String, Object> parcel(OrderParcel parcel) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", parcel.parcel().id().value());
    view.put("carrier", parcel.carrier());
    view.put("service", parcel.service());
    view.put("tracking_number", parcel.trackingNumber());
    view.put("status", status(parcel));
    view.put("weight_grams", parcel.parcel().weightGrams());
    view.put("length_mm", parcel.parcel().lengthMm());
    view.put("width_mm", parcel.parcel().widthMm());
    view.put("height_mm", parcel.parcel().heightMm());
    view.put("lines", lines(parcel.parcel().lines()));
    view.put("estimated_delivery_at", Records.toTree(parcel.estimatedDeliveryAt()));
    view.put("shipped_at", Records.toTree(parcel.shippedAt()));
    view.put("delivered_at", parcel.isDelivered() ? parcel.scan().at().toString() : null);
    return view;
  }

  private static Object status(OrderParcel parcel) {
    if (parcel.scan() != null) {
      return Records.toTree(parcel.scan().status());
    }
    return parcel.isShipped() ? Records.toTree(ShipmentStatus.PRE_TRANSIT) : "packed";
  }

  private static List<Map<String, Object>> lines(List<LineQuantity> lines) {
    return lines.stream().map(it -> Map.<String, Object>of("line_id", it.lineId().value(), "quantity", it.quantity()))
        .toList();
  }
}
