package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.CancelReason;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message.OrderDue;
import waybill.messages.Message.OrderNews;
import waybill.messages.Message.PaymentRefunded;
import waybill.messages.Message.StockReleased;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Problem;

/**
 * What moves of an order, small beside what was ordered. Its axes are separate: stock is answered once, payment, fulfillment
 * and delivery follow from the payments, fulfillments and parcels in it.
 *
 * @param terms null for a stub: news of an order that was not placed yet, which the order joins
 * @param shortOf what was missing where stock was refused
 * @param cancellation null while it goes on
 * @param due when somebody must look whether all was sent, and whether its time is up; null where nothing is waited for
 *     that does not come by itself
 */
public record OrderState(OrderId id, Terms terms, StockStatus stock, List<SkuQuantity> shortOf,
    List<OrderPayment> payments, List<OrderFulfillment> fulfillments, Cancellation cancellation, Instant due) {
  /** How long a writer may take to send what it wrote. */
  static final Duration TO_SEND = Duration.ofMinutes(1);
  /** How long an answer may take before it is asked for again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);
  /** After how long something that somebody else must settle is asked for again. */
  static final Duration TO_SETTLE = Duration.ofHours(1);
  /** How long news may wait for their order. */
  static final Duration TO_APPEAR = Duration.ofDays(1);

  private static final Comparator<OrderPayment> LATEST_FIRST = Comparator
      .<OrderPayment, Instant>comparing(it -> it.payment().updatedAt(),
          Comparator.nullsFirst(Comparator.naturalOrder()))
      .thenComparing(OrderPayment::id).reversed();

  /**
   * The little of what was ordered that moving it and listing it take. It never changes.
   *
   * @param customerId the storefront's id of the customer; null for a guest
   * @param payBy when its money must be there
   * @param paymentAccounts whose money counts
   * @param total what is owed
   * @param unitsToShip how many units must reach the doorstep
   */
  public record Terms(ChannelId channel, String reference, String number, String customerId, boolean livemode,
      Instant payBy, StockPool pool, List<PaymentAccount> paymentAccounts, Money total,
      int unitsToShip) {

    static Terms of(OrderContent content, Instant now) {
      OrderForm form = content.form();
      return new Terms(form.channel(), form.reference(), form.number(), form.customer().id(), content.livemode(),
          content.payBy(now), content.pool(), content.paymentAccounts(),
          new Money(form.total(), form.currency()), content.unitsToShip());
    }
  }

  /** Whether the order goes on. */
  public enum Status {
    OPEN, COMPLETED, CANCELLED
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
    return new OrderState(id, null, StockStatus.PENDING, List.of(), List.of(), List.of(), null, null);
  }

  /** This stub, or nothing yet, as the order that was placed: what came before it counts. */
  OrderState join(OrderContent content, Instant now) {
    var joined = new OrderState(id, Terms.of(content, now), stock, shortOf, payments, fulfillments, cancellation,
        now.plus(TO_SEND));
    for (OrderForm.NamedPayment named : content.form().payments()) {
      joined = joined.withPayment(new OrderPayment(named.asPayment(content.form().currency(), content.acceptedAt()),
          new Money(named.amount(), content.form().currency()), null));
    }
    joined = content.unitsToShip() == 0 ? joined.withStock(StockStatus.NOT_REQUIRED, List.of()) : joined;
    return joined.givenBack(now);
  }

  public boolean placed() {
    return terms != null;
  }

  public boolean isCancelled() {
    return cancellation != null;
  }

  /** Whether something of it is packed: from then on it cannot be cancelled. */
  boolean isDispatchClosed() {
    return !isCancelled() && fulfillments.stream().anyMatch(OrderFulfillment::isPacked);
  }

  public int unitsToShip() {
    return placed() ? terms.unitsToShip() : 0;
  }

  public PaymentProgress payment() {
    return placed() ? PaymentProgress.of(ownPayments(), terms.total()) : PaymentProgress.PENDING;
  }

  /**
   * The payments whose money counts: by accounts of the channel, and what the storefront took itself. A provider's event may
   * name any order, so that test money could otherwise pay for a real one.
   */
  public List<OrderPayment> ownPayments() {
    return payments.stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(OrderPayment it) {
    return it.isExternal() || !placed()
        || terms.paymentAccounts().contains(new PaymentAccount(it.payment().provider(), it.payment().account()));
  }

  public FulfillmentProgress fulfillment() {
    return FulfillmentProgress.of(units(_ -> true), units(OrderFulfillment::isPacked), unitsToShip());
  }

  public DeliveryProgress delivery() {
    return DeliveryProgress.of(parcelUnits(OrderParcel::isShipped), parcelUnits(OrderParcel::isDelivered),
        unitsToShip());
  }

  public Status status() {
    if (isCancelled()) {
      return Status.CANCELLED;
    }
    boolean arrived = unitsToShip() == 0 || delivery() == DeliveryProgress.DELIVERED;
    boolean paid = payment() == PaymentProgress.PAID && !isMismatched();
    return placed() && arrived && paid ? Status.COMPLETED : Status.OPEN;
  }

  /** What it waits for first; null where it has its end. */
  public Awaiting awaiting() {
    if (status() != Status.OPEN) {
      return null;
    }
    if (stock == StockStatus.PENDING) {
      return Awaiting.STOCK;
    }
    if (payment() != PaymentProgress.PAID) {
      return Awaiting.PAYMENT;
    }
    return fulfillment() == FulfillmentProgress.FULFILLED ? Awaiting.DELIVERY : Awaiting.FULFILLMENT;
  }

  /** What a person must look at, the most urgent first. */
  public List<Hold> holds() {
    if (!placed()) {
      return List.of();
    }
    var holds = new ArrayList<Hold>();
    for (OrderPayment it : payments) {
      holdReason(it).ifPresent(reason -> holds.add(Hold.of(reason, it.id(), null,
          it.refund() == null ? it.payment().updatedAt() : it.refund().updatedAt())));
    }
    heldParcels().forEach(it -> holds.add(Hold.of(it.problem(), it.parcel().id())));
    holds.sort(Comparator.comparing(Hold::reason));
    return List.copyOf(holds);
  }

  LocationId location(FulfillmentId fulfillment) {
    return fulfillments.stream().filter(it -> it.id().equals(fulfillment)).findFirst().orElseThrow().locationId();
  }

  /** Parcels that nobody sells a label for, or of which nobody knows whether it was bought. */
  Stream<OrderParcel> heldParcels() {
    return parcels().filter(it -> it.problem() != null && !it.isLabelled());
  }

  private Optional<Hold.Reason> holdReason(OrderPayment payment) {
    if (payment.counts()) {
      boolean differs = !isCancelled() && isOwn(payment) && differs(payment);
      return differs ? Optional.of(Hold.Reason.PAYMENT_MISMATCH) : Optional.empty();
    }
    if (payment.isExternal()) {
      return payment.payment().captured().isPositive() ? Optional.of(Hold.Reason.EXTERNAL_REFUND) : Optional.empty();
    }
    return payment.refund().status() == RefundStatus.FAILED
        ? Optional.of(Hold.Reason.REFUND_FAILED)
        : Optional.empty();
  }

  /** Whether money is there that is not what the order asked for. What it did not name must make up the total. */
  private boolean differs(OrderPayment it) {
    if (!it.hasMoney()) {
      return false;
    }
    if (!terms.total().currency().equals(it.payment().currency())) {
      return true;
    }
    return it.expected() == null
        ? !PaymentProgress.authorized(counted(), terms.total().currency()).equals(terms.total())
        : !it.expected().equals(it.amount());
  }

  private List<OrderPayment> counted() {
    return ownPayments().stream().filter(OrderPayment::counts).toList();
  }

  private boolean isMismatched() {
    return holds().stream().anyMatch(it -> it.reason() == Hold.Reason.PAYMENT_MISMATCH);
  }

  /** Whether stock and money are both there. */
  boolean isReleased() {
    return placed() && !isCancelled() && (stock == StockStatus.RESERVED || stock == StockStatus.NOT_REQUIRED)
        && payment() == PaymentProgress.PAID && !isMismatched();
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

  /**
   * Cancelled by a person.
   *
   * @param key of their request; a repeated one finds what it did
   * @throws Problem 409 where it cannot be cancelled any more, 422 where the key was used with another reason
   */
  OrderState cancelled(CancelReason reason, String key, Instant now) {
    if (isCancelled()) {
      if (!key.equals(cancellation.key())) {
        throw Problem.conflict("already_cancelled", "it was cancelled before");
      }
      if (reason != cancellation.reason()) {
        throw Problem.of(422, "idempotency_key_reused", "this Idempotency-Key cancelled it for another reason");
      }
      return this;
    }
    if (isDispatchClosed()) {
      throw Problem.conflict("dispatch_closed", "it is packed and on its way: it can no longer be cancelled");
    }
    if (status() == Status.COMPLETED) {
      throw Problem.conflict("completed", "it is completed");
    }
    return with(new Cancellation(reason, now, key)).givenBack(now).due(now.plus(TO_SEND));
  }

  /**
   * What follows from what has become known: an order that cannot be fulfilled, or is not paid in time, is cancelled; money
   * that is nobody's goes back.
   *
   * @param news what has become known
   */
  OrderState decided(OrderNews news, Instant now) {
    boolean asked = news instanceof OrderDue;
    Optional<CancelReason> end = isCancelled() || !placed() ? Optional.empty() : end(asked, now);
    OrderState decided = end.map(reason -> with(new Cancellation(reason, now, null))).orElse(this);
    boolean givesUp = !placed() && asked;
    OrderState settled = placed() || givesUp ? decided.givenBack(now) : decided;
    // These answers are not answered, or it would go round and round: what they bring about is told when it is due.
    boolean untold = settled.isCancelled() && (news instanceof StockReleased || news instanceof PaymentRefunded);
    if (untold) {
      return isCancelled() ? settled : settled.due(now.plus(TO_SEND));
    }
    return settled.marked(asked, now);
  }

  private Optional<CancelReason> end(boolean asked, Instant now) {
    if (stock == StockStatus.REFUSED) {
      return Optional.of(CancelReason.OUT_OF_STOCK);
    }
    if (isDispatchClosed()) {
      return Optional.empty();
    }
    if (payment() == PaymentProgress.CANCELLED) {
      return Optional.of(CancelReason.PAYMENT_CANCELLED);
    }
    boolean expired = asked && !now.isBefore(terms.payBy()) && payment().isAwaited() && !isMismatched();
    return expired ? Optional.of(CancelReason.PAYMENT_EXPIRED) : Optional.empty();
  }

  /** Money that nobody is owed is on its way back: all of it where there is no order, else what the order cannot use. */
  private OrderState givenBack(Instant now) {
    if (!placed() || isCancelled()) {
      RefundReason reason = placed() ? RefundReason.ORDER_CANCELLED : RefundReason.NO_ORDER;
      return returning(payments.stream().filter(it -> it.counts() && (it.hasMoney() || isOwn(it) && !it.isExternal()))
          .toList(), reason, now);
    }
    List<OrderPayment> foreign = payments.stream().filter(it -> !isOwn(it) && it.counts() && it.hasMoney()).toList();
    return returning(foreign, RefundReason.WRONG_ACCOUNT, now).returning(surplus(), RefundReason.PAID_TWICE, now);
  }

  /**
   * The payments without which the order is paid all the same, the latest first. Where one is not what the order named, what
   * was too much cannot be told before a person has looked, unless it is too late for that.
   */
  private List<OrderPayment> surplus() {
    var surplus = new ArrayList<OrderPayment>();
    if (!isDispatchClosed() && counted().stream().anyMatch(it -> it.expected() != null && differs(it))) {
      return surplus;
    }
    Money left = PaymentProgress.captured(counted(), terms.total().currency());
    for (OrderPayment it : counted().stream().filter(OrderPayment::hasMoney).sorted(LATEST_FIRST).toList()) {
      Money counts = PaymentProgress.captured(List.of(it), terms.total().currency());
      boolean needed = left.minus(counts).compareTo(terms.total()) < 0
          || counts.isZero() && !it.isOnlyAuthorized() && !isDispatchClosed();
      if (!needed) {
        left = left.minus(counts);
        surplus.add(it);
      }
    }
    return surplus;
  }

  private OrderState returning(List<OrderPayment> back, RefundReason reason, Instant now) {
    OrderState next = this;
    for (OrderPayment it : back) {
      next = next.withPayment(it.returned(Refund.requested(it.id(), reason, now)));
    }
    return next;
  }

  /** The mark, where something is still waited for that may never come by itself. */
  private OrderState marked(boolean asked, Instant now) {
    if (!placed()) {
      return due(stubsLook(asked, now));
    }
    Instant next = nextLook(now);
    // A mark that stands for an earlier time is as good, and costs nothing. Where a payment was never heard of, perhaps nobody was
    // told to watch for it, though others have paid: then it is looked at once.
    boolean stands = !asked && due != null && (next == null ? isUnheard() : !due.isAfter(next));
    return stands ? this : due(next);
  }

  /** A stub is looked at until it is given up, and on until what it is asked to give back is on its way. */
  private Instant stubsLook(boolean asked, Instant now) {
    if (payments.stream().anyMatch(OrderPayment::awaitsRefund)) {
      return asked || due == null ? now.plus(TO_SETTLE) : due;
    }
    boolean over = asked || !payments.isEmpty() && payments.stream().noneMatch(OrderPayment::counts);
    return over ? null : due == null ? now.plus(TO_APPEAR) : due;
  }

  private boolean isUnheard() {
    return !isCancelled() && payments.stream().anyMatch(it -> it.expected() != null && it.counts() && !it.isExternal()
        && it.payment().status() == PaymentStatus.PENDING);
  }

  private Instant nextLook(Instant now) {
    boolean open = !isCancelled();
    boolean unpaid = open && payment().isAwaited() && !isMismatched();
    boolean unplanned = isReleased() && units(_ -> true) < unitsToShip();
    if (open && stock == StockStatus.PENDING || unplanned || unpaid && !now.isBefore(terms.payBy())) {
      return now.plus(TO_ANSWER);
    }
    if (unpaid) {
      return terms.payBy();
    }
    boolean unsettled = payments.stream().anyMatch(OrderPayment::awaitsRefund) || heldParcels().findAny().isPresent();
    return unsettled ? now.plus(TO_SETTLE) : null;
  }

  OrderState withStock(StockStatus answer, List<SkuQuantity> missing) {
    StockStatus answered = stock.answered(answer);
    return answered == stock
        ? this
        : new OrderState(id, terms, answered, missing, payments, fulfillments, cancellation, due);
  }

  OrderState withPayment(OrderPayment news) {
    return new OrderState(id, terms, stock, shortOf,
        joined(payments, news, OrderPayment::id, OrderPayment::join), fulfillments, cancellation, due);
  }

  /** The fulfillment as it is allocated or packed; packed stays packed. What is packed of a cancelled order stays. */
  OrderState withFulfillment(OrderFulfillment news) {
    return new OrderState(id, terms, stock, shortOf, payments,
        joined(fulfillments, news, OrderFulfillment::id, (known, it) -> known.isPacked() ? known : it), cancellation,
        due);
  }

  /** The list with news of one of its elements, or with one more. */
  private static <T, K extends Comparable<K>> List<T> joined(List<T> known, T news,
      java.util.function.Function<T, K> id, java.util.function.BinaryOperator<T> join) {
    var joined = new ArrayList<>(known);
    joined.replaceAll(it -> id.apply(it).equals(id.apply(news)) ? join.apply(it, news) : it);
    if (known.stream().noneMatch(it -> id.apply(it).equals(id.apply(news)))) {
      joined.add(news);
      joined.sort(Comparator.comparing(id));
    }
    return List.copyOf(joined);
  }

  OrderState withParcel(ParcelId parcel, UnaryOperator<OrderParcel> change) {
    if (parcels().noneMatch(it -> it.parcel().id().equals(parcel))) {
      throw new IllegalStateException(id + " has no parcel " + parcel);
    }
    List<OrderFulfillment> changed = fulfillments.stream()
        .map(fulfillment -> new OrderFulfillment(fulfillment.id(), fulfillment.locationId(), fulfillment.lines(),
            fulfillment.parcels().stream().map(it -> it.parcel().id().equals(parcel) ? change.apply(it) : it).toList()))
        .toList();
    return new OrderState(id, terms, stock, shortOf, payments, changed, cancellation, due);
  }

  private OrderState with(Cancellation end) {
    return new OrderState(id, terms, stock, shortOf, payments, fulfillments, end, due);
  }

  private OrderState due(Instant next) {
    return new OrderState(id, terms, stock, shortOf, payments, fulfillments, cancellation, next);
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
