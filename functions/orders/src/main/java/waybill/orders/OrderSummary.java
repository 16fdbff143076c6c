package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.Scan;
import waybill.messages.StockPromise;

/**
 * What other capabilities may know of how far an order has come. It follows from the order's items and is none itself; how
 * the order keeps what it knows is its own affair.
 *
 * @param awaiting what it waits for first; null if it has its end
 * @param owing what is still to be paid, and until when
 * @param unitsToShip how many units must reach the doorstep
 * @param end its early end; null while it goes on
 * @param parcels those that are packed
 * @param updatedAt when the order or one of its parcels changed last
 * @param refunds what goes back of its payments, each with how far it is
 * @param change the number of the latest change of its lines; 0 as it was placed
 * @param addressDoubted whether a person holds it because of its address
 * @param waiting for units that are not there yet; null if it does not
 * @param merged with which other order it leaves in one parcel; null if with none
 * @param voided of each fulfillment that was packed again, the number of the last parcel that is void
 */
public record OrderSummary(OrderId id, OrderStatus status, Awaiting awaiting, PaymentProgress payment,
    DeliveryProgress delivery, Owing owing, int unitsToShip, End end, List<Package> parcels, Instant updatedAt,
    List<GivenBack> refunds, int change, boolean addressDoubted, Waiting waiting, Merged merged,
    Map<FulfillmentId, Integer> voided) {

  /**
   * What it waits for.
   *
   * @param promises one a SKU of which units are not there yet
   * @param move how often the day has moved on which all of it is there
   * @param later what follows, if the rest leaves before; else none
   */
  public record Waiting(List<StockPromise> promises, int move, List<Later> later) {

    static Waiting of(OrderState state, OrderPromises report) {
      List<LineQuantity> follows = state.stock().waiting();
      return new Waiting(report.promises().stream().filter(it -> it.units() > 0).toList(), report.move(),
          follows.stream().map(it -> new Later(it, Promise.day(follows, it, report))).toList());
    }
  }

  /** Units that leave later than the rest of their order. @param day on which they are there; null if nobody knows */
  public record Later(LineQuantity units, Instant day) {}

  /**
   * Another order of its customer that it leaves with in one parcel.
   *
   * @param number what the customer calls it
   * @param leads whether the label of this order's parcel carries both
   * @param trackingNumbers of the other order's parcels
   */
  public record Merged(OrderId order, String number, boolean leads, Set<String> trackingNumbers) {

    static Merged of(MergedOrder it) {
      return new Merged(it.merger().with(), it.number(), it.merger().leads(), it.parcels().stream()
          .map(OrderParcel::trackingNumber).filter(Objects::nonNull).collect(Collectors.toSet()));
    }
  }

  /**
   * What is still to be paid.
   *
   * @param payBy when its money must be there
   * @param transfer whether it is waited for as long as a transfer takes, which its customer makes at their bank
   */
  public record Owing(Money due, Instant payBy, boolean transfer) {

    static Owing of(OrderState state) {
      OrderTerms terms = state.terms();
      OrderMoney money = state.money();
      Money due = money.owed(terms, state.phase())
          .minus(OrderMoney.there(money.counted(terms), terms.currency())).max(Money.zero(terms.currency()));
      boolean transfer = money.counted(terms).stream()
          .anyMatch(it -> it.payment().status() == PaymentStatus.PENDING && it.isExternal()
              && it.dueAt() != null && it.dueAt().isAfter(terms.payBy()));
      return new Owing(due, state.times().payBy(), transfer);
    }
  }

  /** A refund. @param amount null until its provider has said how much it is of */
  public record GivenBack(RefundId id, RefundReason reason, RefundStatus status, Money amount, boolean ofCredit) {

    private static Stream<GivenBack> of(OrderPayment payment) {
      return Stream.concat(Stream.ofNullable(payment.refund()), payment.parts().stream())
          .map(it -> new GivenBack(it.id(), it.reason(), it.status(), it.amount(), payment.isCredit()));
    }
  }

  /**
   * A parcel that is packed.
   *
   * @param carrier null until it has its label, as are number and time
   * @param scan the latest that the carrier said, or null
   */
  public record Package(ParcelId id, List<LineQuantity> lines, String carrier, String trackingNumber,
      Instant shippedAt, Scan scan, Box box) {

    /** As it was packed. */
    public record Box(int weightGrams, int lengthMm, int widthMm, int heightMm) {}

    /** A parcel that was scanned has left, also if the news of its label is late. */
    public boolean hasLeft() {
      return shippedAt != null || scan != null;
    }

    static Package of(OrderParcel it) {
      return new Package(it.parcel().id(), it.parcel().lines(), it.carrier(), it.trackingNumber(), it.shippedAt(),
          it.scan(), new Box(it.parcel().weightGrams(), it.parcel().lengthMm(), it.parcel().widthMm(),
              it.parcel().heightMm()));
    }
  }

  /**
   * The early end of an order.
   *
   * @param refunded what its providers refund, one amount a currency
   * @param owed what the shop itself must refund, because it took the money or because the provider refused for good
   * @param voided whether money was held that is released
   */
  public record End(CancelReason reason, List<Money> refunded, List<Money> owed, boolean voided) {

    static End of(CancelReason reason, List<OrderPayment> own) {
      List<OrderPayment> back = own.stream()
          .filter(it -> it.refund() != null && it.payment().captured().isPositive()).toList();
      Predicate<OrderPayment> shops = it -> it.isExternal() || it.refund().status() == RefundStatus.FAILED;
      boolean voided = own.stream().map(OrderPayment::payment)
          .anyMatch(it -> it.captured().isZero() && it.authorized().isPositive());
      return new End(reason, sums(back.stream().filter(shops.negate()).map(it -> it.balance().kept())),
          sums(back.stream().filter(shops).map(it -> it.balance().notYetBack())), voided);
    }

    /**
     * A payment of another currency than its order's is refunded as it came. What its bank has taken back for the customer, and what went
     * back before, is not paid a second time.
     */
    private static List<Money> sums(Stream<Money> amounts) {
      Map<String, Money> sums = new TreeMap<>();
      amounts.filter(Money::isPositive)
          .forEach(it -> sums.merge(it.currency(), it, Money::plus));
      return List.copyOf(sums.values());
    }
  }

  static OrderSummary of(OrderProgress progress) {
    OrderState state = progress.state();
    End end = state.isCancelled()
        ? End.of(state.cancellation().reason(), state.money().own(state.terms()))
        : null;
    return new OrderSummary(state.id(), progress.status(), progress.awaiting(), state.payment(), progress.delivery(),
        Owing.of(state), state.unitsToShip(), end, progress.packed().map(Package::of).toList(), progress.updatedAt(),
        state.money().payments().stream().flatMap(GivenBack::of).toList(), state.changes().edited(),
        state.holds().stream().anyMatch(it -> it.reason() == Hold.Reason.ADDRESS_INCORRECT),
        progress.promised().map(it -> Waiting.of(state, it.value())).orElse(null),
        progress.merged().filter(MergedOrder::stands).map(Merged::of).orElse(null),
        state.packing().fulfillments().stream().filter(it -> it.voided() > 0)
            .collect(Collectors.toMap(OrderFulfillment::id, OrderFulfillment::voided)));
  }

  /** Whether what was in this parcel was taken out of it again. */
  public boolean isVoid(ParcelId parcel) {
    return parcel.number() <= voided.getOrDefault(parcel.fulfillment(), 0);
  }

  /** A refund; empty if the order has not heard of it. */
  public Optional<GivenBack> refund(RefundId id) {
    return refunds.stream().filter(it -> it.id.equals(id)).findFirst();
  }

  public boolean isCancelled() {
    return end != null;
  }

  /** A parcel; empty if the order does not know yet that it is packed. */
  public Optional<Package> parcel(ParcelId id) {
    return parcels.stream().filter(it -> it.id.equals(id)).findFirst();
  }
}
