package waybill.simulation.providers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.local.providers.stripe.Stripe;
import waybill.local.providers.stripe.StripeLedger;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Sabotage;

/** Stripe's API as functions reach it: below Stripe's own client, instead of its HTTP. */
public final class SimulatedStripe extends HttpClient {
  private static final double DECLINES = 0.1;
  private static final double PENDING = 0.2;
  private static final double FORGETFUL = 0.3;
  private static final Duration SHORT_MEMORY = Duration.ofMinutes(5);
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode().put("object", "list")
      .put("has_more", false).put("url", "/v1/refunds");

  static {
    NOTHING.putArray("data");
  }

  private final Stripe stripe;
  private final Map<String, String> accountsByKey;
  private final Boundary boundary;
  private final Dice dice;
  private final Sabotage sabotage;
  private final boolean forgetful;

  public SimulatedStripe(Stripe stripe, Map<String, String> accountsByKey, Boundary boundary, Dice dice,
      Sabotage sabotage) {
    this.sabotage = sabotage;
    this.stripe = stripe;
    this.accountsByKey = accountsByKey;
    this.boundary = boundary;
    this.dice = dice;
    this.forgetful = dice.named("memory").chance(FORGETFUL);
  }

  /** Carries what Stripe's client declares through what does not. */
  private static final class NotAnswered extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    Stripe.Request asked = asked(request);
    String operation = operation(asked);
    boolean blind = operation.equals("ListRefunds") && sabotage.takes(Sabotage.Kind.GUARD, "looks for its refund");
    try {
      return boundary.call(new Call(Service.STRIPE, operation, "stripe"), _ -> {
        if (operation.equals("CreateRefund")) {
          fate(asked);
        } else if (operation.equals("CapturePaymentIntent")) {
          decline(asked);
        }
        if (blind) {
          return response(new StripeLedger.Answer(200, NOTHING.deepCopy()));
        }
        return response(stripe.reply(asked).answer().orElseThrow());
      }, fault -> new NotAnswered());
    } catch (NotAnswered e) {
      throw new ApiConnectionException("simulated: no answer", e);
    }
  }

  /** What the bank makes of a refund, each time that one is made. */
  private void fate(Stripe.Request asked) {
    double fate = dice.named("fate", asked.idempotencyKey()).fraction();
    stripe.faults().clear();
    if (fate < DECLINES) {
      stripe.faults().add("create_refund", "decline", 1);
    } else if (fate < DECLINES + PENDING) {
      stripe.faults().add("create_refund", "pending", 1);
    }
  }

  /** A bank refuses a capture now and then, though it had authorised it. */
  private void decline(Stripe.Request asked) {
    stripe.faults().clear();
    if (!asked.idempotencyKey().isEmpty() && dice.named("decline", asked.idempotencyKey()).chance(DECLINES)) {
      stripe.faults().add("capture", "decline", 1);
    }
  }

  private static String operation(Stripe.Request request) {
    if (request.path().startsWith("/v1/refunds")) {
      return request.method().equals("POST") ? "CreateRefund" : "ListRefunds";
    }
    if (request.path().endsWith("/capture")) {
      return "CapturePaymentIntent";
    }
    return request.method().equals("POST") ? "CancelPaymentIntent" : "RetrievePaymentIntent";
  }

  private Stripe.Request asked(StripeRequest request) {
    var parameters = new LinkedHashMap<String, String>();
    form(request.url().getQuery(), parameters);
    if (request.content() != null) {
      form(new String(request.content().byteArrayContent(), StandardCharsets.UTF_8), parameters);
    }
    String key = request.headers().firstValue("Authorization").orElse("").replaceFirst("^Bearer ", "");
    return new Stripe.Request(accountsByKey.get(key), request.method().name(), request.url().getPath(), parameters,
        remembered(request.headers().firstValue("Idempotency-Key").orElse("")));
  }

  /** A key that has expired is as good as another. */
  private String remembered(String key) {
    long times = Invocation.current().clock().getEpochSecond() / SHORT_MEMORY.toSeconds();
    return forgetful && !key.isEmpty() ? key + " " + times : key;
  }

  private static void form(String text, Map<String, String> parameters) {
    if (text == null || text.isEmpty()) {
      return;
    }
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(decoded(parts[0]), decoded(parts[1]));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static StripeResponse response(StripeLedger.Answer answer) {
    return new StripeResponse(answer.status(), HttpHeaders.of(Map.of("Request-Id", List.of("req_simulated"))),
        answer.json().toString());
  }
}
