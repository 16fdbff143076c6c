package waybill.payments;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.payments.StripeEvent.*;
import waybill.payments.StripeSignature.Verdict;
import waybill.platform.*;

/**
 * {@code POST /webhooks/payments/{account}}: takes Stripe's events as Stripe sends them. Nothing of the body is looked at
 * before its signature is found good, and only the fields that are used are queued. Stripe sends again, for days, what was
 * not answered with 200.
 */
public final class ReceivePaymentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReceivePaymentHandler.class);
  /** Many times the largest event that Stripe is known to send. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final PaymentAccounts accounts;
  private final Sender sender;
  private final InstantSource clock;

  public ReceivePaymentHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(LOG, () -> {});
  }

  public ReceivePaymentHandler(Ports ports) {
    this.accounts = new PaymentAccounts(new Secrets(ports, "PAYMENT_ACCOUNTS_PARAMETER"));
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::receive);
  }

  private HttpResponse receive(HttpRequest request) {
    String name = request.pathParameter("account");
    PaymentAccount account = accounts.find(name).orElseThrow(() -> Problem.notFound("payment account"));
    try {
      verify(request, account);
      return take(StripeEvents.read(request.object(), name, account.livemode()), name);
    } catch (Problem refusal) {
      LOG.warn("Payment event refused", "account", name, "reason", refusal.body().get("code"), "detail",
          refusal.body().get("detail"));
      throw refusal;
    }
  }

  private void verify(HttpRequest request, PaymentAccount account) {
    if (request.body().length > MAX_BODY_BYTES) {
      throw Problem.of(413, "too_large", "an event has at most %d bytes".formatted(MAX_BODY_BYTES));
    }
    Verdict verdict = StripeSignature.verdict(request.header("stripe-signature"), request.body(),
        account.webhookSecrets(), clock.instant());
    String detail = switch (verdict) {
      case GOOD -> "";
      case MISSING -> "there is no Stripe-Signature header";
      case MALFORMED -> "the Stripe-Signature header has no t in Unix seconds or no v1";
      case WRONG -> "no v1 signature fits this body and a secret of this account";
      case STALE -> "the signature is more than five minutes away from our clock";
    };
    if (verdict != Verdict.GOOD) {
      throw Problem.of(400, "signature_invalid", detail, Map.of("signature", verdict.name().toLowerCase(Locale.ROOT)));
    }
  }

  private HttpResponse take(StripeEvent event, String account) {
    return switch (event) {
      case News(String id, String type, var message) -> {
        sender.send(List.of(message));
        LOG.info("Payment event received", "account", account, "event", id, "event_type", type, "payment",
            RecordedPayment.id(message));
        yield HttpResponse.json(200, Map.of("received", true));
      }
      case Ignored(String id, String type, StripeEvent.Reason reason) -> {
        String ignored = reason.name().toLowerCase(Locale.ROOT);
        if (reason == StripeEvent.Reason.MADE_ELSEWHERE) {
          LOG.report("RefundsMadeElsewhere", "Refund made elsewhere", "account", account, "event", id, "event_type",
              type);
        } else {
          LOG.warn("Payment event ignored", "account", account, "event", id, "event_type", type, "ignored", ignored);
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("received", true);
        answer.put("ignored", ignored);
        yield HttpResponse.json(200, answer);
      }
    };
  }
}
