package waybill.payments;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.messages.Message.PaymentNoticed;
import waybill.messages.Message.RefundNoticed;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.payments.StripeEvent.Ignored;
import waybill.payments.StripeEvent.News;
import waybill.payments.StripeEvent.Reason;
import waybill.platform.Problem;
import waybill.platform.Violation;

/**
 * Reads Stripe's events (docs.stripe.com/api/events/types) leniently: of a hundred fields we look at ten, and everything
 * else may change. What is logged, stored or derived from must be of a known form.
 */
final class StripeEvents {
  static final String PROVIDER = "stripe";
  private static final String OBJECT = "/data/object";
  private static final Set<String> REFUND_TYPES = Set.of("refund.created", "refund.updated", "refund.failed",
      "charge.refund.updated");
  private static final Predicate<String> EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}").asMatchPredicate();
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> INTENT_ID = Pattern.compile("pi_[A-Za-z0-9_]{1,60}").asMatchPredicate();

  /** The last second of the year 9999. */
  private static final long MAX_UNIX_SECONDS = 253_402_300_799L;

  private StripeEvents() {}

  /**
   * @param account the account's name with us
   * @param livemode whether the account's money is real
   * @throws Problem 400 where a field that we need is not what Stripe documents
   */
  static StripeEvent read(Map<String, Object> event, String account, boolean livemode) {
    String id = text(event, "", "id", EVENT_ID, "is an event's id");
    String type = text(event, "", "type", EVENT_TYPE, "is an event's type");
    if (!(event.get("livemode") instanceof Boolean eventLivemode)) {
      throw invalid("/livemode", "is true or false");
    }
    if (eventLivemode != livemode) {
      return new Ignored(id, type, Reason.LIVEMODE);
    }
    if (REFUND_TYPES.contains(type)) {
      return refund(event, id, type, account);
    }
    Optional<PaymentStatus> status = status(type);
    if (status.isEmpty()) {
      return new Ignored(id, type, Reason.TYPE);
    }
    Map<String, Object> intent = object(object(event, "", "data"), "/data", "object");
    return new News(id, type,
        new PaymentNoticed(order(intent), payment(intent, account, status.get(), created(event)), id));
  }

  private static StripeEvent refund(Map<String, Object> event, String id, String type, String account) {
    Map<String, Object> refund = object(object(event, "", "data"), "/data", "object");
    text(refund, OBJECT, "object", "refund"::equals, "is refund");
    Map<?, ?> metadata = refund.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    if (metadata.get(StripeRefund.REFUND_METADATA) == null) {
      return new Ignored(id, type, Reason.MADE_ELSEWHERE);
    }
    var payment = PaymentId.of(PROVIDER, account,
        text(refund, OBJECT, "payment_intent", INTENT_ID, "is a PaymentIntent's id"));
    if (!RefundId.of(payment).value().equals(metadata.get(StripeRefund.REFUND_METADATA))) {
      throw invalid(OBJECT + "/metadata/" + StripeRefund.REFUND_METADATA, "is the refund of this payment");
    }
    var news = new Refund(RefundId.of(payment), reason(metadata), refundStatus(refund),
        amount(refund, "amount", amounts(refund)), created(event));
    return new News(id, type, new RefundNoticed(payment, news, id));
  }

  private static RefundReason reason(Map<?, ?> metadata) {
    return Stream.of(RefundReason.values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(metadata.get(StripeRefund.REASON_METADATA))).findFirst()
        .orElseThrow(
            () -> invalid(OBJECT + "/metadata/" + StripeRefund.REASON_METADATA, "is a reason that we refund for"));
  }

  private static RefundStatus refundStatus(Map<String, Object> refund) {
    Object status = refund.get("status");
    if (status == null || status instanceof String) {
      return StripeRefund.status((String) status);
    }
    throw invalid(OBJECT + "/status", "is a refund's status");
  }

  private static Optional<PaymentStatus> status(String type) {
    return switch (type) {
      case "payment_intent.processing" -> Optional.of(PaymentStatus.PENDING);
      case "payment_intent.payment_failed" -> Optional.of(PaymentStatus.FAILED);
      case "payment_intent.amount_capturable_updated" -> Optional.of(PaymentStatus.AUTHORIZED);
      case "payment_intent.canceled" -> Optional.of(PaymentStatus.CANCELLED);
      case "payment_intent.succeeded" -> Optional.of(PaymentStatus.CAPTURED);
      default -> Optional.empty();
    };
  }

  private static Payment payment(Map<String, Object> intent, String account, PaymentStatus status,
      Instant createdAt) {
    text(intent, OBJECT, "object", "payment_intent"::equals, "is payment_intent");
    String reference = text(intent, OBJECT, "id", INTENT_ID, "is a PaymentIntent's id");
    StripeAmounts amounts = amounts(intent);
    Money captured = status == PaymentStatus.CAPTURED
        ? amount(intent, "amount_received", amounts)
        : Money.zero(amounts.currency());
    // What was captured was authorised; a failure, a cancellation or a pending transfer holds no money.
    Money authorized = status == PaymentStatus.AUTHORIZED ? amount(intent, "amount_capturable", amounts) : captured;
    return new Payment(PaymentId.of(PROVIDER, account, reference), PROVIDER, account, reference, status,
        authorized, captured, createdAt);
  }

  private static StripeAmounts amounts(Map<String, Object> object) {
    return Optional.ofNullable(object.get("currency")).filter(String.class::isInstance).map(String.class::cast)
        .flatMap(StripeAmounts::in)
        .orElseThrow(() -> invalid(OBJECT + "/currency", "is a currency by ISO 4217 in small letters"));
  }

  /** When it happened, by Stripe. */
  private static Instant created(Map<String, Object> event) {
    if (event.get("created") instanceof Long unixSeconds && unixSeconds >= 0 && unixSeconds <= MAX_UNIX_SECONDS) {
      return Instant.ofEpochSecond(unixSeconds);
    }
    throw invalid("/created", "is a time in Unix seconds");
  }

  /** The order that the payment itself names, or null. Shops keep other things under this name too: not ours to refuse. */
  private static OrderId order(Map<String, Object> intent) {
    if (intent.get("metadata") instanceof Map<?, ?> metadata && metadata.get("order_id") instanceof String text) {
      try {
        return new OrderId(text);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  private static Money amount(Map<String, Object> object, String name, StripeAmounts amounts) {
    if (!(object.get(name) instanceof Long amount)) {
      throw invalid(OBJECT + "/" + name, "is a whole number");
    }
    return amounts.money(amount).orElseThrow(
        () -> invalid(OBJECT + "/" + name, "is an amount in " + amounts.currency() + " as Stripe writes it"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> tree, String pointer, String name) {
    if (tree.get(name) instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw invalid(pointer + "/" + name, "is an object");
  }

  private static String text(Map<String, Object> tree, String pointer, String name, Predicate<String> legal,
      String rule) {
    if (tree.get(name) instanceof String text && legal.test(text)) {
      return text;
    }
    throw invalid(pointer + "/" + name, rule);
  }

  private static Problem invalid(String pointer, String rule) {
    return Problem.of(400, "invalid_event", "this is not an event as Stripe sends it",
        Map.of("errors", List.of(new Violation(pointer, "invalid", rule))));
  }
}
