package waybill.shipping.karrio;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.HttpRequest;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Provider;
import waybill.platform.webhook.Verdict;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;

/**
 * A Karrio server. Its webhooks are not signed: each carries the webhook's secret in {@code X-Event-Id}, so whoever has read one can send
 * others. They say nothing that another scan would not correct, and come over TLS only.
 */
public final class Karrio implements CarrierProvider, Provider<CarrierAccount, TrackingNoticed> {
  private final InstantSource clock;

  public Karrio() {
    this(InstantSource.system());
  }

  /** @param clock for how long a purchase may still be running whose answer was lost */
  public Karrio(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String code() {
    return "karrio";
  }

  /** Without a key and the server's address an account only receives scans. */
  @Override
  public Optional<Carrier> carrier(CarrierAccount account) {
    return account.hasKey() && account.apiBase() != null
        ? Optional.of(new KarrioCarrier(account, clock))
        : Optional.empty();
  }

  @Override
  public Optional<Provider<CarrierAccount, TrackingNoticed>> webhook() {
    return Optional.of(this);
  }

  /** Never stale: Karrio's request has no time. */
  @Override
  public Verdict verdict(HttpRequest request, CarrierAccount account, Instant now) {
    String secret = request.header("x-event-id");
    return secret == null
        ? Verdict.MISSING
        : Verdict.of(List.of(secret), account.webhookSecrets(), UnaryOperator.identity(), now, now);
  }

  @Override
  public String explain(Verdict flaw) {
    return flaw == Verdict.MISSING ? "X-Event-Id is required" : "X-Event-Id is not a secret of this account";
  }

  @Override
  public Outcome<Event<TrackingNoticed>> read(Map<String, Object> body, String name, CarrierAccount account) {
    return KarrioEvents.read(body, account.livemode());
  }
}
