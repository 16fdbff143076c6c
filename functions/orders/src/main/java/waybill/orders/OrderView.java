package waybill.orders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.ShipmentStatus;
import waybill.orders.Orders.Order;
import waybill.platform.Records;
import waybill.platform.TimeText;

/** How an order is shown: what was sent, and how far it has come. */
final class OrderView {

  private OrderView() {}

  /**
   * The whole order, as {@code GET /orders/{id}} gives it.
   *
   * @param commands what was done to its money since
   * @param remarks what operators have put beside it
   * @param forOperator whether it shows that fraud was suspected, why people hold it, and what they noted
   */
  static Map<String, Object> whole(Order order, List<OrderCommand> commands, Remarks remarks, boolean forOperator) {
    OrderProgress progress = order.progress();
    OrderState state = progress.state();
    var lines = OrderLines.of(order.content(), state.changes(), commands);
    OrderForm form = lines.now().form();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", order.content().id().value());
    view.put("livemode", order.content().livemode());
    view.putAll(axes(progress));
    view.putAll(Records.toObject(form));
    if (forOperator) {
      view.put("tags", remarks.tags(form.tags()));
      view.put("notes", remarks.notesView());
    }
    view.put("placed_at", TimeText.of(order.content().placedAt()));
    Cancellation end = state.cancellation();
    view.put("cancelled_at", end == null ? null : TimeText.of(end.at()));
    view.put("cancel_reason", end == null ? null : Records.toTree(shown(end.reason(), forOperator)));
    view.put("holds", state.holds().stream().map(it -> hold(lines.now(), it, forOperator)).toList());
    view.put("totals", MoneyView.totals(form, state));
    view.put("lines", lines(lines, commands, progress));
    view.put("promises", order.delivery().map(it -> DeliveryPromise.of(lines.now(), progress, it.option()))
        .orElse(List.of()).stream().map(it -> it.toTree(lines(lines.now(), it.lines()))).toList());
    view.put("payments", MoneyView.payments(order));
    view.put("fulfillments", state.packing().fulfillments().stream()
        .filter(it -> it.locationId() != null || it.isShort()).map(it -> fulfillment(lines.now(), progress, it))
        .toList());
    view.put("refunds", MoneyView.refunds(state));
    view.put("links", links(order));
    view.put("adjustments", MoneyView.adjustments(state, commands, forOperator));
    view.put("replaces", order.content().replaces() == null ? null : order.content().replaces().value());
    view.put("replacements", order.replacements().view(forOperator));
    view.put("merger", progress.merged().map(it -> it.toTree(forOperator)).orElse(null));
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
    view.put("merged_with", order.merged().filter(MergedOrder::stands).map(it -> it.merger().with().value())
        .orElse(null));
    view.putAll(axes(order));
    return order.timed(view);
  }

