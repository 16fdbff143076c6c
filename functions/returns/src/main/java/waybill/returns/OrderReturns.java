package waybill.returns;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.ClaimId;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.Exchanged;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.messages.ReturnMessages.ReturnDisposed;
import waybill.messages.ReturnMessages.ReturnedUnits;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * All returns and claims of an order, one item: the ledger of its units. Of a line may come back, or be claimed, what was delivered, without
 * what is in a return or claim that is live, so that a unit is in one of them at most.
 *
 * @param reminded when it was last looked at for what waits for a person; null if never
 */
record OrderReturns(OrderId order, List<Return> all, List<Claim> claims, Instant reminded) {
  static final int MOST = 50;
  private static final Duration TO_SEND = Duration.ofMinutes(1);
  /** An item has at most 400 KB. What the system itself still adds to it has the rest. */
  static final int MOST_BYTES = 250_000;

  static OrderReturns none(OrderId order) {
    return new OrderReturns(order, List.of(), List.of(), null);
  }

  Optional<Return> find(ReturnId id) {
    return all.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  Optional<Return> by(String key) {
    return all.stream().filter(it -> it.key().equals(key)).findFirst();
  }

  ReturnId next() {
    return ReturnId.of(order, all.size() + 1);
  }

  /** How many units of a line are in a live return or claim. */
  int live(LineId line) {
    return all.stream().mapToInt(it -> it.live(line)).sum() + claimed(line);
  }

  int claimed(LineId line) {
    return claims.stream().mapToInt(it -> it.live(line)).sum();
  }

  /** How many units of a return's line have neither come nor are asked for anew, after its time, by another return or a claim. */
  int stillOut(Return it, LineId line) {
    int anew = it.expiredAt() == null || it.isKeptInAdvance(line)
        ? 0
        : all.stream().filter(one -> one.requested().at().isAfter(it.expiredAt())).mapToInt(one -> one.live(line)).sum()
            + claims.stream().filter(one -> one.requested().at().isAfter(it.expiredAt()))
                .mapToInt(one -> one.live(line)).sum();
    return Math.max(0, it.expected(line) - anew);
  }

  /**
   * A return with what is sent in advance of its units, if that is to be sent now. Not if none has come and all were asked for anew since its time was
   * over: their worth is there.
   */
  Return advanced(Return it, Instant now) {
    boolean anew = it.expiredAt() != null && it.expected() > 0
        && it.lines().stream().allMatch(one -> it.received(one.lineId()) == 0 && stillOut(it, one.lineId()) == 0);
    return anew ? it : Exchanging.inAdvance(it, now);
  }

  /** The units that were delivered of each line; and those of it that are claimed as they never came, which take none of the others. */
  Map<LineId, Integer> delivered(Goods goods) {
    var units = new HashMap<>(goods.unitsDelivered());
    claims.stream().filter(it -> it.parcel() != null && !goods.isDelivered(it.parcel())).forEach(it -> it.lines()
        .forEach(one -> units.computeIfPresent(one.lineId(), (line, there) -> there + it.live(line))));
    return units;
  }

  /** How many units of this very parcel are claimed, as it never came, or made good by its incident. */
  int takenOf(ParcelId parcel, Goods goods, LineId line) {
    return claims.stream().filter(it -> it.isOf(parcel)).mapToInt(it -> it.live(line)).sum()
        + goods.compensated(parcel, line);
  }

  /** How many of these units are in nothing, and nobody has made them good. @param there of each line */
  int free(Map<LineId, Integer> there, Goods goods, LineId line) {
    return Math.max(0, there.getOrDefault(line, 0) - live(line) - goods.compensated(line));
  }

  /**
   * Whether units of this claim have come back with their parcel and their return gives no money, only because they are claimed: were it denied,
   * its customer had neither.
   */
  boolean isBackUnpaid(Claim claim, Goods goods) {
    return claim.lines().stream().map(Claim.Line::lineId).distinct().anyMatch(line -> {
      int back = all.stream().filter(it -> !it.refunds() && it.ended() == null && it.parcel() != null
          && (claim.parcel() == null || claim.isOf(it.parcel()))).mapToInt(it -> it.announced(line)).sum();
      int others = claims.stream().filter(it -> !it.id().equals(claim.id())
          && (claim.parcel() == null || it.parcel() == null || claim.isOf(it.parcel())))
          .mapToInt(it -> it.live(line)).sum();
      int incidents = claim.parcel() == null ? goods.compensated(line) : goods.compensated(claim.parcel(), line);
      return back > others + incidents;
    });
  }

  OrderReturns with(Return one) {
    return find(one.id()).isPresent()
        ? new OrderReturns(order, all.stream().map(it -> it.id().equals(one.id()) ? one : it).toList(), claims,
            reminded)
        : new OrderReturns(order, Stream.concat(all.stream(), Stream.of(one)).toList(), claims, reminded);
  }

  Optional<Claim> claim(ClaimId id) {
    return claims.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  OrderReturns with(Claim one) {
    return new OrderReturns(order, all, claim(one.id()).isPresent()
        ? claims.stream().map(it -> it.id().equals(one.id()) ? one : it).toList()
        : Stream.concat(claims.stream(), Stream.of(one)).toList(), reminded);
  }

  /** Refused if people have written more than an item can keep. */
  Outcome<OrderReturns> fitting() {
    return Json.write(this).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        ? Outcome.of(this)
        : Refused.invalid("/lines", "too_long",
            "all that is written of the returns of an order has at most %d bytes: shorten the notes".formatted(
                MOST_BYTES))
            .outcome();
  }

  /** Moves one of them by its rule; refused if there is none of this id. */
  Outcome<OrderReturns> moving(ReturnId id, Function<Return, Outcome<Return>> rule) {
    return find(id).map(it -> rule.apply(it).map(this::with)).orElseGet(() -> Refused.absent("return").outcome());
  }

  /** When somebody must look at it: what was decided may not have been sent, what is expected may not come, and what waits for a person may be forgotten. Null if never. */
  Instant due() {
    Stream<Instant> sending = all.stream().flatMap(it -> it.disposals().stream()).filter(it -> it.settled() == null)
        .map(it -> it.at().plus(TO_SEND));
    Stream<Instant> coming = all.stream().filter(Return::awaitsUnits).map(Return::expiresAt);
    Stream<Instant> labels = all.stream().map(Return::unusedUntil).filter(java.util.Objects::nonNull);
    Stream<Instant> news = all.stream().map(Return::unsent).filter(java.util.Objects::nonNull)
        .map(it -> it.plus(TO_SEND));
    Stream<Instant> claimed = claims.stream().map(Claim::unsent).filter(java.util.Objects::nonNull)
        .map(it -> it.plus(TO_SEND));
    Stream<Instant> money = claims.stream().filter(it -> it.resolution() != null && it.resolution().awaitsMoney())
        .map(it -> it.resolution().word().at().plus(TO_SEND));
    Stream<Instant> people = Waiting.of(this).map(it -> it.next(reminded)).filter(java.util.Objects::nonNull);
    return Stream.of(sending, coming, labels, news, claimed, money, people).flatMap(it -> it)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** What has waited for a person for too long. */
  List<Waiting> overdue(Instant now) {
    return Waiting.of(this).filter(it -> it.next(reminded) != null && !it.next(reminded).isAfter(now)).toList();
  }

  OrderReturns reminded(Instant now) {
    return new OrderReturns(order, all, claims, now);
  }

  /** What had not come in its time is expected no more, and labels that were not used in theirs are withdrawn. */
  OrderReturns expired(Instant now) {
    return new OrderReturns(order,
        all.stream().map(it -> it.awaitsUnits() && !it.expiresAt().isAfter(now) ? it.expired(now) : it)
            .map(it -> it.unused(now)).toList(),
        claims, reminded);
  }

  /** Those whose news may not have been sent, as a function may have died before it was sent. */
  List<Return> unsent(Instant now) {
    return all.stream().filter(it -> it.unsent() != null && !it.unsent().plus(TO_SEND).isAfter(now)).toList();
  }

  /** The news of these was sent, unless there is newer. */
  OrderReturns sent(List<Return> news) {
    return new OrderReturns(order, all.stream().map(it -> news.stream().anyMatch(
        one -> one.id().equals(it.id()) && one.unsent().equals(it.unsent())) ? it.sent() : it).toList(), claims,
        reminded);
  }

  /** Those whose news may not have been sent, and those whose money the order has not answered for. */
  List<Claim> unsentClaims(Instant now) {
    return claims.stream().filter(it -> it.unsent() != null && !it.unsent().plus(TO_SEND).isAfter(now)
        || it.resolution() != null && it.resolution().awaitsMoney()
            && !it.resolution().word().at().plus(TO_SEND).isAfter(now))
        .toList();
  }

  OrderReturns sentClaims(List<Claim> news) {
    return new OrderReturns(order, all, claims.stream().map(it -> it.unsent() != null && news.stream().anyMatch(
        one -> one.id().equals(it.id()) && it.unsent().equals(one.unsent())) ? it.sent() : it).toList(), reminded);
  }

  /** What was decided and may not have been sent to both stock and money, also if it is settled by now; and what is not settled. */
  List<ReturnDisposed> disposed(Instant now) {
    List<Return> unsent = unsent(now);
    return all.stream().flatMap(it -> it.disposals().stream()
        .filter(one -> unsent.contains(it) || one.settled() == null && !one.at().plus(TO_SEND).isAfter(now))
        .map(one -> message(it, it.disposals().indexOf(one)))).toList();
  }

  /** What was decided of a return and is not settled. */
  List<ReturnDisposed> unsettled(Return of, Predicate<Return.Disposal> which) {
    return of.disposals().stream().filter(it -> it.settled() == null && which.test(it))
        .map(it -> message(of, of.disposals().indexOf(it))).toList();
  }

  /** The fact that stock and money follow from. @param index of the decision, from 0 */
  ReturnDisposed message(Return of, int index) {
    Return.Disposal it = of.disposals().get(index);
    List<ReturnedUnits> units = it.lines().stream().filter(Return.Disposed::came)
        .map(one -> new ReturnedUnits(one.sku(), one.quantity(), one.to(), one.lot(), one.expiresOn())).toList();
    return new ReturnDisposed(order, of.id(), index + 1, it.location(), units, refunds(of, it),
        of.policy().feePercent(), it.shipping(), credit(it), of.refundsToCredit(), it.by(), it.at());
  }

  private static long credit(Return.Disposal it) {
    return it.worth() == null || it.worth().credit() == null ? 0 : it.worth().credit();
  }

  private static List<RefundedUnits> refunds(Return of, Return.Disposal it) {
    if (it.worth() != null) {
      return it.worth().credit() != null
          ? List.of()
          : it.worth().units().stream().map(one -> new RefundedUnits(one.lineId(), one.quantity(), 100,
              exchanged(of, one.lineId(), one.quantity()))).toList();
    }
    // What units are worth was kept before, if something was sent for them in advance.
    return it.lines().stream().filter(one -> one.lineId() != null && one.refundPercent() > 0)
        .filter(one -> !of.isSentInAdvance(one.lineId()))
        .map(one -> new RefundedUnits(one.lineId(), one.quantity(), one.refundPercent(),
            one.came() ? exchanged(of, one.lineId(), one.quantity()) : null))
        .toList();
  }

  /** What is sent instead; null if nothing is. */
  private static Exchanged exchanged(Return of, LineId line, int quantity) {
    return of.exchange() == null
        ? null
        : of.exchange().item(line)
            .map(it -> new Exchanged(it.unitPrice() == null ? null : it.unitPrice() * quantity)).orElse(null);
  }
}
