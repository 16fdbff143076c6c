package waybill.shipping;

import module java.base;
import waybill.messages.Choreography.ReceiveTracking;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.*;
import waybill.platform.webhook.*;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;

/**
 * {@code POST /webhooks/carriers/{account}}: takes the events of a carrier or broker as it sends them, and queues the fields that
 * are used. EasyPost retries six times what is not answered with 2xx within seven seconds.
 */
public record ReceiveTrackingHandler(Accounts<CarrierAccount> accounts,
    Map<String, Webhook<CarrierAccount, TrackingNoticed>> webhooks, Sender<ReceiveTracking.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveTrackingHandler.class);

  public ReceiveTrackingHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(this, () -> {});
  }

  public ReceiveTrackingHandler(Ports ports) { this(ports, CarrierAccount.all(ports)); }

  private ReceiveTrackingHandler(Ports ports, Accounts<CarrierAccount> accounts) {
    this(accounts, Carriers.of(ports).webhooks().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
        it -> new Webhook<>(ports, accounts, it.getValue(), "carrier", LOG))), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String account = request.pathParameter("account");
    return accounts.find(account).map(it -> webhooks.get(it.carrier()))
        .orElseThrow(() -> Webhook.unknownAccount(LOG, "carrier", account)).receive(request, this::take);
  }

  private void take(String account, Event<TrackingNoticed> event) {
    switch (event) {
      case Event.News<TrackingNoticed> news -> {
        TrackingNoticed all = news.message();
        sender.send(List.of(new TrackingNoticed(all.trackingNumber(), Tracking.significant(all.scans()),
            all.estimatedDeliveryAt(), all.event(), all.bill())));
        LOG.info("Tracking event received", "account", account, "event", event.id(), "event_type", event.type(),
            "tracking_number", all.trackingNumber());
        all.scans().stream().filter(it -> it.status() == ShipmentStatus.UNKNOWN).map(Scan::code).distinct()
            .forEach(code -> LOG.report("ScansUnknown", "Status of a carrier unknown", "account", account, "event",
                event.id(), "code", code));
      }
      case Event.Ignored<TrackingNoticed> it when it.reason() == CarrierProvider.NoNews.UNKNOWN ->
        LOG.report("ScansUnknown", "Status of a carrier unknown", "account", account, "event", event.id());
      case Event.Ignored<TrackingNoticed> it ->
        LOG.warn("Tracking event ignored", "account", account, "event", event.id(), "event_type", event.type(),
            "ignored", it.reasonCode());
    }
  }
}
