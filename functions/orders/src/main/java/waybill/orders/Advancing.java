package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlaceOrder;
import waybill.messages.CreditMessages.*;
import waybill.messages.DigitalMessages.*;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.*;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.StockMessages.*;

/**
 * How news moves an order, and what an order's state asks of the others. Every piece of news may come twice, late, in another
 * order, or before the order itself; the state is the same in the end, and what is sent is what it implies now, never
 * what was answered once.
 */
final class Advancing {

  private Advancing() {}

  /** What of an order is read only if an answer takes it. */
  interface Details {
    OrderContent content();

    /** A parcel that is packed. */
    OrderParcel parcel(ParcelId id);

    /** All parcels that are packed, as they are now. */
    List<OrderParcel> parcels();

    /** What was last reported of its digital lines. */
    OrderGrants grants();

    /** When the units come that are not there yet, as it was last reported. */
    OrderPromises promises();

    /** The order that it leaves with in one parcel, or was to. */
    Optional<MergedOrder> merged();
  }

  /** @param current the order, or the stub of it, or nothing. @throws IllegalTransition if the news is a fault */
  static OrderState advance(Optional<OrderState> current, AdvanceOrder.Input news, Instant now) {
    return advance(current, news, _ -> {
      throw new IllegalStateException("what was ordered is not at hand");
    }, now);
  }

  /**
   * The order after news that what was ordered may be read for, as it is if something was packed.
   *
   * @param current the order, or the stub of it, or nothing
   * @param content what is ordered as a state has it, read only if a decision takes it
   * @throws IllegalTransition if the news is a fault
   */
  static OrderState advance(Optional<OrderState> current, AdvanceOrder.Input news,
      Function<OrderState, OrderContent> content, Instant now) {
    OrderState state = current.orElseGet(() -> OrderState.stub(news.order()));
    return joined(state, news, content, now).decided(news, now).after(state);
  }

  /**
   * The order after news, with the mark that its links and keys are to be reported, if they are due and were not.
   *
   * @param known the last report of them, read only if a decision takes it
   */
  static OrderState withMark(Optional<OrderState> before, OrderState next, AdvanceOrder.Input news,
      Supplier<OrderGrants> known, Instant now) {
    boolean moved = news instanceof OrderDue || !before.equals(Optional.of(next));
    return moved && Granting.awaitsReport(next, known) ? next.awaitingGrants(now) : next;
  }

  /**
   * The order after news of one of its parcels.
   *
   * @param moved the parcel after the news
   * @throws IllegalTransition if the news is a fault
   */
  static OrderState advance(OrderState state, OrderParcel moved, ParcelNews news, Instant now) {
    return state.withParcel(moved).decided(news, now).after(state);
  }

  /** The order after a report of its digital lines. @param grants what is known of them after it */
  static OrderState advance(OrderState state, OrderGrants grants, GrantsMoved news, Instant now) {
    return state.withGrants(grants).decided(news, now).after(state);
  }

  /**
   * The order after a report of units that are not there yet.
   *
   * @param follows those that leave later than the others; none if all of it leaves together
   */
  static OrderState advance(OrderState state, StockBackordered news, List<LineQuantity> follows, Instant now) {
    return state.withBackordered(news.change(), follows, now).decided(news, now).after(state);
  }

  /** A parcel after news of it. */
  static OrderParcel advance(OrderParcel parcel, ParcelNews news) {
    return switch (news) {
      case LabelUncertain it -> parcel.held(new LabelProblem(Hold.Reason.LABEL_UNCERTAIN, null, it.at()));
      case LabelRefused it -> parcel.held(new LabelProblem(Hold.Reason.LABEL_REFUSED, it.detail(), it.at()));
      case ShipmentLabelled it -> parcel.labelled(it.carrier(), it.service(), it.trackingNumber(), it.at());
      case ShipmentMoved it -> parcel.moved(it.scan(), it.estimatedDeliveryAt());
    };
  }

