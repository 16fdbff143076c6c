package waybill.payments;

import com.stripe.StripeClient;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpURLConnectionClient;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentRetrieveParams;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.platform.Deadline;
import waybill.platform.Ports;
import waybill.platform.RetryLater;

/** How Stripe is called, and what an answer that is none means: retry later, or a fault that a person must see to. */
final class StripeCalls {
  static final Duration READ_TIMEOUT = Duration.ofSeconds(7);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,80}");
  private static final Set<Integer> WRONG_KEY = Set.of(401, 403);
  private static final Set<Integer> NOT_NOW = Set.of(409, 429);

  private final String apiBase;
  private final Duration readTimeout;
  private final HttpClient http;

  /** @param apiBase another address than Stripe's own; blank or null for that */
  StripeCalls(String apiBase, Duration readTimeout, HttpClient http) {
    this.apiBase = apiBase == null || apiBase.isBlank() ? null : apiBase;
    this.readTimeout = readTimeout;
    this.http = http;
  }

  static StripeCalls of(Ports ports) {
    return new StripeCalls(ports.environment().values().get("STRIPE_API_BASE"), READ_TIMEOUT,
        ports.client(HttpClient.class, _ -> new HttpURLConnectionClient()));
  }

  /** For this time only: the account's key may be rolled at any time. */
  Session session(StripeAccount account) {
    var builder = StripeClient.builder().setApiKey(account.usableKey()).setMaxNetworkRetries(0).setHttpClient(http);
    return new Session((apiBase == null ? builder : builder.setApiBase(apiBase)).build(), readTimeout,
        account.livemode());
  }

  /** Calls for one account. */
  record Session(StripeClient client, Duration readTimeout, boolean livemode) {

    /** Each call ends before the invocation does. @throws Deadline.OutOfTime if it has no time to answer */
    RequestOptions.RequestOptionsBuilder limited() {
      return RequestOptions.builder().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
          .setReadTimeout((int) Deadline.atMost(readTimeout).toMillis());
    }

    /** The intent with its latest charge; empty if Stripe has never heard of it. */
    Optional<PaymentIntent> find(String intent) {
      var params = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
      try {
        return Optional.of(ofThisMode(client.v1().paymentIntents().retrieve(intent, params, limited().build())));
      } catch (StripeException e) {
        if (status(e) == 404 && "resource_missing".equals(e.getCode())) {
          return Optional.empty();
        }
        throw notAnswered("retrieve", e);
      }
    }

    /** A key without its mode in its name may be of either. */
    private PaymentIntent ofThisMode(PaymentIntent intent) {
      if (intent.getLivemode() != null && intent.getLivemode() != livemode) {
        throw new IllegalStateException("Stripe shows a payment of the other mode than its account");
      }
      return intent;
    }
  }

  /** A call to Stripe. */
  interface Call<T> {
    T make() throws StripeException;
  }

  static <T> T call(String name, Call<T> call) {
    try {
      return call.make();
    } catch (StripeException e) {
      throw notAnswered(name, e);
    }
  }

  /** The HTTP status; 0 where there was no answer. */
  private static int status(StripeException e) {
    return e.getStatusCode() == null ? 0 : e.getStatusCode();
  }

  /** Stripe is away, or busy with this very payment. */
  private static boolean isBusy(StripeException e) {
    return status(e) < 400 || status(e) >= 500 || NOT_NOW.contains(status(e));
  }

  /** Whether no later attempt can succeed. */
  static boolean isForGood(StripeException e) {
    return !isBusy(e) && !WRONG_KEY.contains(status(e)) && !(e instanceof IdempotencyException);
  }

  /** Without Stripe's own text and without the cause that holds it: it may quote anything, parts of a key too. */
  static RuntimeException notAnswered(String call, StripeException e) {
    String text = "Stripe did not do what %s asks: status %s, code %s, %s".formatted(call, status(e), code(e),
        e.getClass().getSimpleName());
    return isBusy(e) ? new RetryLater(text) : new IllegalStateException(text);
  }

  /** Why Stripe refuses, as one of its codes. */
  static String code(StripeException e) {
    return e.getCode() != null && CODE.matcher(e.getCode()).matches() ? e.getCode() : "none";
  }
}
