package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.Alert;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;

/**
 * A payment as its order knows it.
 *
 * @param expected what the order said it would be; null if the order does not name it
 * @param refund the way back of all that is left of it; null while its money is wanted
 * @param parts refunds of amounts that somebody chose: granted here, made at the provider itself, or said to be done elsewhere
 * @param alerts what its provider reports beside its money
 * @param method what kind of external payment it is, if it was named after the order was placed; else null
 * @param dueAt until when its money is waited for; null for as long as the order is
 * @param lookedUpAt when its provider was last asked how it stands; null if it was not
 * @param overdue what a person must know, because it has taken too long; null if nothing has
 */
record OrderPayment(Payment payment, Money expected, Refund refund, List<Refund> parts, List<Alert> alerts,
    String method, Instant dueAt,
    Instant lookedUpAt, Overdue overdue) {
  /** For how long money is held if the provider does not say: cards that are not present are held seven days. */
  private static final Duration USUAL_HOLD = Duration.ofDays(7);
  static final Duration USUAL_TRANSFER = Duration.ofDays(7);
  private static final BinaryOperator<Instant> LATEST = BinaryOperator
      .maxBy(Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What has taken too long. */
  enum Overdue {
    /** What is authorised expires within a day and is not captured. */
    CAPTURE,
    /** The provider has been moving a refund for longer than banks take. */
    REFUND
  }

  static OrderPayment of(Payment news) {
    return new OrderPayment(news, null, null, List.of(), List.of(), null, null, null, null);
  }

  static OrderPayment refunded(Payment news, Refund refund) {
    return refund.reason().isPart()
        ? new OrderPayment(news, null, null, List.of(refund), List.of(), null, null, null, null)
        : new OrderPayment(news, null, refund, List.of(), List.of(), null, null, null, null);
  }

  static OrderPayment alerted(Payment news, Alert alert) {
    return of(news).with(alert);
  }

  static OrderPayment lookedUp(Payment news, Instant at) {
    return new OrderPayment(news, null, null, List.of(), List.of(), null, null, at, null);
  }

  /** A payment that the order names, as it is when the order is placed. */
  static OrderPayment named(OrderForm.NamedPayment named, OrderContent content) {
    String currency = content.form().currency();
    return new OrderPayment(named.asPayment(content.id(), currency, content.acceptedAt()),
        new Money(named.amount(), currency),
        null, List.of(), List.of(), null, dueAt(named, content), null, null);
  }

  /** A payment that is named after the order was placed. */
  static OrderPayment added(OrderForm.NamedPayment named, OrderId order, String currency, Instant now) {
    Instant due = named.dueAt() != null || named.isWatched() || named.captured()
        ? named.dueAt()
        : now.plus(USUAL_TRANSFER);
    return new OrderPayment(named.asPayment(order, currency, now), new Money(named.amount(), currency), null, List.of(),
        List.of(), named.method(), due, null, null);
  }

  /** Money that the storefront sees later takes as long as a bank transfer, unless the form says for how long it is waited for. */
  private static Instant dueAt(OrderForm.NamedPayment named, OrderContent content) {
    boolean sooner = named.isWatched() || named.captured() || content.form().paymentExpiresAt() != null;
    return named.dueAt() != null || sooner ? named.dueAt() : content.acceptedAt().plus(USUAL_TRANSFER);
  }

  PaymentId id() {
    return payment.id();
  }

  OrderPayment join(OrderPayment other) {
    OrderPayment joined = new OrderPayment(payment.join(other.payment), expected == null ? other.expected : expected,
        Refund.join(refund, other.refund), parts, alerts, method == null ? other.method : method,
        LATEST.apply(dueAt, other.dueAt),
        LATEST.apply(lookedUpAt, other.lookedUpAt),
        overdue == null ? other.overdue : overdue);
    for (Refund part : other.parts) {
      joined = joined.with(part);
    }
    for (Alert alert : other.alerts) {
      joined = joined.with(alert);
    }
    return joined;
  }

  OrderPayment returned(Refund requested) {
    return new OrderPayment(payment, expected, Refund.join(refund, requested), parts, alerts, method, dueAt, lookedUpAt,
        overdue);
  }

  /** A person accepts what it amounts to. */
  OrderPayment accepted() {
    return new OrderPayment(payment, expected == null ? null : amount(), refund, parts, alerts, method, dueAt,
        lookedUpAt,
        overdue);
  }

  OrderPayment overdue(Overdue what) {
    return new OrderPayment(payment, expected, refund, parts, alerts, method, dueAt, lookedUpAt, what);
  }

  /** With news of a refund of a part of it, or with one more. */
  OrderPayment with(Refund part) {
    return new OrderPayment(payment, expected, refund, Joined.with(parts, part, Refund::id, Refund::join), alerts,
        method,
        dueAt,
        lookedUpAt,
        overdue);
  }

  OrderPayment with(Alert alert) {
    return new OrderPayment(payment, expected, refund, parts, Joined.with(alerts, alert, Alert::reference, Alert::join),
        method, dueAt, lookedUpAt, overdue);
  }

  /** What its bank has taken back, for as long as somebody disputes it, or for good. */
  private Money chargedBack() {
    return alerts.stream().filter(it -> it.status() != Alert.Status.CLOSED).map(Alert::amount)
        .filter(it -> it != null && it.currency().equals(payment.currency())).reduce(zero(), Money::plus);
  }

  /** What was taken out of the order beside us: refunds made elsewhere that nobody has said to be meant, and lost disputes. */
  boolean isTakenBack() {
    return unexplained().isPositive() || alerts.stream().anyMatch(it -> it.status() == Alert.Status.LOST);
  }

  /** What was refunded elsewhere, and nobody has said to be meant. */
  private Money unexplained() {
    return seen().minus(said().plus(stuck())).max(zero());
  }

  /** What was taken, without what was taken back beside us. */
  Money there() {
    return payment.captured().minus(unexplained()).minus(chargedBack()).max(zero());
  }

  Stream<Alert> openAlerts() {
    return alerts.stream().filter(it -> it.status() == Alert.Status.OPEN);
  }

  /** Whether its money is the order's: what is on its way back no longer is. */
  boolean counts() {
    return refund == null;
  }

  /** Whether the storefront took the money itself, and so must give it back itself. */
  boolean isExternal() {
    return payment.account().isEmpty();
  }

  /** Whether money is there, taken or held. */
  boolean hasMoney() {
    return payment.captured().isPositive() || payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** What is there: taken, or else held. */
  Money amount() {
    return payment.captured().isPositive() ? payment.captured() : payment.authorized();
  }

  /** What of it was refunded, or is being refunded. */
  Money refunded() {
    Money whole = refund != null && refund.moves() ? refund.amount() : zero();
    Money parts = isExternal() ? zero() : sum(it -> isOurs(it) && it.moves());
    return whole.plus(parts).plus(elsewhere());
  }

  private Money zero() {
    return Money.zero(payment.currency());
  }

  /** Ours are moved by us; of the others somebody reports that they were made. */
  private static boolean isOurs(Refund part) {
    return part.reason() == RefundReason.GRANTED || part.reason() == RefundReason.GOODWILL;
  }

  private Money sum(Predicate<Refund> which) {
    return parts.stream().filter(which).map(Refund::amount).filter(Objects::nonNull).reduce(zero(), Money::plus);
  }

  /** What went back on other ways: seen at the provider, or said by a person. The one may be the other. */
  private Money elsewhere() {
    return seen().max(said());
  }

  /** What was seen at the provider. If a hold on money is cancelled, some of its API's versions report that as a refund. */
  private Money seen() {
    return payment.captured().isPositive()
        ? sum(it -> it.reason() == RefundReason.MADE_ELSEWHERE && it.moves())
        : zero();
  }

  private Money said() {
    return sum(it -> it.reason() == RefundReason.DONE_ELSEWHERE);
  }

  /** What was granted and moves by itself. */
  private Money moving() {
    return isExternal() ? zero() : sum(it -> isOurs(it) && pends(it));
  }

  /** What was granted and does not: it failed, or the storefront took the money and must give it back itself. */
  private Money stuck() {
    return sum(it -> isOurs(it) && (it.status() == RefundStatus.FAILED || isExternal() && pends(it)));
  }

  private static boolean pends(Refund part) {
    return part.status() != RefundStatus.FAILED && part.status() != RefundStatus.VOIDED;
  }

  /** What of the order's total a person gave up by granting refunds of it, whether the money has moved or not. */
  Money granted() {
    return moving().plus(stuck().max(said()));
  }

  /** What is still there, without what is to be refunded. */
  Money kept() {
    Money promised = isExternal() ? stuck().max(elsewhere()) : elsewhere();
    return payment.captured().minus(moving()).minus(promised).minus(chargedBack());
  }

  /** How much of it can still be refunded. */
  Money refundable() {
    return counts() ? kept().max(zero()) : zero();
  }

  /** Of how much a person may still say that it went back on another way. */
  Money notYetBack() {
    Money whole = refund != null && refund.moves() ? refund.amount() : zero();
    return payment.captured().minus(moving()).minus(whole).minus(said()).max(zero());
  }

  /** Of how much a person may say so now: not of what is just about to go back by itself, or it would go back twice. */
  Money sayable() {
    boolean stands = isExternal() || refund == null || refund.status() == RefundStatus.FAILED
        || refund.status() == RefundStatus.VOIDED;
    return stands ? notYetBack() : zero();
  }

  /** Whether a refund that was granted does not move, and nobody has said or shown that it was done on another way. */
  boolean owesPart() {
    return stuck().compareTo(elsewhere()) > 0;
  }

  /** The parts that its provider must be asked for. */
  Stream<Refund> requestedParts() {
    return isExternal()
        ? Stream.empty()
        : parts.stream().filter(it -> isOurs(it) && it.status() == RefundStatus.REQUESTED);
  }

  /** The parts whose money is on its way. */
  Stream<Refund> movingParts() {
    return isExternal()
        ? Stream.empty()
        : parts.stream().filter(it -> isOurs(it) && it.status() == RefundStatus.PENDING);
  }

  /** Whether its money has not come back yet, and its provider is to be asked for it, or how far it is. */
  boolean awaitsRefund() {
    return refund != null && !isExternal() && !isSettled() && refund.status() != RefundStatus.FAILED;
  }

  /** Whether its refund must be requested: nobody has answered, or money has come after it was voided. */
  boolean needsRefund() {
    return awaitsRefund() && refund.status() != RefundStatus.PENDING;
  }

  /** Whether its money is only held. */
  boolean isOnlyAuthorized() {
    return payment.captured().isZero() && payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** Whether its money is back, as far as there was any: what came after it was voided is not. */
  boolean isSettled() {
    return refund != null
        && (refund.status() == RefundStatus.SUCCEEDED || refund.status() == RefundStatus.VOIDED && !hasMoney()
            || said().isPositive() && notYetBack().isZero() && !refund.moves());
  }

  /** Whether all parts of it that were to go back have. */
  boolean isPartSettled() {
    return !owesPart() && parts.stream().noneMatch(it -> isOurs(it) && it.status() != RefundStatus.SUCCEEDED
        && it.status() != RefundStatus.VOIDED && it.status() != RefundStatus.FAILED);
  }

  /** Whether its customer has paid by a method that takes days. */
  boolean isProcessing() {
    return payment.status() == PaymentStatus.PROCESSING;
  }

  /** Whether nothing of it has come. */
  boolean isPending() {
    return payment.status() == PaymentStatus.PENDING;
  }

  /** Whether its provider can know more of it than we have heard. */
  boolean isWatched() {
    return !isExternal() && counts() && payment.status().compareTo(PaymentStatus.CANCELLED) < 0;
  }

  /** Whether its provider has said how it stands since then, and since it was last heard of. */
  boolean isAnswered(Instant since) {
    boolean asked = lookedUpAt != null && !lookedUpAt.isBefore(since);
    return asked && (payment.updatedAt() == null || !lookedUpAt.isBefore(payment.updatedAt()));
  }

  /** Until when what is authorised can be captured. @param placedBy what counts if it was never heard of */
  Instant captureBefore(Instant placedBy) {
    if (payment.captureBefore() != null) {
      return payment.captureBefore();
    }
    return (payment.updatedAt() == null ? placedBy : payment.updatedAt()).plus(USUAL_HOLD);
  }
}
