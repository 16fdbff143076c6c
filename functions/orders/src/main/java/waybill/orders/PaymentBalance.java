package waybill.orders;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.Alert;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;

/**
 * Where the money of one payment is: kept, on its way back, back, or in its bank's hands.
 *
 * @param whole the refund of all that is left of it; null while its money is wanted
 * @param parts refunds of amounts that somebody chose, and what a person has accepted as lost
 */
record PaymentBalance(Payment payment, Refund whole, List<Refund> parts, List<Alert> alerts) {

  private Money zero() {
    return Money.zero(payment.currency());
  }

  /** Whether the storefront took the money itself, and so must refund it itself. */
  private boolean isExternal() {
    return payment.account().isEmpty();
  }

  /** A person has decided these; of the others somebody reports that they were made. */
  private static boolean isDecided(Refund part) {
    return part.reason() == RefundReason.GRANTED || part.reason() == RefundReason.GOODWILL;
  }

  /** We move these. */
  static boolean isOurs(Refund part) {
    return isDecided(part) || part.reason() == RefundReason.REFUNDED_AGAIN;
  }

  private static boolean pends(Refund part) {
    return part.status() != RefundStatus.FAILED && part.status() != RefundStatus.VOIDED;
  }

  private Money sum(Predicate<Refund> which) {
    if (parts.isEmpty()) { // as most are, and it is asked a dozen times
      return zero();
    }
    return parts.stream().filter(which).map(Refund::amount).filter(Objects::nonNull).reduce(zero(), Money::plus);
  }

  /** What was granted and moves by itself. */
  private Money moving() {
    return isExternal() ? zero() : sum(it -> isDecided(it) && pends(it));
  }

  /** What had failed and moves after all. */
  private Money again() {
    return isExternal() ? zero() : sum(it -> it.reason() == RefundReason.REFUNDED_AGAIN && pends(it));
  }

  /** What was granted and does not move: it failed, or the storefront took the money and must refund it itself. */
  private Money failed() {
    return sum(it -> isDecided(it) && (isExternal() || !pends(it)));
  }

