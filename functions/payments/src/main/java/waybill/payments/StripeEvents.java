package waybill.payments;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.messages.Choreography.ReceivePayment;
import waybill.messages.IdText;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;

/**
 * Reads Stripe's events (docs.stripe.com/api/events/types) leniently: of a hundred fields we look at ten, and everything
 * else may change.
 */
final class StripeEvents {
  static final String PROVIDER = "stripe";
  private static final Set<String> REFUND_TYPES = Set.of("refund.created", "refund.updated", "refund.failed",
      "charge.refund.updated");
  private static final Predicate<String> EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}").asMatchPredicate();
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  static final Predicate<String> INTENT_ID = Pattern.compile("pi_[A-Za-z0-9_]{1,60}").asMatchPredicate();

  private static final Predicate<String> REFUND = Pattern.compile("(?:re|pyr)_[A-Za-z0-9_]{1,60}").asMatchPredicate();
  private static final Predicate<String> REFUND_ID = Pattern.compile("ref_" + IdText.DIGEST).asMatchPredicate();

  /** The last second of the year 9999. */
  private static final long MAX_UNIX_SECONDS = 253_402_300_799L;

  /** Why an event is ignored. */
  enum Reason {
    /** It is of the other mode: test money for a live account, or real money for a test one. */
    LIVEMODE,
    /** It is of another merchant, whose platform the account is. */
    ACCOUNT,
    /** It is of a type that we have no use for. */
    TYPE
  }

  private StripeEvents() {}

  /**
   * What an event means; refused if a field that we need is not what Stripe documents.
   *
   * @param account the account's name with us
   * @param livemode whether the account's money is real
   */
  static Outcome<Event<ReceivePayment.Output>> read(Map<String, Object> event, String account, boolean livemode) {
    return LenientObject.read(event, "Stripe", it -> event(it, account, livemode));
  }

  private static Event<ReceivePayment.Output> event(LenientObject event, String account, boolean livemode) {
    String id = event.text("id", EVENT_ID, "is an event's id");
    String type = event.text("type", EVENT_TYPE, "is an event's type");
    if (event.flag("livemode") != livemode || isOfOtherMode(event, livemode)) {
      return new Ignored<>(id, type, Reason.LIVEMODE);
    }
    if (event.get("account") instanceof String) {
      // Only events of connected accounts name one; an account's own do not.
      return new Ignored<>(id, type, Reason.ACCOUNT);
    }
    if (REFUND_TYPES.contains(type)) {
      return refund(event, id, type, account);
    }
    Optional<Event<ReceivePayment.Output>> alert = StripeAlerts.read(event, id, type, account);
    if (alert.isPresent()) {
      return alert.get();
    }
    Optional<PaymentStatus> status = status(type);
    if (status.isEmpty()) {
      return new Ignored<>(id, type, Reason.TYPE);
    }
    LenientObject intent = event.object("data").object("object");
    return new News<>(id, type,
        new PaymentNoticed(order(intent), payment(intent, account, status.get(), created(event)), id));
  }

  /** What an event is about may say its mode, too. */
  private static boolean isOfOtherMode(LenientObject event, boolean livemode) {
    return event.objectIfAny("data").flatMap(it -> it.objectIfAny("object")).map(it -> it.get("livemode"))
        .filter(it -> it.equals(!livemode)).isPresent();
  }

  private static Event<ReceivePayment.Output> refund(LenientObject event, String id, String type, String account) {
    LenientObject refund = event.object("data").object("object");
    refund.text("object", "refund"::equals, "is refund");
    Optional<LenientObject> metadata = refund.objectIfAny("metadata")
        .filter(it -> it.get(StripeRefund.REFUND_METADATA) != null);
    if (metadata.isEmpty() && !(refund.get("payment_intent") instanceof String)) {
      return new Ignored<>(id, type, Reason.TYPE);
    }
    String reference = refund.text("payment_intent", INTENT_ID, "is a PaymentIntent's id");
    var payment = PaymentId.of(PROVIDER, account, reference);
    RefundId refundId = metadata.isEmpty()
        ? RefundId.of(payment, refund.text("id", REFUND, "is a refund's id"))
        : ours(metadata.get(), payment);
    RefundReason reason = metadata.isEmpty() ? RefundReason.MADE_ELSEWHERE : reason(metadata.get());
    var news = new Refund(refundId, reason, refundStatus(refund), amount(refund, "amount", amounts(refund)),
        created(event));
    return new News<>(id, type, new RefundNoticed(payment, PROVIDER, account, reference, news, id));
  }

  private static RefundId ours(LenientObject metadata, PaymentId payment) {
    String ours = metadata.text(StripeRefund.REFUND_METADATA, REFUND_ID, "is a refund of ours");
    boolean whole = !reason(metadata).isPart();
    if (whole && !ours.equals(RefundId.of(payment).value())) {
      throw metadata.illegible(StripeRefund.REFUND_METADATA, "is the refund of this payment");
    }
    return new RefundId(ours);
  }

  private static RefundReason reason(LenientObject metadata) {
    return Stream.of(RefundReason.values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(metadata.get(StripeRefund.REASON_METADATA))).findFirst()
        .orElseThrow(() -> metadata.illegible(StripeRefund.REASON_METADATA, "is a reason that we refund for"));
  }

  private static RefundStatus refundStatus(LenientObject refund) {
    Object status = refund.get("status");
    if (status == null || status instanceof String) {
      return StripeRefund.status((String) status);
    }
    throw refund.illegible("status", "is a refund's status");
  }

  private static Optional<PaymentStatus> status(String type) {
    return switch (type) {
      case "payment_intent.processing" -> Optional.of(PaymentStatus.PROCESSING);
      case "payment_intent.payment_failed" -> Optional.of(PaymentStatus.FAILED);
      case "payment_intent.amount_capturable_updated" -> Optional.of(PaymentStatus.AUTHORIZED);
      case "payment_intent.canceled" -> Optional.of(PaymentStatus.CANCELLED);
      case "payment_intent.succeeded" -> Optional.of(PaymentStatus.CAPTURED);
      default -> Optional.empty();
    };
  }

  private static Payment payment(LenientObject intent, String account, PaymentStatus reported,
      Instant createdAt) {
    intent.text("object", "payment_intent"::equals, "is payment_intent");
    String reference = intent.text("id", INTENT_ID, "is a PaymentIntent's id");
    StripeAmounts amounts = amounts(intent);
    PaymentStatus status = reported == PaymentStatus.CANCELLED && isReceived(intent, amounts)
        ? PaymentStatus.CAPTURED
        : reported;
    // Of what is captured more than once, a part is received while the rest is still held.
    boolean partly = status == PaymentStatus.AUTHORIZED && intent.get("amount_received") != null;
    Money captured = status == PaymentStatus.CAPTURED || partly
        ? amount(intent, "amount_received", amounts)
        : Money.zero(amounts.currency());
    // What was captured was authorised; a failure, a cancellation or a pending transfer holds no money.
    Money authorized = status == PaymentStatus.AUTHORIZED
        ? amount(intent, "amount_capturable", amounts).plus(captured)
        : captured;
    return new Payment(PaymentId.of(PROVIDER, account, reference), PROVIDER, account, reference, status,
        authorized, captured, createdAt);
  }

  /** Where a part was captured before, a cancellation lets go of the rest alone. */
  private static boolean isReceived(LenientObject intent, StripeAmounts amounts) {
    return intent.get("amount_received") != null && amount(intent, "amount_received", amounts).isPositive();
  }

  static StripeAmounts amounts(LenientObject object) {
    return Optional.ofNullable(object.get("currency")).filter(String.class::isInstance).map(String.class::cast)
        .flatMap(StripeAmounts::in)
        .orElseThrow(() -> object.illegible("currency", "is a currency by ISO 4217 in small letters"));
  }

  /** When it happened, by Stripe. */
  static Instant created(LenientObject event) {
    return Instant.ofEpochSecond(
        event.whole("created", it -> it >= 0 && it <= MAX_UNIX_SECONDS, "is a time in Unix seconds"));
  }

  /** The order that the payment itself names, or null. Shops keep other things under this name too: not ours to refuse. */
  private static OrderId order(LenientObject intent) {
    if (intent.objectIfAny("metadata").map(it -> it.get("order_id")).orElse(null) instanceof String text) {
      try {
        return new OrderId(text);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  static Money amount(LenientObject object, String name, StripeAmounts amounts) {
    if (!(object.get(name) instanceof Long amount)) {
      throw object.illegible(name, "is a whole number");
    }
    return amounts.money(amount).orElseThrow(
        () -> object.illegible(name, "is an amount in " + amounts.currency() + " as Stripe writes it"));
  }
}
