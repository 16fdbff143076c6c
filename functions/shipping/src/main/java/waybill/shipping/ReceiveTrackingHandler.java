package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.TrackingNoticed;
import waybill.platform.*;
import waybill.shipping.carrier.*;
import waybill.shipping.carrier.TrackingEvent.*;
import waybill.shipping.carrier.TrackingWebhook.Verdict;

/**
 * {@code POST /webhooks/carriers/{account}}: takes the events of a carrier or broker as it sends them. Nothing of the body is
 * looked at before its signature is verified, and only the fields that are used are queued. EasyPost retries six times what was
 * not answered with 2xx within seven seconds.
 */
public final class ReceiveTrackingHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReceiveTrackingHandler.class);
  /** Many times the largest event that a provider is known to send. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Carriers carriers;
  private final CarrierAccounts accounts;
  private final Sender sender;
  private final InstantSource clock;

  public ReceiveTrackingHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(LOG, () -> {});
  }

  public ReceiveTrackingHandler(Ports ports) {
    this.carriers = Carriers.of(ports);
    this.accounts = new CarrierAccounts(ports);
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::receive);
  }

  private HttpResponse receive(HttpRequest request) {
    String name = request.pathParameter("account");
    CarrierAccount account = accounts.find(name).orElseThrow(() -> Problem.notFound("carrier account"));
    TrackingWebhook webhook = carriers.find(account.id().carrier()).flatMap(CarrierProvider::trackingWebhook)
        .orElseThrow(() -> Problem.notFound("carrier account"));
    try {
      verify(request, webhook, account);
      return take(webhook.read(request.object(), account.livemode()), name);
    } catch (Problem refusal) {
      LOG.warn("Tracking event refused", "account", name, "reason", refusal.body().get("code"), "detail",
          refusal.body().get("detail"));
      throw refusal;
    }
  }

  private void verify(HttpRequest request, TrackingWebhook webhook, CarrierAccount account) {
    if (request.body().length > MAX_BODY_BYTES) {
      throw Problem.of(413, "too_large", "an event has at most %d bytes".formatted(MAX_BODY_BYTES));
    }
    Verdict verdict = webhook.verify(request, account, clock.instant());
    if (verdict != Verdict.GOOD) {
      throw Problem.of(400, "signature_invalid", webhook.explain(verdict),
          Map.of("signature", verdict.name().toLowerCase(Locale.ROOT)));
    }
  }

  private HttpResponse take(TrackingEvent event, String account) {
    return switch (event) {
      case News it -> {
        sender.send(List.of(new TrackingNoticed(it.trackingNumber(), Tracking.significant(it.scans()),
            it.estimatedDeliveryAt(), it.id())));
        LOG.info("Tracking event received", "account", account, "event", it.id(), "event_type", it.type(),
            "tracking_number", it.trackingNumber());
        yield HttpResponse.json(200, Map.of("received", true));
      }
      case Ignored it -> {
        String ignored = it.reason().name().toLowerCase(Locale.ROOT);
        LOG.warn("Tracking event ignored", "account", account, "event", it.id(), "event_type", it.type(), "ignored",
            ignored);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("received", true);
        answer.put("ignored", ignored);
        yield HttpResponse.json(200, answer);
      }
    };
  }
}
