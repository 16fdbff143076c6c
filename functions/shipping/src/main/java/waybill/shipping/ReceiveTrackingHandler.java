package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.platform.*;
import waybill.shipping.EasyPostEvent.*;
import waybill.shipping.EasyPostSignature.Verdict;

/**
 * {@code POST /webhooks/carriers/{account}}: takes EasyPost's tracker events as EasyPost sends them. Nothing of the body is
 * looked at before its signature is found good, and only the fields that are used are queued. EasyPost sends again, six
 * times, what was not answered with 2xx within seven seconds.
 */
public final class ReceiveTrackingHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReceiveTrackingHandler.class);
  /** Many times the largest event that EasyPost is known to send. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final CarrierAccounts accounts;
  private final Sender sender;
  private final InstantSource clock;

  public ReceiveTrackingHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(LOG, () -> {});
  }

  public ReceiveTrackingHandler(Ports ports) {
    this.accounts = new CarrierAccounts(new Secrets(ports, "CARRIER_ACCOUNTS_PARAMETER"));
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
    try {
      verify(request, account);
      return take(EasyPostEvents.read(request.object(), account.livemode()), name);
    } catch (Problem refusal) {
      LOG.warn("Tracking event refused", "account", name, "reason", refusal.body().get("code"), "detail",
          refusal.body().get("detail"));
      throw refusal;
    }
  }

  private void verify(HttpRequest request, CarrierAccount account) {
    if (request.body().length > MAX_BODY_BYTES) {
      throw Problem.of(413, "too_large", "an event has at most %d bytes".formatted(MAX_BODY_BYTES));
    }
    var signature = new EasyPostSignature(request.header("x-hmac-signature-v2"), request.header("x-timestamp"),
        request.header("x-path"));
    Verdict verdict = signature.verdict(request.path(), request.body(), account.webhookSecrets(), clock.instant());
    String detail = switch (verdict) {
      case GOOD -> "";
      case MISSING -> "X-Hmac-Signature-V2, X-Timestamp and X-Path are required";
      case MALFORMED -> "X-Timestamp is no time, or X-Hmac-Signature-V2 is not hmac-sha256-hex";
      case WRONG -> "the signature does not fit this body, this path and a secret of this account";
      case STALE -> "the signature is more than five minutes away from our clock";
    };
    if (verdict != Verdict.GOOD) {
      throw Problem.of(400, "signature_invalid", detail, Map.of("signature", verdict.name().toLowerCase(Locale.ROOT)));
    }
  }

  private HttpResponse take(EasyPostEvent event, String account) {
    return switch (event) {
      case News(String type, var message) -> {
        sender.send(List.of(message));
        LOG.info("Tracking event received", "account", account, "event", message.event(), "event_type", type,
            "tracking_number", message.trackingNumber());
        yield HttpResponse.json(200, Map.of("received", true));
      }
      case Ignored(String id, String type, EasyPostEvent.Reason reason) -> {
        String ignored = reason.name().toLowerCase(Locale.ROOT);
        LOG.warn("Tracking event ignored", "account", account, "event", id, "event_type", type, "ignored", ignored);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("received", true);
        answer.put("ignored", ignored);
        yield HttpResponse.json(200, answer);
      }
    };
  }
}
