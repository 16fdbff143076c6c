package waybill.payments;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.messages.Alert;
import waybill.messages.Choreography.ReceivePayment;
import waybill.messages.Money;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.AlertNoticed;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;

/**
 * Stripe's disputes, early fraud warnings and reviews (docs.stripe.com/api/disputes, /radar/early_fraud_warnings,
 * /radar/reviews), of which each names its PaymentIntent.
 */
final class StripeAlerts {
  private static final Predicate<String> ID = Pattern.compile("[a-z]{2,8}_[A-Za-z0-9_]{1,60}").asMatchPredicate();

  /** All that report them. */
  private static final Map<String, Alert.Kind> TYPES = Map.of(
      "charge.dispute.created", Alert.Kind.DISPUTE, "charge.dispute.updated", Alert.Kind.DISPUTE,
      "charge.dispute.closed", Alert.Kind.DISPUTE, "charge.dispute.funds_withdrawn", Alert.Kind.DISPUTE,
      "charge.dispute.funds_reinstated", Alert.Kind.DISPUTE,
      "radar.early_fraud_warning.created", Alert.Kind.FRAUD_WARNING,
      "radar.early_fraud_warning.updated", Alert.Kind.FRAUD_WARNING,
      "review.opened", Alert.Kind.REVIEW, "review.closed", Alert.Kind.REVIEW);

  private StripeAlerts() {}

  /** Empty if the event is none of these. */
  static Optional<Event<ReceivePayment.Output>> read(LenientObject event, String id, String type, String account) {
    Optional<Alert.Kind> kind = Optional.ofNullable(TYPES.get(type));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    LenientObject object = event.object("data").object("object");
    if (!(object.get("payment_intent") instanceof String)) {
      // Of a charge that no payment of ours made.
      return Optional.of(new Ignored<>(id, type, StripeEvents.Reason.TYPE));
    }
    String intent = object.text("payment_intent", StripeEvents.INTENT_ID, "is a PaymentIntent's id");
    Alert.Status status = status(kind.get(), object);
    var alert = new Alert(kind.get(), object.text("id", ID, "is an id"), status, amount(kind.get(), object, status),
        StripeEvents.created(event));
    return Optional.of(new News<>(id, type,
        new AlertNoticed(PaymentId.of(StripeEvents.PROVIDER, account, intent), StripeEvents.PROVIDER, account, intent,
            alert, id)));
  }

  private static Alert.Status status(Alert.Kind kind, LenientObject object) {
    return switch (kind) {
      case DISPUTE -> switch (String.valueOf(object.get("status"))) {
        case "won", "warning_closed" -> Alert.Status.CLOSED;
        // What a bank settles by itself before it becomes a dispute is settled with the shop's money.
        case "lost", "prevented" -> Alert.Status.LOST;
        default -> Alert.Status.OPEN;
      };
      case FRAUD_WARNING -> Boolean.FALSE.equals(object.get("actionable")) ? Alert.Status.CLOSED : Alert.Status.OPEN;
      case REVIEW -> Boolean.FALSE.equals(object.get("open")) ? Alert.Status.CLOSED : Alert.Status.OPEN;
      case CONTRADICTION -> throw new IllegalStateException("no event of Stripe's reports a contradiction");
    };
  }

  /** An inquiry moves no money yet. */
  private static Money amount(Alert.Kind kind, LenientObject object, Alert.Status status) {
    boolean inquires = object.get("status") instanceof String text && text.startsWith("warning_");
    boolean taken = kind == Alert.Kind.DISPUTE && status != Alert.Status.CLOSED && !inquires
        && object.get("amount") instanceof Long;
    return taken ? StripeEvents.amount(object, "amount", StripeEvents.amounts(object)) : null;
  }
}