  private Money stuck() {
    return failed().minus(again()).max(zero());
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

  /** What went back on other ways: seen at the provider, or said by a person. The one may be the other. */
  private Money shown() {
    return seen().max(said());
  }

  /** What its customer has as store credit. */
  private Money credited() {
    return sum(it -> it.reason() == RefundReason.CREDITED);
  }

  /** Whether some of it is store credit now, and so must not go back by its provider, too. */
  boolean isCredited() {
    return credited().isPositive();
  }

  /** How much its provider may give back at most of all that it has left, as its customer has the rest on another way; null if they have nothing so. */
  Money most() {
    return said().plus(credited()).isPositive() ? left() : null;
  }

  private Money elsewhere() {
    return shown().plus(credited());
  }

  /** What was refunded elsewhere, and nobody has said to be meant. */
  Money unexplained() {
    return seen().minus(said().plus(stuck())).max(zero());
  }

  /** What its bank has taken back, for as long as somebody disputes it, or for good. */
  Money chargedBack() {
    return alerts.isEmpty() ? zero() : taken(alerts.stream());
  }

  /** Whether nothing but the payment itself says where its money is, as of most: the sums are asked for dozens of times. */
  private boolean isPlain() {
    return parts.isEmpty() && alerts.isEmpty();
  }

  private Money taken(Stream<Alert> alerts) {
    return alerts.filter(it -> it.status() != Alert.Status.CLOSED).map(Alert::amount)
        .filter(it -> it != null && it.currency().equals(payment.currency())).reduce(zero(), Money::plus)
        .min(payment.captured());
  }

  /** Under which name a person accepts what an alert may cost. */
  RefundId acceptance(Alert alert) {
    return RefundId.of(payment.id(), alert.reference());
  }

  /** Whether a person goes on in spite of it; when the bank takes more than it had taken then, they have not. */
  private boolean isAccepted(Alert alert) {
    Money lost = alert.amount() == null ? zero() : alert.amount();
    return parts.stream().anyMatch(it -> it.reason() == RefundReason.LOSS_ACCEPTED && it.id().equals(acceptance(alert))
        && it.amount().minorUnits() >= lost.minorUnits());
  }

  /** What a person must look at. */
  Stream<Alert> openAlerts() {
    return alerts.stream().filter(it -> it.status() == Alert.Status.OPEN && !isAccepted(it));
  }

  /** What its bank has taken for good, and nobody has accepted. */
  Stream<Alert> lost() {
    return alerts.stream().filter(it -> it.status() == Alert.Status.LOST && !isAccepted(it));
  }

  /** Whether its bank may still decide who has the money. */
  boolean isDisputed() {
    return alerts.stream().anyMatch(it -> it.status() == Alert.Status.OPEN && it.amount() != null);
  }

  /** What was taken, without what was taken back beside us. */
  Money there() {
    return payment.captured().minus(unexplained()).minus(chargedBack()).max(zero());
  }

  /** What of it was refunded, or is being refunded; never more than was taken, though two may report the same. */
  Money refunded() {
    Money all = wholeMoved().plus(isExternal() ? zero() : sum(it -> isOurs(it) && it.moves())).plus(elsewhere());
    return payment.captured().isPositive() ? all.min(payment.captured()) : all;
  }

  private Money wholeMoved() {
    return whole != null && whole.moves() && whole.amount() != null ? whole.amount() : zero();
  }

  /**
   * How much the refund of all that is left is of: until the provider has answered, what the parts have left. One that failed has moved
   * nothing, and is of what it was asked for.
   */
  Money left() {
    Money parts = isExternal()
        ? failed().max(shown()).plus(credited())
        : sum(it -> isOurs(it) && pends(it)).plus(elsewhere());
    Money left = payment.captured().minus(parts).max(zero());
    if (whole == null || whole.amount() == null) {
      return left;
    }
    boolean moves = whole.status() != RefundStatus.FAILED && payment.captured().isPositive();
    return moves ? whole.amount().min(left) : whole.amount();
  }

  /** What of the order's total a person gave up, by granting refunds or accepting losses, whether money has moved or not. */
  Money granted() {
    if (isPlain()) {
      return zero();
    }
    return moving().plus(failed().min(again())).plus(stuck().max(said())).plus(credited())
        .plus(taken(alerts.stream().filter(this::isAccepted)));
  }

  /** What is still there, without what is to be refunded. */
  Money kept() {
    if (isPlain()) {
      return payment.captured();
    }
    Money promised = isExternal() ? stuck().max(shown()).plus(credited()) : elsewhere();
    return payment.captured().minus(moving()).minus(again()).minus(promised).minus(chargedBack());
  }

  /** How much of it can still be granted. */
  Money refundable() {
    Money promised = isExternal() ? zero() : owed();
    return whole == null ? kept().minus(promised).max(zero()) : zero();
  }

  /** What has not gone back of a payment that is refunded whole, and does not move. */
  Money notYetBack() {
    return notBack(elsewhere());
  }

  private Money notBack(Money elsewhere) {
    return payment.captured().minus(moving()).minus(again()).minus(wholeMoved()).minus(elsewhere)
        .minus(chargedBack()).max(zero());
  }

  /** Of how much a person may say that it went back on another way: not of what is just about to, or it would go back twice. */
  Money sayable() {
    boolean stands = isExternal() || whole == null || !pends(whole);
    return stands ? notBack(said().plus(credited())) : zero();
  }

  /** What was granted and does not move, and nobody has said or shown that it was done on another way. */
  Money owed() {
    return stuck().minus(shown()).max(zero()).min(notYetBack());
  }

  /** How much a person must say to have gone back on another way if this much has: what was seen may be what they say. */
  Money toSay(Money done) {
    return shown().plus(done).minus(said());
  }

  /** How much a person must say to have gone back on another way so that all that was seen is meant. */
  Money toExplain() {
    return toSay(zero());
  }

  /** The parts that its provider must be asked for. */
  Stream<Refund> requestedParts() {
    return ours(RefundStatus.REQUESTED);
  }

  /** The parts whose money is on its way. */
  Stream<Refund> movingParts() {
    return ours(RefundStatus.PENDING);
  }

  private Stream<Refund> ours(RefundStatus status) {
    return isExternal() ? Stream.empty() : parts.stream().filter(it -> isOurs(it) && it.status() == status);
  }

  /** Whether all parts of it that were to go back have. */
  boolean isPartSettled() {
    return !owed().isPositive() && requestedParts().findAny().isEmpty() && movingParts().findAny().isEmpty();
  }

  /** Whether nothing of what was taken is left to refund: it is back, or its bank has it. */
  boolean isEmpty() {
    return payment.captured().isPositive() && notYetBack().isZero();
  }
}