  /** The customer's pages; where to pay as long as money is waited for. */
  private static Map<String, Object> links(Order order) {
    OrderState state = order.progress().state();
    boolean pays = state.phase().goesOn() && state.money().isAwaited(state.terms());
    var links = new LinkedHashMap<String, Object>();
    links.put("tracking_url", order.content().trackingUrl().value());
    links.put("pay_url", pays ? order.content().payUrl() : null);
    return links;
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

  private static List<Map<String, Object>> lines(OrderLines all, List<OrderCommand> commands, OrderProgress order) {
    var lines = new ArrayList<Map<String, Object>>();
    OrderContent content = all.now();
    Map<LineId, List<Promise>> waiting = Promise.of(content, order.promises());
    for (int i = 0; i < content.form().lines().size(); i++) {
      LineId id = OrderContent.lineId(i);
      var line = new LinkedHashMap<String, Object>();
      line.put("id", id.value());
      line.putAll(Records.toObject(content.form().lines().get(i)));
      content.kit(id)
          .ifPresent(it -> line.put("components", it.components().stream().map(OrderView::component).toList()));
      List<Promise> promises = waiting.getOrDefault(id, List.of());
      line.put("promised_at", promises.stream().map(Promise::now).filter(Objects::nonNull).findFirst().map(TimeText::of)
          .orElse(null));
      line.put("promises", promises.stream().map(Promise::toTree).toList());
      int cancelled = cancelled(id, commands, order.state())
          + (order.state().isCancelled() ? all.quantity(id) : 0);
      line.put("quantities", quantities(id, cancelled, content, order,
          promises.stream().mapToInt(Promise::quantity).sum()));
      lines.add(line);
    }
    return lines;
  }

  /** How many units of a line have come this far at least: a delivered unit was also shipped, allocated and reserved. */
  private static Map<String, Object> quantities(LineId line, int cancelled, OrderContent content,
      OrderProgress order, int waiting) {
    OrderState state = order.state();
    boolean reserved = state.stock().status() == StockStatus.RESERVED || state.isBackordered();
    int quantity = content.orderedUnits(line);
    var quantities = new LinkedHashMap<String, Object>();
    List<OrderFulfillment> kept = state.isCancelled() ? List.of() : state.packing().fulfillments();
    List<LineQuantity> allocated = lines(kept.stream().filter(it -> !it.isShort()));
    int lacking = Math.min(quantity - waiting,
        begun(content, line, lines(kept.stream().filter(OrderFulfillment::isShort))));
    quantities.put("reserved", reserved ? quantity - lacking - waiting : 0);
    quantities.put("backordered", lacking + waiting);
    quantities.put("allocated", whole(content, line, allocated));
    int given = units(line, order.grants().delivered());
    quantities.put("shipped", whole(content, line, inParcels(order, OrderParcel::isShipped)) + given);
    quantities.put("delivered", whole(content, line, inParcels(order, OrderParcel::isDelivered)) + given);
    quantities.put("cancelled", cancelled);
    quantities.put("returned", 0);
    return quantities;
  }

  /** How many units of a line changes have taken out. */
  private static int cancelled(LineId line, List<OrderCommand> commands, OrderState state) {
    return commands.stream().map(OrderCommand::adjustment)
        .filter(it -> it != null && it.change() > 0 && state.changes().isMade(it.change()))
        .mapToInt(it -> Math.max(0, it.quantity(line))).sum();
  }

  private static List<LineQuantity> inParcels(OrderProgress order, Predicate<OrderParcel> counted) {
    return order.packed().filter(counted).flatMap(it -> it.parcel().lines().stream()).toList();
  }

  private static List<LineQuantity> lines(Stream<OrderFulfillment> fulfillments) {
    return fulfillments.flatMap(it -> it.lines().stream()).toList();
  }

  /** How many units of a line are complete in these; a kit is if each of its components is in them. */
  private static int whole(OrderContent content, LineId line, List<LineQuantity> in) {
    return in.isEmpty()
        ? 0
        : content.kit(line).map(it -> it.whole(id -> units(id, in))).orElseGet(() -> units(line, in));
  }

  /** How many units of a line these are of. */
  private static int begun(OrderContent content, LineId line, List<LineQuantity> of) {
    return content.kit(line).map(it -> it.begun(id -> units(id, of))).orElseGet(() -> units(line, of));
  }

  private static int units(LineId line, List<LineQuantity> lines) {
    return lines.stream().filter(it -> it.lineId().equals(line)).mapToInt(LineQuantity::quantity).sum();
  }

  /** Adds a hold that the order, as it has ended, does not show. */
  static void addHold(Map<String, Object> view, OrderContent content, OrderState state, Hold hold) {
    if (state.holds().stream().noneMatch(it -> it.id().equals(hold.id()))) {
      view.put("holds",
          Stream.concat(state.holds().stream(), Stream.of(hold)).map(it -> hold(content, it, true)).toList());
    }
  }

  /** Why a person holds an order is for operators, and so is that its money is suspected. */
  private static Map<String, Object> hold(OrderContent content, Hold hold, boolean forOperator) {
    boolean isHidden = !forOperator && hold.reason().isForOperators();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", hold.id().value());
    view.put("reason", (isHidden ? Hold.Reason.OTHER : hold.reason()).text());
    view.put("handle", isHidden ? null : hold.handle());
    view.put("fulfillment_id", hold.fulfillmentId() == null ? null : hold.fulfillmentId().value());
    view.put("lines", lines(content, hold.lines()));
    view.put("note", isHidden ? "the shop looks at it" : hold.note());
    view.put("resolutions",
        isHidden ? List.of() : hold.reason().resolutions().stream().map(Hold.Resolution::text).toList());
    view.put("created_at", Records.toTree(hold.createdAt()));
    return view;
  }

  private static Map<String, Object> fulfillment(OrderContent content, OrderProgress order,
      OrderFulfillment fulfillment) {
    var view = new LinkedHashMap<String, Object>();
    view.put("id", fulfillment.id().value());
    view.put("location_id", fulfillment.isShort() ? null : fulfillment.locationId().value());
    view.put("status", status(order.state(), fulfillment));
    view.put("lines", lines(content, fulfillment.lines()));
    view.put("parcels",
        order.parcels(fulfillment).map(it -> parcel(content, it, order.state().isCancelled())).toList());
    return view;
  }

  private static String status(OrderState state, OrderFulfillment fulfillment) {
    if (state.isCancelled() || fulfillment.lines().isEmpty()) {
      return "cancelled";
    }
    if (fulfillment.isShort()) {
      return "short";
    }
    return fulfillment.isPacked() ? "packed" : fulfillment.isWaiting() ? "awaiting_capture" : "open";
  }

  private static Map<String, Object> parcel(OrderContent content, OrderParcel parcel, boolean cancelled) {
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
    view.put("lines", lines(content, parcel.parcel().lines()));
    view.put("estimated_delivery_at", Records.toTree(parcel.estimatedDeliveryAt()));
    view.put("shipped_at", Records.toTree(parcel.shippedAt()));
    view.put("pickup", pickup(parcel));
    view.put("delivered_at", parcel.isDelivered() ? TimeText.of(parcel.scan().at()) : null);
    return view;
  }

  /** Where it waits for its recipient; null unless that is known. */
  private static Map<String, Object> pickup(OrderParcel parcel) {
    if (parcel.scan() == null || parcel.scan().pickup() == null) {
      return null;
    }
    var view = new LinkedHashMap<String, Object>();
    view.put("place", parcel.scan().pickup().place());
    view.put("last_day", Records.toTree(parcel.scan().pickup().lastDay()));
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

  /** Units by the lines that were ordered: of a kit how many are complete in these, and which components these are. */
  private static List<Map<String, Object>> lines(OrderContent content, List<LineQuantity> units) {
    return units.stream().map(it -> it.lineId().ordered()).distinct().map(line -> {
      var view = new LinkedHashMap<String, Object>();
      view.put("line_id", line.value());
      view.put("quantity", whole(content, line, units));
      if (content.kit(line).isPresent()) {
        view.put("components", units.stream().filter(it -> it.lineId().ordered().equals(line)).map(OrderView::line)
            .toList());
      }
      return (Map<String, Object>) view;
    }).toList();
  }

  private static Map<String, Object> line(LineQuantity quantity) {
    var line = new LinkedHashMap<String, Object>();
    line.put("line_id", quantity.lineId().value());
    line.put("quantity", quantity.quantity());
    return line;
  }

  /** What a kit was sold as. @param it with how many units of it are in one kit */
  private static Map<String, Object> component(Kit.Component it) {
    var component = new LinkedHashMap<String, Object>();
    component.put("id", it.id().value());
    component.put("sku", it.sku().value());
    component.put("name", it.name());
    component.put("quantity", it.quantity());
    component.put("price_weight", it.priceWeight());
    return component;
  }
}
