package waybill.shipping.easypost;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.HttpRequest;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Provider;
import waybill.platform.webhook.Verdict;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;

/** EasyPost, a broker of many carriers: it sells their labels, and reports the scans of every number that is registered with it. */
public final class EasyPost implements CarrierProvider, Provider<CarrierAccount, TrackingNoticed> {

  @Override
  public String code() {
    return "easypost";
  }

  /** Without a key an account only receives scans. */
  @Override
  public Optional<Carrier> carrier(CarrierAccount account) {
    return account.hasKey() ? Optional.of(new EasyPostCarrier(account)) : Optional.empty();
  }

  @Override
  public Optional<Provider<CarrierAccount, TrackingNoticed>> webhook() {
    return Optional.of(this);
  }

  @Override
  public Verdict verdict(HttpRequest request, CarrierAccount account, Instant now) {
    var signature = new EasyPostSignature(request.header("x-hmac-signature-v2"), request.header("x-timestamp"),
        request.header("x-path"));
    return signature.verdict(request.path(), request.body(), account.webhookSecrets(), now);
  }

  @Override
  public String explain(Verdict flaw) {
    return switch (flaw) {
      case MISSING -> "X-Hmac-Signature-V2, X-Timestamp and X-Path are required";
      case MALFORMED -> "X-Timestamp is not a time, or X-Hmac-Signature-V2 is not hmac-sha256-hex";
      default -> "the signature does not fit this body, this path and a secret of this account";
    };
  }

  @Override
  public Outcome<Event<TrackingNoticed>> read(Map<String, Object> body, String name, CarrierAccount account) {
    return EasyPostEvents.read(body, account.livemode());
  }
}
