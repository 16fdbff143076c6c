package waybill.local.providers.stripe;

import waybill.local.providers.ProviderFaults;

/** How calls to the local Stripe are to go wrong. */
public final class StripeFaults extends ProviderFaults<StripeFaults.Call, StripeFaults.Kind> {

  enum Call {
    RETRIEVE, CAPTURE, CANCEL, LIST_REFUNDS, CREATE_REFUND
  }

  enum Kind {
    /** An answer 500, and nothing was done or remembered. */
    ERROR_500_BEFORE,
    /** It is done, the answer is 500, and the idempotency key remembers that 500. */
    ERROR_500_AFTER,
    /** It is done and remembered; the connection ends without an answer. */
    TIMEOUT_AFTER,
    /** The answer says that the refund failed, or that the card was declined when it was captured. */
    DECLINE,
    /** The answer says that the refund is pending, until somebody settles it. */
    PENDING, PENDING_THEN_FAILED;

    /** The refund's status in the answer. */
    String refundStatus() {
      return switch (this) {
        case DECLINE -> "failed";
        case PENDING, PENDING_THEN_FAILED -> "pending";
        default -> "succeeded";
      };
    }
  }

  StripeFaults() {
    super(Call.class, Kind.class);
  }

  @Override
  protected void check(Call call, Kind kind) {
    boolean declines = kind == Kind.DECLINE && call == Call.CAPTURE;
    if (!kind.refundStatus().equals("succeeded") && call != Call.CREATE_REFUND && !declines) {
      throw new IllegalArgumentException("kind " + text(kind) + " is for the call create_refund"
          + (kind == Kind.DECLINE ? " or capture" : ""));
    }
  }
}