  private static OrderState joined(OrderState state, AdvanceOrder.Input news,
      Function<OrderState, OrderContent> content, Instant now) {
    return switch (news) {
      case StockReserved it -> state.withReserved(it.change(), now);
      case StockRefused it -> state.withRefused(it.change(), it.shortOf(), now);
      case StockReleased _ -> state.withStock(StockStatus.RELEASED, List.of());
      case PaymentProcessing it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentAlerted it -> state.withPayment(OrderPayment.alerted(it.payment(), it.alert()));
      case PaymentLookedUp it -> state.withPayment(OrderPayment.lookedUp(it.payment(), it.at()));
      case CaptureAnswered it -> state.withPayment(OrderPayment.captured(it.payment(), it.capture()));
      case PaymentAuthorized it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentCaptured it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentFailed it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentCancelled it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentRefunded it -> state.withPayment(OrderPayment.refunded(it.payment(), it.refund()));
      case StockAllocated it ->
        state.withFulfillment(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(), 0, it.change()));
      // What is packed while it is held is reported again until it is approved; what lines were cancelled of is packed again.
      case FulfillmentPacked it when isKept(state, it) -> state;
      case FulfillmentPacked it -> state.packed(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(),
          it.parcels().size(), it.change()).after(first(it) - 1), content);
      case RepackingRequested it -> state.withRepacking(it);
      case WithdrawalAnswered it -> state.withWithdrawal(it);
      case UnitsShort it -> state.withFulfillment(OrderFulfillment.lacking(it.fulfillment(), it.lines(), it.at()));
      case OrderDue _ -> state;
      case ParcelNews it -> throw new IllegalArgumentException("moves a parcel: " + it);
      case GrantsMoved it -> throw new IllegalArgumentException("is a report: " + it);
      case StockBackordered it -> throw new IllegalArgumentException("is a report: " + it);
    };
  }

  /** Whether what is packed may not leave. */
  static boolean isKept(OrderState state, FulfillmentPacked news) {
    return state.isStopped(news.fulfillment()) || state.isOutdated(news.fulfillment(), news.change())
        || state.packing().isWithdrawn(news.fulfillment(), first(news));
  }

  private static int first(FulfillmentPacked news) {
    return news.parcels().getFirst().id().number();
  }

  /**
   * What a placed order asks the others for, at its first writing and whenever somebody doubts that it was sent. A cancelled
   * one has asked through its arbiter, or will.
   */
  static List<PlaceOrder.Output> emissions(OrderState state, OrderContent content) {
    if (state.isCancelled()) {
      return List.of();
    }
    var messages = new ArrayList<PlaceOrder.Output>();
    if (state.stock().status() == StockStatus.PENDING || state.awaitsStockAnswer()) {
      messages.add(placed(state, content));
    }
    state.money().payments().stream()
        .filter(it -> isCreditWanted(state, it))
        .forEach(it -> messages.add(new CreditWanted(state.id(), it.payment(), it.expected())));
    state.money().payments().stream()
        .filter(it -> it.expected() != null && !it.isExternal() && !it.isCredit() && it.counts())
        .forEach(it -> messages.add(new PaymentExpected(state.id(), it.payment().provider(), it.payment().account(),
            it.payment().reference(), it.expected().currency())));
    if (state.isReleased()) {
      messages.add(released(state, content));
    }
    if (Granting.isDecided(state)) {
      messages.add(new GrantsDue(state.id()));
    }
    return messages;
  }

  /** What there was not enough of is asked for again as long as the order waits for money, and not once something else has paid it. */
  private static boolean isCreditWanted(OrderState state, OrderPayment it) {
    return it.isCredit() && it.counts() && it.expected() != null && it.payment().captured().isZero()
        && (it.payment().status() == PaymentStatus.PENDING || state.money().isAwaited(state.terms()));
  }

  /** What the order's state sends in answer to this news. */
  static List<? extends AdvanceOrder.Output> emissions(OrderState state, AdvanceOrder.Input news, Details details) {
    boolean decides = !(news instanceof ParcelNews || news instanceof GrantsMoved) && Granting.isDecided(state);
    List<? extends AdvanceOrder.Output> answers = answers(state, news, details);
    return decides
        ? Stream.concat(answers.stream(), Stream.of(new GrantsDue(state.id()))).distinct().toList()
        : answers;
  }

  private static List<? extends AdvanceOrder.Output> answers(OrderState state, AdvanceOrder.Input news,
      Details details) {
    if (!state.placed()) {
      // A refund that waits for its payment is answered too, and would be requested for as long as it waits.
      return news instanceof PaymentRefunded it ? refunds(state, it.payment()) : refunds(state);
    }
    return switch (news) {
      // The answers to what a cancelled order asks for: to ask again would go round and round.
      case StockReleased _ -> List.of();
      case GrantsMoved _ -> state.isCancelled() ? List.of() : delivered(state, details);
      // What is refunded while it is on its way may also fail.
      case PaymentRefunded it ->
        Stream.of(refunds(state, it.payment()), failed(state, it.payment()), CustomerNews.ofRefund(state, it))
            .flatMap(List::stream).toList();
      case OrderDue _ when state.isCancelled() ->
        Stream.concat(cancelled(state).stream(), onTheirWay(state).stream()).toList();
      case AdvanceOrder.Input _ when state.isCancelled() -> cancelled(state);
      case OrderDue it -> Stream.of(emissions(state, details.content()), waiting(state, details), lines(state, details),
          refunds(state),
          onTheirWay(state), captures(state), questions(state, it.at()), labels(state, details), withdrawals(state),
          merged(state, details), CustomerNews.of(state, it.at()))
          .flatMap(List::stream).toList();
      case StockReserved _, StockRefused _ when state.changes().number() > 0 -> changed(state, details);
      case StockBackordered _ when state.changes().number() > 0 ->
        Stream.concat(changed(state, details).stream(), backordered(state, details).stream()).toList();
      case StockBackordered _ when !state.isReleased() -> backordered(state, details);
      case StockReserved _, StockBackordered _, CaptureAnswered _, PaymentProcessing _, PaymentAuthorized _, PaymentCaptured _, PaymentCancelled _, PaymentLookedUp _, PaymentAlerted _ ->
        paid(state, details);
      case PaymentFailed it ->
        Stream.concat(paid(state, details).stream(), failed(state, it.payment()).stream()).toList();
      case FulfillmentPacked it when isKept(state, it) -> List.of();
      case FulfillmentPacked it when state.packing().isPacked(it.fulfillment()) -> approved(state, it);
      case FulfillmentPacked _ -> captures(state);
      case RepackingRequested it -> repacking(state, it.fulfillment(), it.first(), details);
      case WithdrawalAnswered it -> repacking(state, it.parcels().getFirst().fulfillment(),
          it.parcels().getFirst().number(), details);
      case ShipmentMoved it -> delivered(state, it, details);
      case StockRefused _, StockAllocated _, UnitsShort _, ShipmentLabelled _, LabelRefused _, LabelUncertain _ -> List.of();
    };
  }

  private static List<? extends AdvanceOrder.Output> paid(OrderState state, Details details) {
    List<OrderReleased> released = state.isReleased() ? List.of(released(state, details.content())) : List.of();
    return Stream.of(released, backordered(state, details), refunds(state), captures(state), leaving(state, details))
        .flatMap(List::stream).toList();
  }

  /**
   * Its customer hears that it waits as soon as it is paid, and each time that the day moves. What of an order follows later than the rest its
   * confirmation says.
   */
  private static List<OrderBackordered> backordered(OrderState state, Details details) {
    if (!state.isBackordered() || !state.isSecured()) {
      return List.of();
    }
    OrderPromises promises = details.promises();
    return state.stock().isPromised() && promises.move() == 0
        ? List.of()
        : List.of(new OrderBackordered(state.id(), promises.move(), promises.at()));
  }

  /** What is promised without being there is looked for again. */
  private static List<OrderPlaced> waiting(OrderState state, Details details) {
    return state.isBackordered() && !state.awaitsStockAnswer()
        ? List.of(placed(state, details.content()))
        : List.of();
  }

  private static OrderPlaced placed(OrderState state, OrderContent content) {
    return new OrderPlaced(state.id(), content.pool(),
        LineQuantity.bySku(state.changes().wanted(content.shippedLines())), content.acceptedAt(),
        state.changes().number(), content.form().reservationId(),
        content.form().backorders() == OrderForm.Backorders.PARTIAL);
  }

  private static List<CaptureRequested> captures(OrderState state) {
    return new MoneyCaptures(state.money(), state.terms()).pending().flatMap(it -> it.captures().pending()
        .map(capture -> new CaptureRequested(state.id(), it.payment(), capture))).toList();
  }

  /** What has waited for its money, and has it by now, may leave; another fulfillment may still wait. */
  private static List<DispatchApproved> leaving(OrderState state, Details details) {
    return state.terms().capturesOnDispatch() && state.packing().isStarted()
        ? details.parcels().stream()
            .filter(it -> isLeaving(state, it)).map(it -> dispatched(state, it.parcel())).toList()
        : List.of();
  }

  private static boolean isLeaving(OrderState state, OrderParcel parcel) {
    FulfillmentId fulfillment = parcel.parcel().id().fulfillment();
    return !parcel.isShipped() && !parcel.isHeld() && !state.isStopped(fulfillment)
        && state.packing().find(fulfillment).filter(it -> it.isPacked() && !it.withdrawing()).isPresent();
  }

  /** What was asked of a packing: it is void, or it stands, or somebody must say whether a label was bought. */
  private static List<? extends AdvanceOrder.Output> repacking(OrderState state, FulfillmentId fulfillment, int first,
      Details details) {
    OrderFulfillment it = state.packing().find(fulfillment).orElseThrow();
    boolean granted = first <= it.voided();
    if (it.withdrawing() && !granted) {
      return withdrawals(state);
    }
    var decided = new RepackingDecided(state.id(), fulfillment, first, granted);
    // Whoever approved it may have died before saying so.
    return granted || !it.isPacked()
        ? List.of(decided)
        : Stream.concat(Stream.of(decided), details.parcels().stream()
            .filter(one -> one.parcel().id().fulfillment().equals(fulfillment) && isLeaving(state, one))
            .map(one -> dispatched(state, one.parcel()))).toList();
  }

  private static List<DispatchWithdrawn> withdrawals(OrderState state) {
    return state.packing().withdrawing().map(it -> new DispatchWithdrawn(state.id(), it.parcelIds())).toList();
  }

  /** Its customer hears once that two of their orders leave together: from the one whose units go into the other's parcel. */
  private static List<OrderMerged> merged(OrderState state, Details details) {
    return details.merged().filter(it -> it.stands() && !it.merger().leads())
        .map(it -> new OrderMerged(state.id(), it.merger().with(), it.merger().at())).stream().toList();
  }

  private static DispatchApproved dispatched(OrderState state, Parcel parcel) {
    return new DispatchApproved(state.id(), state.packing().location(parcel.id().fulfillment()), state.terms().pool(),
        parcel);
  }

  private static OrderReleased released(OrderState state, OrderContent content) {
    return new OrderReleased(state.id(), state.terms().pool(), state.plannable(content.shippedLines()),
        state.changes().number(), state.packing().approved(), state.waiting(content.shippedLines()));
  }

  /** Stock has answered to a change of the lines, which is made by that, or fails. */
  private static List<AdvanceOrder.Output> changed(OrderState state, Details details) {
    return Stream
        .of(emissions(state, details.content()), lines(state, details), refunds(state),
            captures(state), CustomerNews.ofLines(state)).<AdvanceOrder.Output>flatMap(List::stream)
        .toList();
  }

  /** What follows from lines that were changed: plans are compared with them, and what has arrived may now be all of it. */
  private static List<AdvanceOrder.Output> lines(OrderState state, Details details) {
    if (state.changes().number() == 0) {
      return List.of();
    }
    var messages = new ArrayList<AdvanceOrder.Output>(List.of(new LinesChanged(state.id(), state.terms().pool(),
        state.plannable(details.content().shippedLines()), state.changes().number(), state.packing().approved())));
    OrderProgress.deliveredAt(state, details.parcels(), details.grants())
        .ifPresent(it -> messages.add(new OrderDelivered(state.id(), it)));
    return messages;
  }

  /** The customer may try again; about a payment that is not the order's they hear nothing. */
  private static List<OrderPaymentFailed> failed(OrderState state, Payment news) {
    return state.money().own(state.terms()).stream().map(OrderPayment::payment)
        .filter(it -> it.id().equals(news.id()) && it.status() == PaymentStatus.FAILED
            && state.money().isAwaited(state.terms()))
        .map(it -> new OrderPaymentFailed(state.id(), it.id(), it.updatedAt())).toList();
  }

  /** An account may have been set up meanwhile, or somebody may have found out what became of a label. */
  private static List<DispatchApproved> labels(OrderState state, Details details) {
    return state.packing().held().stream().filter(it -> !state.isStopped(it.id().fulfillment())
        && !state.packing().isWithdrawn(it.id().fulfillment(), it.id().number()))
        .map(it -> details.parcel(it.id()).parcel())
        .map(it -> dispatched(state, it)).toList();
  }

  private static List<DispatchApproved> approved(OrderState state, FulfillmentPacked news) {
    return news.parcels().stream().map(it -> dispatched(state, it)).toList();
  }

  /**
   * Each scan is written before all parcels are read, so of those that deliver the last parcels at once, the later one reads
   * that all are delivered.
   */
  private static List<OrderDelivered> delivered(OrderState state, ShipmentMoved news, Details details) {
    return details.parcel(news.parcel()).isDelivered()
        ? delivered(state, details)
        : List.of();
  }

  private static List<OrderDelivered> delivered(OrderState state, Details details) {
    return OrderProgress.deliveredAt(state, details.parcels(), details.grants())
        .map(it -> new OrderDelivered(state.id(), it)).stream().toList();
  }

  private static List<AdvanceOrder.Output> cancelled(OrderState state) {
    Cancellation end = state.cancellation();
    var messages = new ArrayList<AdvanceOrder.Output>(List.of(new OrderCancelled(state.id(), end.reason(), end.at())));
    messages.addAll(refunds(state));
    return messages;
  }

  private static List<AdvanceOrder.Output> refunds(OrderState state) {
    return state.money().payments().stream()
        .flatMap(it -> Stream
            .concat(it.balance().requestedParts(), it.needsRefund() ? Stream.of(it.refund()) : Stream.empty())
            .map(refund -> refund(state, it, refund)))
        .toList();
  }

  /** Refunds that the provider is moving: it is asked how far they are, as its event may be lost. */
  private static List<AdvanceOrder.Output> onTheirWay(OrderState state) {
    return state.money().payments().stream()
        .flatMap(it -> Stream.concat(it.balance().movingParts(),
            it.isOnItsWayBack() ? Stream.of(it.refund()) : Stream.empty())
            .map(refund -> refund(state, it, refund)))
        .toList();
  }

  private static List<PaymentQuestioned> questions(OrderState state, Instant now) {
    return state.unanswered(now).stream()
        .map(it -> new PaymentQuestioned(state.id(), it.payment())).toList();
  }

  /** Requested again only if money has come since it was voided; else its refund is under way. */
  private static List<AdvanceOrder.Output> refunds(OrderState state, Payment news) {
    return state.money().find(news.id())
        .filter(it -> it.needsRefund() && it.refund().status() != RefundStatus.REQUESTED)
        .map(it -> refund(state, it, it.refund())).stream().toList();
  }

  private static AdvanceOrder.Output refund(OrderState state, OrderPayment payment, Refund refund) {
    var asked = new Refund(refund.id(), refund.reason(), RefundStatus.REQUESTED,
        refund.reason().isPart() ? refund.amount() : payment.balance().most(), refund.updatedAt());
    return payment.isCredit()
        ? new CreditReleased(state.id(), payment.payment(), asked)
        : new RefundRequested(state.id(), payment.payment(), asked);
  }
}
