package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import waybill.messages.Alert;
import waybill.messages.Capture;
import waybill.messages.CreditId;
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
 * @param captures what of it was to be captured
 * @param alerts what its provider reports beside its money
 * @param method what kind of external payment it is, if it was named after the order was placed; else null
 * @param dueAt until when its money is waited for; null for as long as the order is
 * @param lookedUpAt when its provider was last asked how it stands; null if it was not
 * @param overdue what a person must know, because it has taken too long; null if nothing has
 */
record OrderPayment(Payment payment, Money expected, Refund refund, List<Refund> parts,
    PaymentCaptures captures, List<Alert> alerts, String method, Instant dueAt, Instant lookedUpAt, Overdue overdue) {
  /** For how long money is held if the provider does not say: cards that are not present are held seven days. */
  private static final Duration USUAL_HOLD = Duration.ofDays(7);
  static final Duration USUAL_TRANSFER = Duration.ofDays(7);
  private static final BinaryOperator<Instant> LATEST = BinaryOperator
      .maxBy(Comparator.nullsFirst(Comparator.naturalOrder()));

  /** Payments that were written before there were captures have none. */
  OrderPayment {
    captures = captures == null ? PaymentCaptures.NONE : captures;
  }

  /** What has taken too long. */
  enum Overdue {
    /** What is authorised expires within a day and is not captured. */
    CAPTURE,
    /** The provider has been moving a refund for longer than banks take. */
    REFUND
  }

  static OrderPayment of(Payment news) {
    return new OrderPayment(news, null, null, List.of(), PaymentCaptures.NONE, List.of(), null, null, null, null);
  }

  static OrderPayment refunded(Payment news, Refund refund) {
    return refund.reason().isPart()
        ? new OrderPayment(news, null, null, List.of(refund), PaymentCaptures.NONE, List.of(), null, null, null, null)
        : new OrderPayment(news, null, refund, List.of(), PaymentCaptures.NONE, List.of(), null, null, null, null);
  }

  static OrderPayment alerted(Payment news, Alert alert) {
    return of(news).with(alert);
  }

  static OrderPayment captured(Payment news, Capture capture) {
    return of(news).with(capture);
  }

  static OrderPayment lookedUp(Payment news, Instant at) {
    return new OrderPayment(news, null, null, List.of(), PaymentCaptures.NONE, List.of(), null, null, at, null);
  }

  /** A payment that the order names, as it is when the order is placed. */
  static OrderPayment named(OrderForm.NamedPayment named, OrderContent content) {
    String currency = content.form().currency();
    return new OrderPayment(named.asPayment(content.id(), currency, content.acceptedAt()),
        new Money(named.amount(), currency),
        null, List.of(), PaymentCaptures.NONE, List.of(), null, dueAt(named, content), null, null);
  }

  /** A payment that is named after the order was placed. @param toPay how long the order's channel waits for money */
  static OrderPayment added(OrderForm.NamedPayment named, OrderId order, String currency, Duration toPay, Instant now) {
    boolean stated = named.dueAt() != null || named.captured();
    Instant due = stated ? named.dueAt() : now.plus(!named.isExternal() ? toPay : USUAL_TRANSFER);
    return new OrderPayment(named.asPayment(order, currency, now), new Money(named.amount(), currency), null, List.of(),
        PaymentCaptures.NONE, List.of(), named.method(), due, null, null);
  }

  /** Money that the storefront sees later takes as long as a bank transfer, unless the form says for how long it is waited for. */
  private static Instant dueAt(OrderForm.NamedPayment named, OrderContent content) {
    boolean sooner = !named.isExternal() || named.captured() || content.form().paymentExpiresAt() != null;
    return named.dueAt() != null || sooner ? named.dueAt() : content.acceptedAt().plus(USUAL_TRANSFER);
  }

  PaymentId id() {
    return payment.id();
  }

  OrderPayment join(OrderPayment other) {
    OrderPayment joined = new OrderPayment(payment.join(other.payment), expected == null ? other.expected : expected,
        Refund.join(refund, other.refund), parts, captures.join(other.captures), alerts,
        method == null ? other.method : method,
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
    return new OrderPayment(payment, expected, Refund.join(refund, requested), parts, captures, alerts, method, dueAt,
        lookedUpAt,
        overdue);
  }

  /** Waited for until then, whatever was said before. */
  OrderPayment dueBy(Instant until) {
    return new OrderPayment(payment, expected, refund, parts, captures, alerts, method, until, lookedUpAt, overdue);
  }

  /** A person accepts what it amounts to. */
  OrderPayment accepted() {
    return new OrderPayment(payment, expected == null ? null : amount(), refund, parts, captures, alerts, method, dueAt,
        lookedUpAt, overdue);
  }

  OrderPayment overdue(Overdue what) {
    return new OrderPayment(payment, expected, refund, parts, captures, alerts, method, dueAt, lookedUpAt, what);
  }

  /** With news of a refund of a part of it, or with one more. */
  OrderPayment with(Refund part) {
    return new OrderPayment(payment, expected, refund, Joined.with(parts, part, Refund::id, Refund::join), captures,
        alerts, method, dueAt, lookedUpAt, overdue);
  }

  /** With news of a capture of it, or with one more. */
  OrderPayment with(Capture capture) {
    return new OrderPayment(payment, expected, refund, parts, captures.with(capture), alerts, method, dueAt, lookedUpAt,
        overdue);
  }

  OrderPayment with(Alert alert) {
    return new OrderPayment(payment, expected, refund, parts, captures,
        Joined.with(alerts, alert, Alert::reference, Alert::join), method, dueAt, lookedUpAt, overdue);
  }

  /** Where its money is. */
  PaymentBalance balance() {
    return new PaymentBalance(payment, refund, parts, alerts);
  }

  /** Whether its money is the order's: what is on its way back no longer is. */
  boolean counts() {
    return refund == null;
  }

  /** Whether the storefront took the money itself, and so must give it back itself. */
  boolean isExternal() {
    return payment.account().isEmpty();
  }

  /** Whether it is paid out of store credit: it is taken at once and wholly, or not at all. */
  boolean isCredit() {
    return payment.provider().equals(CreditId.PROVIDER);
  }

  /** Whether money is there, taken or held. */
  boolean hasMoney() {
    return payment.captured().isPositive() || payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** What is there: taken, held, or both. */
  Money amount() {
    boolean taken = payment.captured().isPositive() && payment.status() != PaymentStatus.AUTHORIZED;
    return taken ? payment.captured() : payment.authorized();
  }

  /** What of it can still be captured, without what is being captured. */
  Money capturable() {
    boolean ends = captures.pending().anyMatch(Capture::last);
    return !counts() || isExternal() || ends
        ? Money.zero(payment.currency())
        : payment.capturable().minus(captures.underWay(payment.currency()))
            .max(Money.zero(payment.currency()));
  }

  /** What of it is captured, or is being captured. */
  Money collected() {
    return payment.captured().plus(captures.underWay(payment.currency()));
  }

  /** Whether what is captured was all decided here: less than was named is no surprise then. */
  boolean isCapturedByUs() {
    return payment.status() == PaymentStatus.CAPTURED && payment.captured().isPositive()
        && payment.captured().equals(captures.made(payment.currency()));
  }

  /** Whether less of it was captured, by what was decided here, than was named or held, and the rest is gone. */
  boolean isShort() {
    Money wanted = expected == null ? payment.authorized() : expected;
    return isCapturedByUs() && wanted.currency().equals(payment.currency())
        && payment.captured().compareTo(wanted) < 0;
  }

  /** Whether its money has not come back yet, and its provider is to be asked for it, or how far it is. */
  boolean awaitsRefund() {
    return needsRefund() || isOnItsWayBack();
  }

  /** Whether its refund must be requested: nobody has answered, or money has come after it was voided. */
  boolean needsRefund() {
    boolean asked = refund != null && !isExternal() && !isSettled()
        && (refund.status() == RefundStatus.REQUESTED || refund.status() == RefundStatus.VOIDED);
    return asked && !(payment.status() == PaymentStatus.CAPTURED && balance().isEmpty());
  }

  /** Whether its provider moves all that was left of it. */
  boolean isOnItsWayBack() {
    return refund != null && !isExternal() && refund.status() == RefundStatus.PENDING;
  }

  /** Whether a provider is moving some of it back. */
  boolean isRefundPending() {
    return isOnItsWayBack() || balance().movingParts().findAny().isPresent();
  }

  /** Whether some of its money is held, and can be captured. */
  boolean isHeld() {
    return payment.capturable().isPositive();
  }

  /** Whether its money is only held. */
  boolean isOnlyAuthorized() {
    return payment.captured().isZero() && payment.status() == PaymentStatus.AUTHORIZED;
  }

  /**
   * Whether its money is back, as far as there was any: what came after it was voided is not, nor is a part that failed after all that was
   * left without it had gone back.
   */
  boolean isSettled() {
    return refund != null
        && (refund.status() == RefundStatus.SUCCEEDED && balance().isPartSettled()
            || refund.status() == RefundStatus.VOIDED && !hasMoney()
            || payment.status() == PaymentStatus.CAPTURED && !refund.moves() && balance().isEmpty()
                && !balance().isDisputed() && balance().isPartSettled());
  }

  /** Whether its customer has paid by a method that takes days. */
  boolean isProcessing() {
    return payment.status() == PaymentStatus.PROCESSING;
  }

  /** Whether nothing of it has come, and it may still come. */
  boolean isOutstanding() {
    return counts() && (payment.status() == PaymentStatus.PENDING || payment.status() == PaymentStatus.FAILED);
  }

  /** Whether a person does without it; its provider has not ended it. */
  boolean isVoided() {
    return isExternal()
        ? payment.status() == PaymentStatus.CANCELLED
        : refund != null && refund.reason() == RefundReason.PAYMENT_VOIDED;
  }

  /** Whether its provider can know more of it than we have heard. */
  boolean isWatched() {
    return !isExternal() && !isCredit() && counts() && payment.status().compareTo(PaymentStatus.CANCELLED) < 0;
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
