package waybill.shipping.easypost;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import waybill.platform.HttpRequest;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.TrackingEvent;
import waybill.shipping.carrier.TrackingWebhook;

/** EasyPost, a broker of many carriers: it reports the scans of every number that is registered with it. */
public final class EasyPost implements CarrierProvider, TrackingWebhook {

  @Override
  public String code() {
    return "easypost";
  }

  @Override
  public Optional<TrackingWebhook> trackingWebhook() {
    return Optional.of(this);
  }

  @Override
  public Verdict verify(HttpRequest request, CarrierAccount account, Instant now) {
    var signature = new EasyPostSignature(request.header("x-hmac-signature-v2"), request.header("x-timestamp"),
        request.header("x-path"));
    return signature.verdict(request.path(), request.body(), account.webhookSecrets(), now);
  }

  @Override
  public String explain(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "the signature is good";
      case MISSING -> "X-Hmac-Signature-V2, X-Timestamp and X-Path are required";
      case MALFORMED -> "X-Timestamp is not a time, or X-Hmac-Signature-V2 is not hmac-sha256-hex";
      case WRONG -> "the signature does not fit this body, this path and a secret of this account";
      case STALE -> "the signature is more than five minutes away from our clock";
    };
  }

  @Override
  public TrackingEvent read(Map<String, Object> event, boolean livemode) {
    return EasyPostEvents.read(event, livemode);
  }
}
