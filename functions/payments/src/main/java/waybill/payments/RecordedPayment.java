package waybill.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Alert;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.AlertNoticed;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.payments.RefundStage.Claimed;
import waybill.payments.RefundStage.Settled;
import waybill.payments.RefundStage.Waiting;
import waybill.platform.Lease;

/**
 * A payment, the order that it pays, and its refund. It begins as a stub with whichever comes first, the order that
 * expects it or the provider's event, and every piece of news moves it forward or leaves it. The order is bound once and for
 * all, by the first that names one: the order itself or the payment's metadata. It is refunded whole and once; parts of it may be
 * refunded before, each with a key of its own.
 *
 * @param order null while nobody has named one
 * @param refund of all that is left of it; null while nobody has requested that
 * @param parts refunds of an amount that somebody chose, ours and those that were made elsewhere
 * @param captures what of it was to be captured; each by a call of its own
 * @param alerts what its provider reports beside its money, the latest of each
 * @param unclaimedSince since when it has waited for an order, or its money has; null where it waits for none, where it is
 *     settled how it goes back, or if it is left where it is and that was reported
 */
record RecordedPayment(Payment payment, OrderId order, RefundStage refund, List<RefundStage> parts,
    List<CaptureStage> captures, List<Alert> alerts, Instant unclaimedSince) {
  /** For how long money may wait for its order. */
  static final Duration PATIENCE = Duration.ofDays(1);

  /** No currency, and before all of them: any news that has one supersedes it. */
  private static final String UNKNOWN_CURRENCY = "AAA";

  RecordedPayment {
    unclaimedSince = order == null && !(refund instanceof Settled) ? unclaimedSince : null;
  }

  /** The payment that news are of. */
  static PaymentId id(RecordPayment.Input news) {
    return switch (news) {
      case PaymentExpected it -> PaymentId.of(it.provider(), it.account(), it.reference());
      case PaymentNoticed it -> it.payment().id();
      case RefundNoticed it -> it.payment();
      case AlertNoticed it -> it.payment();
    };
  }

  /** What is known after these news, whether there was something before or not. */
  static RecordedPayment after(Optional<RecordedPayment> known, RecordPayment.Input news, Instant now) {
    return switch (news) {
      case PaymentExpected it -> heard(known,
          Payment.pending(id(it), it.provider(), it.account(), it.reference(), it.currency(), null), it.order(), now);
      case PaymentNoticed it -> heard(known, it.payment(), it.order(), now);
      case AlertNoticed it -> alerted(known, it, now);
      case RefundNoticed it when it.refund().reason() == RefundReason.MADE_ELSEWHERE -> madeElsewhere(known, it, now);
      case RefundNoticed it -> known.map(recorded -> recorded.settled(it.refund(), null))
          .orElseThrow(() -> new IllegalStateException(it.refund().id() + " is of a payment that nobody has heard of"));
    };
  }

  private static RecordedPayment heard(Optional<RecordedPayment> known, Payment payment, OrderId order, Instant now) {
    RecordedPayment before = known
        .orElseGet(() -> new RecordedPayment(payment, order, null, List.of(), List.of(), List.of(), now));
    Payment joined = before.payment.join(payment);
    // An intent may be tried for days before it is paid: the money's day begins with the money.
    Instant since = holdsMoney(joined) && !holdsMoney(before.payment) ? now : before.unclaimedSince;
    var heard = new RecordedPayment(joined, before.order == null ? order : before.order, before.refund,
        before.parts, before.captures, before.alerts, since);
    return isContradicted(before.payment, payment) ? heard.with(contradiction(joined)) : heard;
  }

  /**
   * Whether the provider reports two amounts of one success. One that a refund alone has shown is at least that much: nobody has
   * reported it, and so nothing of it was authorised.
   */
  private static boolean isContradicted(Payment known, Payment news) {
    return known.status() == PaymentStatus.CAPTURED && news.status() == PaymentStatus.CAPTURED
        && known.authorized().isPositive() && news.captured().isPositive() && !known.captured().equals(news.captured());
  }

  /** The same whichever of the two comes first. */
  private static Alert contradiction(Payment joined) {
    return new Alert(Alert.Kind.CONTRADICTION, joined.reference(), Alert.Status.OPEN, null,
        joined.updatedAt() == null ? Instant.EPOCH : joined.updatedAt());
  }

  private RecordedPayment with(Alert alert) {
    var joined = new ArrayList<>(alerts);
    joined.replaceAll(it -> it.reference().equals(alert.reference()) ? it.join(alert) : it);
    if (alerts.stream().noneMatch(it -> it.reference().equals(alert.reference()))) {
      joined.add(alert);
    }
    return new RecordedPayment(payment, order, refund, parts, captures, List.copyOf(joined), unclaimedSince);
  }

  private boolean isBack() {
    return payment.captured().isPositive() && payment.currency().equals(refunded().currency())
        && refunded().compareTo(payment.captured()) >= 0;
  }

  private static boolean holdsMoney(Payment payment) {
    return payment.captured().isPositive() || payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** Whether there is money in it, or money that is kept for it. */
  boolean holdsMoney() {
    return holdsMoney(payment) && !isBack();
  }

  /** Whether it has waited for an order for too long. */
  boolean isOverdue(Instant now) {
    return unclaimedSince != null && !now.isBefore(unclaimedSince.plus(PATIENCE));
  }

  /** That it waits for an order has been reported, and nothing more is done about it; an order that names it later has it. */
  RecordedPayment reported() {
    return new RecordedPayment(payment, order, refund, parts, captures, alerts, null);
  }

  /** Why a payment is not refunded. */
  enum Refusal {
    /** It is another order's money: whoever asks has named a payment that was bound before. */
    ANOTHER_ORDERS,
    /** It had no order for a day, and has one now that did not ask for this. */
    CLAIMED_MEANWHILE
  }

  /** Why this request is not followed; empty where it is. */
  Optional<Refusal> refusal(RefundRequested request) {
    if (request.order() != null && order != null && !request.order().equals(order)) {
      return Optional.of(Refusal.ANOTHER_ORDERS);
    }
    boolean late = request.order() == null && order != null && refund == null;
    return late ? Optional.of(Refusal.CLAIMED_MEANWHILE) : Optional.empty();
  }

  /**
   * This payment as an attempt to refund it may continue with it: its own claim, a claim taken over, or what is settled. A
   * request that is refused changes nothing.
   *
   * @throws Lease.Held while another attempt's lease runs
   */
  static RecordedPayment claimed(Optional<RecordedPayment> known, RefundRequested request, String claimant,
      Instant now) {
    RecordedPayment before = known
        .orElseGet(
            () -> new RecordedPayment(request.payment(), request.order(), null, List.of(), List.of(), List.of(), null));
    if (before.refusal(request).isPresent()) {
      return before;
    }
    OrderId order = before.order == null ? request.order() : before.order;
    return before.of(order).with(request.refund().id(), before.claim(request, claimant, now));
  }

  /** How far a refund of it has come; null if nobody has requested it. */
  RefundStage stage(RefundId id) {
    return id.equals(RefundId.of(payment.id()))
        ? refund
        : parts.stream().filter(it -> it.refund().id().equals(id)).findFirst().orElse(null);
  }

  private RecordedPayment with(RefundId id, RefundStage stage) {
    if (id.equals(RefundId.of(payment.id()))) {
      return new RecordedPayment(payment, order, stage, parts, captures, alerts, unclaimedSince);
    }
    var others = new ArrayList<>(parts);
    others.replaceAll(it -> it.refund().id().equals(id) ? stage : it);
    if (stage(id) == null) {
      others.add(stage);
    }
    return new RecordedPayment(payment, order, refund, List.copyOf(others), captures, alerts, unclaimedSince);
  }

  /** This payment as an order's that nobody had named before. */
  private RecordedPayment of(OrderId named) {
    return new RecordedPayment(payment, named, refund, parts, captures, alerts, unclaimedSince);
  }

  private RefundStage claim(RefundRequested request, String claimant, Instant now) {
    Money amount = request.refund().amount();
    return switch (stage(request.refund().id())) {
      case null -> RefundStage.claim(1, claimant, request.refund(), amount, now);
      case Claimed it -> switch (it.lease().standing(claimant, now)) {
        case OWN -> it;
        case RUNNING -> throw new Lease.Held("a refund of " + payment.id());
        case EXPIRED -> RefundStage.claim(it.attempt() + 1, claimant, it.refund(), amount, now);
      };
      case Waiting it -> RefundStage.claim(it.attempt() + 1, claimant, it.refund(), amount, now);
      case Settled it when hasMoneyAfterAll(it) || it.refund().status() == RefundStatus.PENDING ->
        RefundStage.claim(it.attempt() + 1, claimant, it.refund(), amount, now);
      case Settled it -> it;
    };
  }

  /**
   * This payment as an attempt to capture it may continue with it: its own claim, a claim taken over, or what is settled. What is
   * on its way back, or another order's, is not captured any more.
   *
   * @throws Lease.Held while another attempt's lease runs, of this capture or of another one
   */
  static RecordedPayment capturing(Optional<RecordedPayment> known, CaptureRequested request, String claimant,
      Instant now) {
    RecordedPayment before = known.orElseGet(() -> new RecordedPayment(request.payment(), request.order(), null,
        List.of(), List.of(), List.of(), null));
    RecordedPayment bound = before.order == null ? before.of(request.order()) : before;
    Capture capture = request.capture();
    Optional<CaptureStage> stage = bound.capture(capture.id());
    if (stage.isEmpty() && !bound.order.equals(request.order())) {
      return before.with(new CaptureStage.Settled(0, capture.failed("another_orders", now)));
    }
    if (stage.isEmpty() && bound.refund != null) {
      return bound.with(new CaptureStage.Settled(0, capture.failed("payment_returned", now)));
    }
    bound.captures.stream().filter(it -> it.isUnderWay(claimant, now)).findFirst().ifPresent(_ -> {
      throw new Lease.Held("a capture of " + request.payment().id());
    });
    return bound.with(CaptureStage.claim(stage.orElse(null), claimant, capture, now));
  }

  /** How far a capture of it has come; empty if nobody has requested it. */
  Optional<CaptureStage> capture(CaptureId id) {
    return captures.stream().filter(it -> it.capture().id().equals(id)).findFirst();
  }

  private RecordedPayment with(CaptureStage stage) {
    var others = new ArrayList<>(captures);
    others.replaceAll(it -> it.capture().id().equals(stage.capture().id()) ? stage : it);
    if (capture(stage.capture().id()).isEmpty()) {
      others.add(stage);
    }
    return new RecordedPayment(payment, order, refund, parts, List.copyOf(others), alerts, unclaimedSince);
  }

  /** This payment after its provider's answer to a capture of it. */
  RecordedPayment captured(Capture answer) {
    return with(CaptureStage.settled(capture(answer.id()).orElseThrow(), answer));
  }

  /** Money came after it was voided: what the provider did not know yet, or what its customer had just paid. */
  private boolean hasMoneyAfterAll(Settled settled) {
    return settled.refund().status() == RefundStatus.VOIDED && holdsMoney() && !settled.refund().reason().isPart();
  }

  /** This payment after an answer or an event of its provider about its refund. */
  RecordedPayment settled(Refund news, String reference) {
    var settled = new RecordedPayment(takenFor(news), order, refund, parts, captures, alerts,
        news.reason().isPart() ? unclaimedSince : null);
    return settled.with(news.id(), RefundStage.settled(stage(news.id()), news, reference));
  }

  /** An alert may come before anything else is known of its payment, of which it says no currency. */
  private static RecordedPayment alerted(Optional<RecordedPayment> known, AlertNoticed news, Instant now) {
    String currency = news.alert().amount() == null ? UNKNOWN_CURRENCY : news.alert().amount().currency();
    RecordedPayment before = known.orElseGet(() -> new RecordedPayment(Payment.pending(news.payment(), news.provider(),
        news.account(), news.reference(), currency, null), null, null, List.of(), List.of(), List.of(), now));
    return before.with(news.alert());
  }

  /** This payment with a refund that somebody made at the provider itself. */
  private static RecordedPayment madeElsewhere(Optional<RecordedPayment> known, RefundNoticed news, Instant now) {
    Payment payment = Payment.pending(news.payment(), news.provider(), news.account(), news.reference(),
        news.refund().amount().currency(), null);
    return known.orElseGet(() -> new RecordedPayment(payment, null, null, List.of(), List.of(), List.of(), now))
        .settled(news.refund(), null);
  }

  /**
   * What goes back was there, whether an event has said so or not. That is not certain of a refund that was made elsewhere:
   * until its version of 2025-03-31 Stripe reports so, too, that a hold on money was cancelled.
   */
  private Payment takenFor(Refund news) {
    boolean known = news.reason() == RefundReason.MADE_ELSEWHERE || news.amount() == null || !news.amount().isPositive()
        || payment.currency().equals(news.amount().currency()) && payment.captured().compareTo(news.amount()) >= 0;
    return known
        ? payment
        : payment.join(new Payment(payment.id(), payment.provider(), payment.account(), payment.reference(),
            PaymentStatus.CAPTURED, Money.zero(news.amount().currency()), news.amount(), news.updatedAt()));
  }

  /** This payment as its provider shows it. */
  RecordedPayment seen(Payment shown) {
    return new RecordedPayment(payment.join(shown), order, refund, parts, captures, alerts, unclaimedSince);
  }

  /** This payment after its provider could do nothing because it is processing. */
  RecordedPayment waiting(Claimed claim) {
    RefundId id = claim.refund().id();
    return claim.equals(stage(id)) ? with(id, new Waiting(claim.attempt(), claim.refund())) : this;
  }

  /**
   * The refunds that have to be requested again: money came after one was voided, or the provider has come to an end
   * with a payment that could not be voided before.
   */
  List<Refund> owed() {
    return stages().filter(this::isOwed).map(RefundStage::refund).toList();
  }

  private boolean isOwed(RefundStage stage) {
    return switch (stage) {
      case Claimed _ -> payment.status().compareTo(PaymentStatus.CANCELLED) >= 0 && stage == refund;
      case Waiting _ -> payment.status() != PaymentStatus.PROCESSING && payment.status() != PaymentStatus.PENDING;
      case Settled it -> hasMoneyAfterAll(it);
    };
  }

  private Stream<RefundStage> stages() {
    return Stream.concat(Stream.ofNullable(refund), parts.stream());
  }

  /** Whether these news name another order than the one that is bound: somebody has used a payment twice. */
  boolean contradicts(RecordPayment.Input news) {
    OrderId named = switch (news) {
      case PaymentExpected it -> it.order();
      case PaymentNoticed it -> it.order();
      case RefundNoticed _, AlertNoticed _ -> null;
    };
    return named != null && !named.equals(order);
  }

  /** What the news have come to, in a few words. */
  String happened(RecordPayment.Input news) {
    return switch (payment.status()) {
      case PENDING -> news instanceof PaymentExpected ? "Payment expected" : "Payment pending";
      case PROCESSING -> "Payment processing";
      case FAILED -> "Payment failed";
      case AUTHORIZED -> "Payment authorized";
      case CANCELLED -> "Payment cancelled";
      case CAPTURED -> "Payment captured";
    };
  }

  /** The money that the status is about. */
  Money amount() {
    return payment.status() == PaymentStatus.CAPTURED ? payment.captured() : payment.authorized();
  }

  /** The money that has gone back. A refund of all that is left may cover some that is reported as made elsewhere, too. */
  Money refunded() {
    Money sum = stages().map(RefundStage::refund)
        .filter(it -> it.status() == RefundStatus.SUCCEEDED && it.amount() != null)
        .map(Refund::amount).reduce(Money::plus).orElse(Money.zero(payment.currency()));
    boolean more = payment.captured().isPositive() && payment.currency().equals(sum.currency())
        && sum.compareTo(payment.captured()) > 0;
    return more ? payment.captured() : sum;
  }
}
