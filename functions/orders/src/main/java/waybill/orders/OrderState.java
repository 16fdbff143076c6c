package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.ChannelId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * What moves of an order, small beside what was ordered. Its axes are separate: stock is answered once, payment, fulfillment
 * and delivery follow from the payments, fulfillments and parcels in it.
 *
 * @param terms null for a stub: news of an order that was not placed yet, which the order joins
 * @param shortOf what was missing where stock was refused
 * @param dispatchClosed whether something of it is packed: from then on it cannot be cancelled
 */
public record OrderState(OrderId id, Terms terms, StockStatus stock, List<SkuQuantity> shortOf, List<Payment> payments,
    List<OrderFulfillment> fulfillments, boolean dispatchClosed) {

  /**
   * The little of what was ordered that moving it and listing it take. It never changes.
   *
   * @param customerId the storefront's id of the customer; null for a guest
   * @param paymentAccounts whose money counts
   * @param total what is owed, in minor units of the currency
   * @param unitsToShip how many units must reach the doorstep
   */
  public record Terms(ChannelId channel, String reference, String number, String customerId, boolean livemode,
      Instant acceptedAt, StockPool pool, List<PaymentAccount> paymentAccounts, String currency, long total,
      int unitsToShip) {

    static Terms of(OrderContent content) {
      OrderForm form = content.form();
      return new Terms(form.channel(), form.reference(), form.number(), form.customer().id(), content.livemode(),
          content.acceptedAt(), content.pool(), content.paymentAccounts(), form.currency(), form.total(),
          content.unitsToShip());
    }
  }

  /** Whether the order goes on. */
  public enum Status {
    OPEN, COMPLETED
  }

  /** What an open order waits for first. */
  public enum Awaiting {
    STOCK, PAYMENT, FULFILLMENT, DELIVERY
  }

  /** A fault: an axis of an order was moved to where it cannot go. */
  public static final class IllegalTransition extends IllegalStateException {
    private static final long serialVersionUID = 1;

    IllegalTransition(OrderId order, Enum<?> from, Enum<?> to) {
      super("%s cannot go from %s %s to %s".formatted(order, from.getDeclaringClass().getSimpleName(), from, to));
    }
  }

  /** What is known of an order before it is placed. */
  static OrderState stub(OrderId id) {
    return new OrderState(id, null, StockStatus.PENDING, List.of(), List.of(), List.of(), false);
  }

  /** This stub, or nothing yet, as the order that was placed: what came before it counts. */
  OrderState join(OrderContent content) {
    var joined = new OrderState(id, Terms.of(content), stock, shortOf, payments, fulfillments, dispatchClosed);
    for (OrderForm.NamedPayment named : content.form().payments()) {
      joined = joined.withPayment(named.asPayment(content.form().currency(), content.acceptedAt()));
    }
    return content.unitsToShip() == 0 ? joined.withStock(StockStatus.NOT_REQUIRED, List.of()) : joined;
  }

  public boolean placed() {
    return terms != null;
  }

  public int unitsToShip() {
    return placed() ? terms.unitsToShip() : 0;
  }

  public PaymentProgress payment() {
    return placed() ? PaymentProgress.of(ownPayments(), terms.currency(), terms.total()) : PaymentProgress.PENDING;
  }

  /**
   * The payments whose money counts: by accounts of the channel, and what the storefront took itself. A provider's event may
   * name any order, so that test money could otherwise pay for a real one.
   */
  List<Payment> ownPayments() {
    return payments.stream().filter(it -> it.account().isEmpty()
        || terms.paymentAccounts().contains(new PaymentAccount(it.provider(), it.account()))).toList();
  }

  public FulfillmentProgress fulfillment() {
    return FulfillmentProgress.of(units(_ -> true), units(OrderFulfillment::isPacked), unitsToShip());
  }

  public DeliveryProgress delivery() {
    return DeliveryProgress.of(parcelUnits(OrderParcel::isShipped), parcelUnits(OrderParcel::isDelivered),
        unitsToShip());
  }

  public Status status() {
    boolean arrived = unitsToShip() == 0 || delivery() == DeliveryProgress.DELIVERED;
    return placed() && arrived && payment() == PaymentProgress.PAID ? Status.COMPLETED : Status.OPEN;
  }

  /** What it waits for first; null where it is completed. */
  public Awaiting awaiting() {
    if (status() == Status.COMPLETED) {
      return null;
    }
    if (stock == StockStatus.PENDING || stock == StockStatus.REFUSED) {
      return Awaiting.STOCK;
    }
    if (payment() != PaymentProgress.PAID) {
      return Awaiting.PAYMENT;
    }
    return fulfillment() == FulfillmentProgress.FULFILLED ? Awaiting.DELIVERY : Awaiting.FULFILLMENT;
  }

  /** Whether stock and money are both there. */
  boolean isReleased() {
    return placed() && (stock == StockStatus.RESERVED || stock == StockStatus.NOT_REQUIRED)
        && payment() == PaymentProgress.PAID;
  }

  /** When the last parcel was delivered; null where one is still to come. */
  Instant deliveredAt() {
    if (delivery() != DeliveryProgress.DELIVERED) {
      return null;
    }
    return parcels().filter(OrderParcel::isDelivered).map(it -> it.scan().at()).max(Instant::compareTo).orElseThrow();
  }

  Stream<OrderParcel> parcels() {
    return fulfillments.stream().flatMap(it -> it.parcels().stream());
  }

  OrderState withStock(StockStatus answer, List<SkuQuantity> missing) {
    StockStatus answered = stock.answered(answer);
    return answered == stock
        ? this
        : new OrderState(id, terms, answered, missing, payments, fulfillments, dispatchClosed);
  }

  OrderState withPayment(Payment news) {
    var joined = new ArrayList<Payment>();
    boolean known = false;
    for (Payment payment : payments) {
      boolean same = payment.id().equals(news.id());
      joined.add(same ? payment.join(news) : payment);
      known |= same;
    }
    if (!known) {
      joined.add(news);
      joined.sort(Comparator.comparing(Payment::id));
    }
    return new OrderState(id, terms, stock, shortOf, List.copyOf(joined), fulfillments, dispatchClosed);
  }

  /** The fulfillment as it is allocated or packed; packed stays packed. */
  OrderState withFulfillment(OrderFulfillment news) {
    var joined = new ArrayList<OrderFulfillment>();
    boolean known = false;
    for (OrderFulfillment fulfillment : fulfillments) {
      boolean same = fulfillment.id().equals(news.id());
      joined.add(same && !fulfillment.isPacked() ? news : fulfillment);
      known |= same;
    }
    if (!known) {
      joined.add(news);
      joined.sort(Comparator.comparing(OrderFulfillment::id));
    }
    boolean closed = dispatchClosed || news.isPacked();
    return new OrderState(id, terms, stock, shortOf, payments, List.copyOf(joined), closed);
  }

  OrderState withParcel(ParcelId parcel, UnaryOperator<OrderParcel> change) {
    if (parcels().noneMatch(it -> it.parcel().id().equals(parcel))) {
      throw new IllegalStateException(id + " has no parcel " + parcel);
    }
    List<OrderFulfillment> changed = fulfillments.stream()
        .map(fulfillment -> new OrderFulfillment(fulfillment.id(), fulfillment.locationId(), fulfillment.lines(),
            fulfillment.parcels().stream().map(it -> it.parcel().id().equals(parcel) ? change.apply(it) : it).toList()))
        .toList();
    return new OrderState(id, terms, stock, shortOf, payments, changed, dispatchClosed);
  }

  /** This state as the next one after another. @throws IllegalTransition where one of the axes cannot go there */
  OrderState after(OrderState before) {
    step(before.stock, stock, before.stock.next());
    step(before.payment(), payment(), before.payment().next());
    step(before.fulfillment(), fulfillment(), before.fulfillment().next());
    step(before.delivery(), delivery(), before.delivery().next());
    return this;
  }

  private <E extends Enum<E>> void step(E from, E to, Set<E> legal) {
    if (from != to && !legal.contains(to)) {
      throw new IllegalTransition(id, from, to);
    }
  }

  private int units(Predicate<OrderFulfillment> counted) {
    return fulfillments.stream().filter(counted).mapToInt(OrderFulfillment::units).sum();
  }

  private int parcelUnits(Predicate<OrderParcel> counted) {
    return parcels().filter(counted).flatMap(it -> it.parcel().lines().stream()).mapToInt(LineQuantity::quantity).sum();
  }
}
