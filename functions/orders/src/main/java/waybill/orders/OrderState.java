package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.RepackingRequested;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.PaymentMessages.PaymentLookedUp;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentId;
import waybill.messages.Refund;
import waybill.messages.ShipmentMessages.WithdrawalAnswered;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockReleased;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.OrderHolds.Release;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * What deciding about an order takes, small beside what was ordered: its axes, each a type of its own, and what only all of
 * them together decide. Nothing else goes in here: see {@code infrastructure/decisions/0016-composed-orders.md}.
 *
 * @param terms null for a stub: news of an order that was not placed yet, which the order joins
 * @param cancellation null while it goes on
 * @param changed the summary of the changes of its lines; null if none was
 * @param due when somebody must look whether all was sent, and whether its time is up; null if nothing is waited for that
 *     does not come by itself
 */
record OrderState(OrderId id, OrderTerms terms, OrderStock stock, OrderMoney money, OrderPacking packing,
    OrderHolds holding, Cancellation cancellation, OrderChanges changed, Instant due) {
  /** How long a writer may take to send what it wrote. */
  static final Duration TO_SEND = Duration.ofMinutes(1);
  /** How long news may wait for their order. */
  static final Duration TO_APPEAR = Duration.ofDays(1);

  /** What is known of an order before it is placed. */
  static OrderState stub(OrderId id) {
    return new OrderState(id, null, OrderStock.PENDING, OrderMoney.NONE, OrderPacking.NONE, OrderHolds.NONE, null,
        null, null);
  }

  /** This stub as the order that was placed: what came before it counts. */
  OrderState join(OrderContent content, Instant now) {
    var joined = new OrderState(id, OrderTerms.of(content, now), stock, money, packing, holding, cancellation,
        changed, now.plus(TO_SEND));
    for (OrderForm.NamedPayment named : content.form().payments()) {
      joined = joined.withPayment(OrderPayment.named(named, content));
    }
    joined = content.unitsToShip() == 0 ? joined.withStock(StockStatus.NOT_REQUIRED, List.of()) : joined;
    Optional<PlacedHold> doubt = DoubtfulAddress.of(content, now);
    joined = doubt.isPresent() ? joined.with(holding.with(doubt.get()).orElseThrow()) : joined;
    return joined.refunded(now);
  }

  boolean placed() {
    return terms != null;
  }

  boolean isCancelled() {
    return cancellation != null;
  }

  /** Whether it waits for units that it was promised. */
  boolean isBackordered() {
    return placed() && !isCancelled() && stock.isBackordered();
  }

  /** Whether nothing is left to pack before units come that it waits for. */
  boolean isDoneButForStock() {
    return stock.status() == StockStatus.BACKORDERED || packing.isPacked(unitsToPlan());
  }

  OrderChanges changes() {
    return changed == null ? OrderChanges.NONE : changed;
  }

  OrderPhase phase() {
    if (!placed()) {
      return OrderPhase.STUB;
    }
    if (isCancelled()) {
      return OrderPhase.CANCELLED;
    }
    if (!packing.isStarted()) {
      // What is not shipped is delivered when it is paid.
      return unitsToShip() == 0 && unitsToGrant() == 0 && money.hasBeenPaid(terms)
          ? OrderPhase.DISPATCHED
          : OrderPhase.OPEN;
    }
    boolean left = fulfillment() == FulfillmentProgress.FULFILLED && packing.held().isEmpty();
    return left ? OrderPhase.DISPATCHED : OrderPhase.DISPATCHING;
  }

  /** Whether something of it is packed: from then on it cannot be cancelled. */
  boolean isDispatchClosed() {
    return !isCancelled() && packing.isStarted();
  }

  int unitsToShip() {
    return placed() ? terms.unitsToShip() : 0;
  }

  /** Those that are not held for themselves, and that do not follow later. Of those that were, some may have been cancelled since. */
  int unitsToPlan() {
    return unitsToShip() - Stream
        .concat(holding.heldLines(), stock.waiting().stream().map(LineQuantity::lineId)).distinct()
        .mapToInt(it -> Math.min(Math.max(holding.held(it), stock.waiting(it)),
            changes().quantity(it).orElse(Integer.MAX_VALUE)))
        .sum();
  }

  int unitsToGrant() {
    return placed() ? terms.unitsToGrant() : 0;
  }

  PaymentProgress payment() {
    return money.progress(terms);
  }

  FulfillmentProgress fulfillment() {
    return packing.progress(unitsToShip());
  }

  /** What a person must look at, the most urgent first. */
  List<Hold> holds() {
    return placed()
        ? Stream.of(money.holds(terms, phase()), packing.holds().stream().filter(this::isAsked).toList(),
            phase().goesOn() ? holding.shown() : List.<Hold>of())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Hold::reason)).toList()
        : List.of();
  }

  /** A person has decided about units that are short, or the order's end has. */
  private boolean isAsked(Hold hold) {
    return hold.reason() != Hold.Reason.SHORT || !isCancelled() && holding.find(hold.id()).isEmpty();
  }

  /** Whether stock and money are both there, and no person holds it. */
  boolean isReleased() {
    return placed() && !isCancelled() && stock.isPromised() && isSecured() && !holding.isHeld()
        && !money.stops(terms, phase());
  }

  /** Whether this fulfillment may not leave: people hold it, its order's money is in doubt, or it waits for what no location has. */
  boolean isStopped(FulfillmentId fulfillment) {
    return holding.isHeld(fulfillment) || placed() && money.stops(terms, phase()) || waitsForUnits();
  }

  /** Whether a person wants it to leave only once its missing units are there. */
  private boolean waitsForUnits() {
    return !isCancelled() && packing.lacking().anyMatch(it -> holding.resolution(Hold.ofShort(it).id())
        .filter(Resolution.WAIT::equals).isPresent());
  }

  /** Whether all that is owed is there, and nothing of it is to be looked at first. */
  boolean isPaid() {
    return money.isSettled(terms, phase());
  }

  /** Whether all that is owed is there, or is held and captured when something leaves. */
  boolean isSecured() {
    return isPaid() || placed() && terms.capturesOnDispatch() && payment() == PaymentProgress.AUTHORIZED
        && !money.isMismatched(terms, phase());
  }

  /** Whether it was paid and all of it has left: what is taken back afterwards does not open it again. */
  boolean hasLeftPaid() {
    return phase() == OrderPhase.DISPATCHED && money.hasCome(terms) && !money.isMismatched(terms, phase());
  }

  /**
   * Cancelled by a person.
   *
   * @param key of their request; a repeated one finds what it did
   * @return refused if it cannot be cancelled any more, or if the key was used with another reason
   */
  Outcome<OrderState> cancelled(CancelReason reason, String key, Instant now) {
    if (isCancelled()) {
      if (!key.equals(cancellation.key())) {
        return Refused.conflict("already_cancelled", "it was cancelled before").outcome();
      }
      if (reason != cancellation.reason()) {
        return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key cancelled it for another reason").outcome();
      }
      return Outcome.of(this);
    }
    if (isDispatchClosed()) {
      return Refused.conflict("dispatch_closed", "it is packed and on its way: it can no longer be cancelled")
          .outcome();
    }
    if (phase() == OrderPhase.DISPATCHED) {
      return Refused.conflict("completed", "it is completed").outcome();
    }
    return Outcome.of(with(new Cancellation(reason, now, key)).refunded(now).due(now.plus(TO_SEND)));
  }

  /**
   * Held by a person. @param completed whether it has its end already
   *
   * @return refused if there is nothing left to hold
   */
  Outcome<OrderState> held(PlacedHold hold, boolean completed, Instant now) {
    boolean repeated = holding.find(hold.id()).isPresent();
    if (!repeated && isCancelled()) {
      return Refused.conflict("already_cancelled", "it is cancelled: nothing is left to hold").outcome();
    }
    if (!repeated && completed) {
      return Refused.conflict("completed", "it is completed: nothing is left to hold").outcome();
    }
    if (!repeated && hold.fulfillment() != null && !packing.knows(hold.fulfillment())) {
      return Refused.invalid("/fulfillment_id", "unknown", "is none of this order").outcome();
    }
    if (!repeated && hold.isOfLines() && changes().open() != null) {
      return Refused.conflict("change_pending", "a change of its lines still waits for stock: retry later").outcome();
    }
    // Those who follow the order hear that it is held from the arbiter.
    return holding.with(hold).map(it -> {
      if (it.equals(holding) || isCancelled()) {
        return with(it);
      }
      return (hold.isOfLines() ? with(it).with(changes().split(true)) : with(it)).unsent(now);
    });
  }

  /** With its address corrected: what was doubtful about it may be over. */
  OrderState corrected(OrderContent content, Instant now) {
    return with(DoubtfulAddress.corrected(holding, content, now)).unsent(now);
  }

  /** What of these lines is planned only once it is there. What is held for itself is first what is not there. */
  List<LineQuantity> waiting(List<LineQuantity> lines) {
    return stock.waiting().isEmpty()
        ? List.of()
        : lines.stream().map(it -> new LineQuantity(it.lineId(), it.sku(),
            Math.min(stock.waiting(it.lineId()), it.quantity()) - holding.held(it.lineId())))
            .filter(it -> it.quantity() > 0).toList();
  }

  /** What may be planned of these lines: what is held of them for itself, and has not left, is not. */
  List<LineQuantity> plannable(List<LineQuantity> lines) {
    return lines.stream().map(it -> new LineQuantity(it.lineId(), it.sku(),
        Math.max(it.quantity() - holding.held(it.lineId()), packing.dispatched(it.lineId()))))
        .filter(it -> it.quantity() > 0).toList();
  }

  /**
   * A hold is over: what was left undone meanwhile is done now.
   *
   * @param resolution how, if the hold follows from the order's money; null for one that a person has placed
   * @param command under which id, which names what is refunded
   */
  Outcome<Decided> released(HoldId hold, Resolution resolution, Release release, String command, Instant now) {
    Optional<MoneyHolds.Found> found = new MoneyHolds(money, terms, phase()).find(hold);
    if (found.isPresent()) {
      return new Resolving(this, found.get(), command, release, now).by(resolution)
          .map(it -> new Decided(it.state().resolved(found.get().hold(), release, now).after(this), it.adjustment()));
    }
    Optional<Hold> unpaid = holding.shown().stream()
        .filter(it -> it.id().equals(hold) && it.reason() == Hold.Reason.CHANGE_UNPAID).findFirst();
    if (unpaid.isPresent() && !isCancelled()) {
      return unpaidAccepted(unpaid.get(), resolution, release, now);
    }
    if (packing.holds().stream().anyMatch(it -> it.id().equals(hold) && it.reason() != Hold.Reason.SHORT)) {
      return Refused.conflict("not_releasable", "it ends when the parcel has its label").outcome();
    }
    if (resolution != null && holding.find(hold).filter(it -> it.reason().isPlaced()).isPresent()) {
      return Refused.invalid("/resolution", "not_allowed", "is not for a hold that a person has placed").outcome();
    }
    return holding.released(hold, release).then(it -> {
      boolean splits = !isCancelled() && it.heldUnits() < holding.heldUnits();
      if (splits && changes().open() != null) {
        return Refused.conflict("change_pending", "a change of its lines still waits for stock: retry later").outcome();
      }
      OrderState next = splits ? with(it).with(changes().split(false)) : with(it);
      return Outcome.of(new Decided(isCancelled() ? next : next.unsent(now), null));
    });
  }

  OrderState resolved(Hold hold, Release release, Instant now) {
    return with(holding.resolved(hold, release)).unsent(now);
  }

  /** If this is owed, and its payments are these. */
  OrderState owing(Money owed, OrderMoney next) {
    return new OrderState(id, terms.owing(owed), stock, next, packing, holding, cancellation, changed, due);
  }

  /**
   * What follows from what has become known: an order that cannot be fulfilled, or is not paid in time, is cancelled; money
   * that nobody is owed is refunded.
   *
   * @param news what has become known
   */
  OrderState decided(AdvanceOrder.Input news, Instant now) {
    boolean asked = news instanceof OrderDue;
    boolean looked = asked || news instanceof PaymentLookedUp;
    OrderState decided = end(looked, now).map(reason -> with(new Cancellation(reason, now, null))).orElse(this)
        .watched(asked, now).withUnpaid(looked, now);
    boolean givesUp = !placed() && asked;
    OrderState settled = placed() || givesUp ? decided.refunded(now).collecting(now) : decided;
    // These answers are not answered, or it would go round and round: what they bring about is sent when it is due.
    boolean unsent = settled.isCancelled()
        && (news instanceof StockReleased || news instanceof PaymentRefunded || news instanceof GrantsMoved);
    if (unsent) {
      return isCancelled() ? settled : settled.due(now.plus(TO_SEND));
    }
    return settled.marked(asked, now);
  }

  MoneyTimes times() {
    return new MoneyTimes(money, terms == null ? null : terms.firm(), phase());
  }

  private Optional<CancelReason> end(boolean asked, Instant now) {
    if (isCancelled() || !placed()) {
      return Optional.empty();
    }
    return stock.end()
        .or(() -> isDispatchClosed() || holding.isHeld() ? Optional.empty() : times().end(asked, now));
  }

  /** The mark, if something is still waited for that may never come by itself. */
  private OrderState marked(boolean asked, Instant now) {
    if (!placed()) {
      return due(stubDueAt(asked, now));
    }
    Instant next = dueAt(now);
    // A mark that stands for an earlier time is as good, and costs nothing. If a payment was never heard of, perhaps nobody
    // watches for it, though others have paid: then it is looked at once.
    boolean stands = !asked && due != null && (next == null ? money.isUnheard(phase()) : !due.isAfter(next));
    return stands ? this : due(next);
  }

  /** A stub is looked at until it is given up, and on until the refunds that it requested are under way. */
  private Instant stubDueAt(boolean asked, Instant now) {
    if (money.awaitsRefund()) {
      return asked || due == null ? now.plus(MoneyTimes.TO_SETTLE) : due;
    }
    boolean over = asked || !money.payments().isEmpty() && money.payments().stream().noneMatch(OrderPayment::counts);
    return over ? null : due == null ? now.plus(TO_APPEAR) : due;
  }

  /** The earliest time at which one of its axes must be looked after; null if none must. */
  private Instant dueAt(Instant now) {
    return earliest(stock.dueAt(phase(), now), times().dueAt(now), added().dueAt(now),
        packing.dueAt(isReleased(), unitsToPlan(), now),
        awaitsStockAnswer() ? now.plus(OrderStock.TO_ANSWER) : null);
  }

  /** The earliest of those that are not null; null if all are. */
  static Instant earliest(Instant... times) {
    return Stream.of(times).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
  }

  OrderState withStock(StockStatus answer, List<SkuQuantity> missing) {
    return new OrderState(id, terms, stock.answered(answer, missing), money, packing, holding, cancellation, changed,
        due);
  }

  OrderState withPayment(OrderPayment news) {
    return with(money.with(news));
  }

  OrderState withMoney(OrderMoney next) {
    return with(next);
  }

  OrderState withRefund(PaymentId payment, Refund part) {
    return with(money.with(payment, part));
  }

  /** What a caller writes and sends at once: the mark makes sure of it. */
  OrderState unsent(Instant now) {
    return due(earliest(due, now.plus(TO_SEND)));
  }

  OrderState withFulfillment(OrderFulfillment news) {
    return with(packing.with(news));
  }

  /** With what was last reported of its digital lines: what is missing holds nothing but those. */
  OrderState withGrants(OrderGrants grants) {
    return with(holding.missing(grants));
  }

  OrderState withParcel(OrderParcel moved) {
    return with(packing.with(moved));
  }

  /** Whether stock must still answer to a change of its lines. */
  boolean awaitsStockAnswer() {
    return phase().goesOn() && stock.status() != StockStatus.NOT_REQUIRED && changes().awaitStock();
  }

  /** All units are promised, as this change of the lines wants them: one that waited for that is made. */
  OrderState withReserved(int change, Instant now) {
    return withPromised(stock.answered(StockStatus.RESERVED, List.of()), change, now);
  }

  private OrderState withPromised(OrderStock next, int change, Instant now) {
    OrderState reserved = with(next.filled(stock, now));
    return changed == null
        ? reserved
        : reserved.with(changes().answered(change)).closed(it -> it.number() == change, now);
  }

  /**
   * All units are promised, as this change of the lines wants them, and some are not there yet.
   *
   * @param follows those that leave later than the others; none if all of it leaves together
   */
  OrderState withBackordered(int change, List<LineQuantity> follows, Instant now) {
    return withPromised(stock.backordered(follows, unitsToShip()), change, now);
  }

  /** Units are missing: of the order, as this change of the lines wants it, or of the change, which then fails. */
  OrderState withRefused(int change, List<SkuQuantity> missing, Instant now) {
    if (stock.status() == StockStatus.PENDING && change < changes().number()) {
      // Fewer are asked for by now.
      return this;
    }
    OrderState refused = withStock(StockStatus.REFUSED, missing);
    boolean fails = changes().open() != null && changes().open().number() == change && phase().goesOn();
    return fails ? refused.with(changes().answered(change).closed(true)) : refused;
  }

  /** Whoever gives its links and keys has not reported it: that is asked for again, should the request for it be lost. */
  OrderState awaitingGrants(Instant now) {
    return due(earliest(due, now.plus(OrderStock.TO_ANSWER)));
  }

  private OrderState closed(Predicate<OrderChanges.Open> which, Instant now) {
    OrderChanges.Open open = changes().open();
    if (open == null || !which.test(open) || !phase().goesOn()) {
      return this;
    }
    boolean dispatched = open.lines().stream().anyMatch(it -> it.quantity() < packing.dispatched(it.lineId()));
    if (dispatched) {
      return with(changes().closed(true));
    }
    OrderState made = PriceChange.applied(this, open.lines(), open.reduces(), open.difference(), open.units(),
        open.command(), now);
    OrderChanges next = made.changes().closed(false);
    return made.with(open.reduces() ? next : next.answered(next.number()));
  }

  /** Whether what was packed as of this change of the lines holds units that are wanted no more: it is to be packed again. */
  boolean isOutdated(FulfillmentId fulfillment, int change) {
    Optional<OrderFulfillment> known = packing.find(fulfillment);
    if (known.filter(OrderFulfillment::isPacked).isPresent()) {
      // It leaves as it was approved, whatever is changed: not as it was packed before.
      return change < known.get().change();
    }
    return Math.max(change, known.map(OrderFulfillment::survived).orElse(0)) < changes().reduced();
  }

  OrderState with(OrderChanges next) {
    return new OrderState(id, terms, stock, money, packing, holding, cancellation, next, due);
  }

  /** The same with this owed, and these refunds requested. */
  OrderState with(OrderTerms owed, OrderMoney next) {
    return new OrderState(id, owed, stock, next, packing, holding, cancellation, changed, due);
  }

  /**
   * A fulfillment that was packed. It leaves at once if all that has left is paid with it, else it waits for that.
   *
   * @param content what is ordered, read if that is needed
   */
  OrderState packed(OrderFulfillment news, Function<OrderState, OrderContent> content) {
    if (!placed() || !terms.capturesOnDispatch() || packing.isPacked(news.id())) {
      return withFulfillment(news);
    }
    Money sum = Shares.worth(content.apply(this), packing.packedWith(news, this::isKept)).min(terms.total());
    Money taken = new MoneyCaptures(money, terms).taken();
    return withFulfillment(taken.compareTo(sum) >= 0 ? news : news.awaiting(sum));
  }

  /** What must be captured for all that is to be captured now, beside what is captured already. */
  Money needed() {
    var captures = new MoneyCaptures(money, terms);
    return terms.capturesAtOnce()
        ? captures.missing(terms.total())
        : packing.needs(this::isKept).stream().map(it -> captures.missing(it.sum().min(terms.total())))
            .reduce(Money.zero(terms.currency()), Money::max);
  }

  /** With what is to be packed again, as far as that is decided. */
  OrderState withRepacking(RepackingRequested asked) {
    return with(packing.repacking(new OrderFulfillment(asked.fulfillment(), asked.location(), asked.lines(), 0,
        asked.change(), null, null, asked.first() - 1, 0, false), asked.first(), asked.parcels()));
  }

  /** What is packed again has survived every change of the lines so far, as its dispatch was approved. */
  OrderState withWithdrawal(WithdrawalAnswered answer) {
    return with(packing.withdrawalAnswered(answer.parcels(), answer.withdrawn(), changes().number()));
  }

  /** Whether what is packed may not leave, whatever was paid. */
  private boolean isKept(OrderFulfillment it) {
    return isStopped(it.id()) || isOutdated(it.id(), it.change());
  }

  /** What is held is captured as far as it is needed, and what waited for that may leave. Nothing moves while somebody holds the order. */
  private OrderState collecting(Instant now) {
    if (!phase().goesOn() || holding.isHeld() || money.stops(terms, phase()) || !stock.isPromised()
        || money.isMismatched(terms, phase())) {
      return this;
    }
    OrderState left = with(packing.leaving(new MoneyCaptures(money, terms).taken(), this::isKept));
    boolean complete = left.unitsToShip() == 0 || left.fulfillment() == FulfillmentProgress.FULFILLED;
    return left.with(money.collecting(terms, left.packing.needs(this::isKept), complete, now));
  }

  private OrderState watched(boolean asked, Instant now) {
    return with(money.watched(terms, phase(), asked, now));
  }

  /** A person hears that what was added is not paid; until it is, or until it is taken out again. */
  private OrderState withUnpaid(boolean looked, Instant now) {
    if (!placed()) {
      return this;
    }
    boolean open = holding.isOpen(Hold.Reason.CHANGE_UNPAID);
    boolean overdue = open ? added().isUnpaid() : looked && added().isOverdue(now);
    return open == overdue ? this : with(holding.unpaid(id, overdue, now));
  }

  AddedMoney added() {
    return new AddedMoney(money, terms, phase());
  }

  /** The providers of these payments are to be asked how they stand. */
  List<OrderPayment> unanswered(Instant now) {
    return Stream.concat(times().unanswered(now).stream(), added().unanswered(now).stream()).distinct().toList();
  }

  /** The order goes on without what was added and is not paid; if it is paid all the same, that is refunded. */
  private Outcome<Decided> unpaidAccepted(Hold hold, Resolution resolution, Release release, Instant now) {
    if (resolution != Resolution.ACCEPT_DIFFERENCE) {
      return Refused.invalid("/resolution", resolution == null ? "required" : "not_allowed",
          "is accept_difference" + (resolution == null ? "" : " for this hold")).outcome();
    }
    OrderState accepted = with(terms.changed(-added().due().minorUnits(), 0, null), money);
    return Outcome.of(new Decided(accepted.resolved(hold, release, now).after(this), null));
  }

  private OrderState refunded(Instant now) {
    OrderState reclaimed = PriceChange.reclaimed(this, now);
    return reclaimed.with(reclaimed.money.refunded(reclaimed.expected(), phase(), now));
  }

  /** What the order may come to: money for a change that still waits for stock is not too much before the answer. */
  private OrderTerms expected() {
    OrderChanges.Open open = changes().open();
    return open != null && open.difference() > 0 && phase().goesOn()
        ? terms.changed(open.difference(), 0, null)
        : terms;
  }

  private OrderState with(OrderStock next) {
    return new OrderState(id, terms, next, money, packing, holding, cancellation, changed, due);
  }

  private OrderState with(OrderMoney next) {
    return new OrderState(id, terms, stock, next, packing, holding, cancellation, changed, due);
  }

  private OrderState with(OrderPacking next) {
    return new OrderState(id, terms, stock, money, next, holding, cancellation, changed, due);
  }

  private OrderState with(OrderHolds next) {
    return new OrderState(id, terms, stock, money, packing, next, cancellation, changed, due);
  }

  private OrderState with(Cancellation end) {
    return new OrderState(id, terms, stock, money, packing, holding, end, changed, due);
  }

  private OrderState due(Instant next) {
    return new OrderState(id, terms, stock, money, packing, holding, cancellation, changed, next);
  }

  /** This state as the next one after another. @throws IllegalTransition if one of the axes cannot go there */
  OrderState after(OrderState before) {
    stock.after(before.stock, id);
    money.after(before.money, terms, id);
    packing.after(before.fulfillment(), unitsToShip(), changed != null, id);
    holding.after(before.holding, id);
    Cancellation.after(before.cancellation, cancellation, id);
    return this;
  }
}
