package waybill.shipping;

import module java.base;
import waybill.messages.Choreography.ReceiveTracking;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.*;
import waybill.platform.webhook.*;
import waybill.shipping.carrier.CarrierAccount;

/**
 * {@code POST /webhooks/carriers/{account}}: takes the events of a carrier or broker as it sends them, and queues the fields that
 * are used. EasyPost retries six times what is not answered with 2xx within seven seconds.
 */
public record ReceiveTrackingHandler(Accounts<CarrierAccount> accounts,
    Map<String, Webhook<CarrierAccount, TrackingNoticed>> webhooks, TrackingIntake intake) implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveTrackingHandler.class);

  public ReceiveTrackingHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(this, () -> {});
  }

  public ReceiveTrackingHandler(Ports ports) { this(ports, CarrierAccount.all(ports)); }

  private ReceiveTrackingHandler(Ports ports, Accounts<CarrierAccount> accounts) {
    this(accounts, Carriers.of(ports).webhooks().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
        it -> new Webhook<>(ports, accounts, it.getValue(), "carrier", LOG))),
        intake(new Sender<>(ports)));
  }

  private static TrackingIntake intake(Sender<ReceiveTracking.Output> sender) {
    return new TrackingIntake(LOG, it -> sender.send(List.of(it)));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String account = request.pathParameter("account");
    return accounts.find(account).map(it -> webhooks.get(it.carrier()))
        .orElseThrow(() -> Webhook.unknownAccount(LOG, "carrier", account)).receive(request, intake::take);
  }
}
