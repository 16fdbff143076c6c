package waybill.shipping.carrier;

import java.time.Instant;
import java.util.Map;
import waybill.platform.HttpRequest;
import waybill.platform.Problem;

/** Verifies and reads the events by which a provider reports scans. It keeps nothing and calls nobody. */
public interface TrackingWebhook {

  /**
   * Whether the provider signed this request for this account. Nothing of the body is looked at before this says
   * {@link Verdict#GOOD}.
   */
  Verdict verify(HttpRequest request, CarrierAccount account, Instant now);

  /** What is wrong with the signature, for the person who sets up the webhook. */
  String explain(Verdict verdict);

  /**
   * @param event the body, which is signed
   * @param livemode whether the account's parcels are real
   * @throws Problem 400 if a field that Waybill needs is not as the provider documents it
   */
  TrackingEvent read(Map<String, Object> event, boolean livemode);

  /** What a look at a signature says. */
  enum Verdict {
    GOOD,
    /** A header that the scheme needs was not sent. */
    MISSING,
    /** The headers are not of this scheme. */
    MALFORMED,
    /** The signature was not made with one of the account's secrets, over this body, for this address. */
    WRONG,
    /** The signature is right, but too old or from the future: perhaps a replay. */
    STALE
  }
}
