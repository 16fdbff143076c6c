package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.TrackingNoticed;
import waybill.platform.*;
import waybill.platform.webhook.*;
import waybill.shipping.carrier.CarrierAccount;

/**
 * {@code POST /webhooks/carriers/{account}}: takes the events of a carrier or broker as it sends them, and queues the fields that
 * are used. EasyPost retries six times what is not answered with 2xx within seven seconds.
 */
public final class ReceiveTrackingHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReceiveTrackingHandler.class);

  private final Accounts<CarrierAccount> accounts;
  private final Map<String, Webhook<CarrierAccount, TrackingNoticed>> webhooks = new HashMap<>();
  private final Sender sender;

  public ReceiveTrackingHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(LOG, () -> {});
  }

  public ReceiveTrackingHandler(Ports ports) {
    accounts = CarrierAccount.all(ports);
    Carriers.of(ports).webhooks().forEach(
        (code, provider) -> webhooks.put(code, new Webhook<>(ports, accounts, provider, "carrier", LOG)));
    sender = new Sender(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::receive);
  }

  private HttpResponse receive(HttpRequest request) {
    return accounts.find(request.pathParameter("account")).map(it -> webhooks.get(it.carrier()))
        .orElseThrow(() -> Problem.notFound("carrier account")).receive(request, this::take);
  }

  private void take(String account, Event<TrackingNoticed> event) {
    switch (event) {
      case Event.News<TrackingNoticed> news -> {
        TrackingNoticed all = news.message();
        sender.send(List.of(new TrackingNoticed(all.trackingNumber(), Tracking.significant(all.scans()),
            all.estimatedDeliveryAt(), all.event())));
        LOG.info("Tracking event received", "account", account, "event", event.id(), "event_type", event.type(),
            "tracking_number", all.trackingNumber());
      }
      case Event.Ignored<TrackingNoticed> it ->
        LOG.warn("Tracking event ignored", "account", account, "event", event.id(), "event_type", event.type(),
            "ignored", it.reasonCode());
    }
  }
}
