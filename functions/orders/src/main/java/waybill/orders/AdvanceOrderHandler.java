package waybill.orders;

import module java.base;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.OrderMessages.*;
import waybill.messages.LineQuantity;
import waybill.messages.ParcelId;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.ShipmentMessages.*;
import waybill.orders.OrderParcels.Moved;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** The arbiter: everything that moves an order goes through here, and the order decides its own life. */
public record AdvanceOrderHandler(Orders orders, Sender<AdvanceOrder.Output> sender, InstantSource clock)
    implements QueueFunction<AdvanceOrder.Input> {
  private static final Log LOG = Log.of(AdvanceOrderHandler.class);

  public AdvanceOrderHandler() { this(Ports.ofProcess()); }

  public AdvanceOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void work(AdvanceOrder.Input news) {
    Moved moved = switch (news) {
      case ParcelNews it -> advance(it);
      case GrantsMoved it -> new Moved(orders.reports().join(it,
          (state, grants) -> Advancing.advance(state, grants, it, clock.instant())), null);
      case StockBackordered it -> new Moved(orders.reports().join(it,
          (state, promises) -> Advancing.advance(state, it, following(state, promises), clock.instant())), null);
      case FulfillmentPacked it -> {
        // Its parcels first: an order that knows of a parcel finds it.
        orders.parcels().pack(it.parcels(), it.change());
        yield pack(it);
      }
      case AdvanceOrder.Input it -> change(it);
    };
    var details = new Reading(orders, moved);
    sender.send(OrderEvents.with(Advancing.emissions(moved.order().value(), news, details), moved.order().value(), news,
        details));
    log(news, moved);
  }

  private Moved change(AdvanceOrder.Input news) {
    return new Moved(orders.change(news.order(), current -> {
      OrderState next = Advancing.advance(current, news, clock.instant());
      return Advancing.withMark(current, next, news, () -> grants(orders, next), clock.instant());
    }), null);
  }

  /** What leaves later than the rest, by what is ordered now. */
  private List<LineQuantity> following(OrderState state, OrderPromises promises) {
    return orders.content(state.id()).filter(it -> it.form().backorders() == OrderForm.Backorders.PARTIAL)
        .map(it -> Promise.following(orders.lines(it, state).now(), promises)).orElse(List.of());
  }

  private static OrderGrants grants(Orders orders, OrderState state) {
    return orders.grants(state).map(Stored::value).orElseGet(() -> OrderGrants.none(state.id()));
  }

  private Moved pack(FulfillmentPacked news) {
    return new Moved(orders.change(news.order(), current -> Advancing.advance(current, news,
        state -> orders.lines(orders.content(news.order()).orElseThrow(), state).now(), clock.instant())), null);
  }

  private Moved advance(ParcelNews news) {
    return orders.parcels().change(news.parcel(), parcel -> Advancing.advance(parcel, news),
        (order, parcel) -> Advancing.advance(order, parcel, news, clock.instant()));
  }

  /** Reads of an order what an answer takes, when it takes it. */
  private record Reading(Orders orders, Moved moved) implements Advancing.Details {

    @Override
    public OrderContent content() {
      return orders.lines(orders.content(moved.order().value().id()).orElseThrow(), moved.order().value()).now();
    }

    @Override
    public OrderParcel parcel(ParcelId id) {
      return read(List.of(id)).getFirst();
    }

    @Override
    public List<OrderParcel> parcels() {
      return read(moved.order().value().packing().parcelIds());
    }

    @Override
    public OrderGrants grants() {
      return AdvanceOrderHandler.grants(orders, moved.order().value());
    }

    @Override
    public OrderPromises promises() {
      OrderState state = moved.order().value();
      return orders.promises(state).map(Stored::value).orElseGet(() -> OrderPromises.none(state.id()));
    }

    @Override
    public Optional<MergedOrder> merged() {
      return orders.merged(moved.order().value());
    }

    private List<OrderParcel> read(List<ParcelId> ids) {
      return moved.parcel() != null && ids.equals(List.of(moved.parcel().parcel().id()))
          ? List.of(moved.parcel())
          : orders.parcels().find(ids).stream().map(Stored::value).toList();
    }
  }

  private void log(AdvanceOrder.Input news, Moved moved) {
    OrderState order = moved.order().value();
    if (!order.placed() && news instanceof OrderDue) {
      LOG.report("NewsWithoutOrder", "News waited a day for their order", "order", news.order());
    }
    Object[] about = {"order", news.order(), "payment", order.payment(), "stock", order.stock().status(), "fulfillment",
      order.fulfillment(), "cancelled", order.isCancelled()};
    if (news instanceof OrderDue && order.due() != null) {
      // It was looked at, and what it waits for is still not there.
      WaitsFor step = WaitsFor.of(order);
      Duration age = step.age(order, moved.order().createdAt(), clock.instant());
      LOG.measure(Metric.seconds("WaitingOrderAge", age).by("waits_for"), "OrderDue", "order", news.order(),
          "waits_for",
          step.text(), "payment", order.payment(), "stock", order.stock().status(), "fulfillment", order.fulfillment(),
          "cancelled", order.isCancelled());
    } else if (news instanceof ParcelNews it) {
      LOG.info(news.getClass().getSimpleName(), "order", news.order(), "parcel", it.parcel(), "scan",
          moved.parcel().scan() == null ? null : moved.parcel().scan().status());
    } else {
      LOG.info(news.getClass().getSimpleName(), about);
    }
    if (news instanceof OrderDue
        && order.holds().stream().anyMatch(it -> it.reason() == Hold.Reason.AUTHORIZATION_EXPIRING)) {
      LOG.report("AuthorizationsExpiring", "Authorisation expires within a day", "order", news.order());
    }
    order.holds().forEach(it -> LOG.warn("Order on hold", "order", news.order(), "hold", it.reason()));
  }
}
