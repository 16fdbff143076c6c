package waybill.payments;

import com.stripe.StripeClient;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.net.HttpClient;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.payments.RefundStage.Claimed;
import waybill.platform.Deadline;
import waybill.platform.RetryLater;

/**
 * Gives a payment back at Stripe: cancels what has not been captured, refunds all that is left of what has. However often it
 * is asked there is one refund: before one is made ours is looked for among the payment's refunds, where our metadata names
 * it, for Stripe's idempotency keys replay a failed answer for a day and are forgotten then. Each attempt has a key of its
 * own, so no old failure is replayed; within an attempt the key makes one of a request that the network doubles. And one
 * refund of all that is left leaves nothing for a second.
 */
final class StripeRefunds {
  static final Duration READ_TIMEOUT = Duration.ofSeconds(7);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final long PAGE = 100;
  private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,80}");
  private static final Set<Integer> WRONG_KEY = Set.of(401, 403);
  private static final Set<Integer> NOT_NOW = Set.of(409, 429);

  private final String apiBase;
  private final Duration readTimeout;
  private final HttpClient http;

  /** @param apiBase another address than Stripe's own; blank or null for that */
  StripeRefunds(String apiBase, Duration readTimeout, HttpClient http) {
    this.apiBase = apiBase == null || apiBase.isBlank() ? null : apiBase;
    this.readTimeout = readTimeout;
    this.http = http;
  }

  /**
   * How Stripe has answered.
   *
   * @param amount what goes back, or should; null if there is no money
   * @param reference what Stripe calls the refund; null if there is none
   * @param code why Stripe refuses, as one of its codes; null where it does not
   */
  record Answer(RefundStatus status, Money amount, String reference, String code) {}

  /**
   * Asks, and asks again what an answer was about that may have been lost.
   *
   * @param order null where nobody has named one
   * @throws RetryLater where Stripe is busy, away, or moves the money just now
   * @throws IllegalStateException where the key is wrong, or Stripe contradicts what it reported before
   */
  Answer refund(StripeAccount account, Payment payment, OrderId order, Claimed claim) {
    return new Attempt(client(account), readTimeout, payment, order, claim).run();
  }

  /** A client for this time only: the account's key may be rolled at any time. */
  private StripeClient client(StripeAccount account) {
    var builder = StripeClient.builder().setApiKey(account.refundKey()).setMaxNetworkRetries(0)
        .setHttpClient(http);
    return (apiBase == null ? builder : builder.setApiBase(apiBase)).build();
  }

  /** A call to Stripe. */
  private interface Call<T> {
    T make() throws StripeException;
  }

  private record Attempt(StripeClient stripe, Duration readTimeout, Payment payment, OrderId order, Claimed claim) {

    Answer run() {
      Optional<PaymentIntent> intent = find();
      if (intent.isEmpty()) {
        return letGo("resource_missing");
      }
      return switch (way(intent.get())) {
        case REFUND -> refund(intent.get());
        case NOTHING -> letGo(null);
        case CANCEL -> cancel();
      };
    }

    /** Each call ends before the invocation does. @throws Deadline.OutOfTime if it has no time to answer */
    private RequestOptions.RequestOptionsBuilder limited() {
      return RequestOptions.builder().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
          .setReadTimeout((int) Deadline.atMost(readTimeout).toMillis());
    }

    private static StripeRefund.Way way(PaymentIntent intent) {
      return StripeRefund.way(intent.getStatus(), received(intent));
    }

    private static long received(PaymentIntent intent) {
      return intent.getAmountReceived() == null ? 0 : intent.getAmountReceived();
    }

    /** The intent; empty where Stripe has never heard of it. */
    private Optional<PaymentIntent> find() {
      try {
        return Optional.of(stripe.v1().paymentIntents().retrieve(payment.reference(), limited().build()));
      } catch (StripeException e) {
        if (is(e, 404, "resource_missing")) {
          return Optional.empty();
        }
        throw notAnswered("retrieve", e);
      }
    }

    /** There is no money. If Stripe reported some before, its denial is not believed: the key may be another account's. */
    private Answer letGo(String code) {
      if (payment.captured().isPositive() || code != null && payment.authorized().isPositive()) {
        throw new IllegalStateException(
            "Stripe denies the money of %s that it reported before".formatted(payment.id()));
      }
      return new Answer(RefundStatus.VOIDED, null, null, code);
    }

    private Answer cancel() {
      PaymentIntent ended;
      try {
        ended = stripe.v1().paymentIntents().cancel(payment.reference(), limited().build());
      } catch (StripeException e) {
        if (!"payment_intent_unexpected_state".equals(e.getCode())) {
          throw notAnswered("cancel", e);
        }
        // It was captured or cancelled meanwhile, or is being captured.
        ended = call("retrieve", () -> stripe.v1().paymentIntents().retrieve(payment.reference(), limited().build()));
      }
      return switch (way(ended)) {
        case REFUND -> refund(ended);
        case NOTHING -> letGo(null);
        case CANCEL -> throw new RetryLater("Stripe is still processing " + payment.id());
      };
    }

    private Answer refund(PaymentIntent intent) {
      List<StripeRefund> made = refunds();
      Optional<StripeRefund> ours = StripeRefund.ours(made, claim.refund().id());
      if (ours.isPresent()) {
        return answer(intent, ours.get());
      }
      if (StripeRefund.left(received(intent), made) <= 0) {
        return new Answer(RefundStatus.SUCCEEDED, money(intent, received(intent)), null, null);
      }
      return create(intent, StripeRefund.left(received(intent), made));
    }

    private Answer create(PaymentIntent intent, long left) {
      // Without an amount it is all that is left.
      var params = RefundCreateParams.builder().setPaymentIntent(payment.reference())
          .putMetadata(StripeRefund.REFUND_METADATA, claim.refund().id().value())
          .putMetadata(StripeRefund.REASON_METADATA, claim.refund().reason().name().toLowerCase(Locale.ROOT));
      if (order != null) {
        params.putMetadata(StripeRefund.ORDER_METADATA, order.value());
      }
      var options = limited().setIdempotencyKey(claim.refund().id() + "-" + claim.attempt()).build();
      try {
        return answer(intent, listed(stripe.v1().refunds().create(params.build(), options)));
      } catch (StripeException e) {
        if ("charge_already_refunded".equals(e.getCode())) {
          return refundedAlready(intent);
        }
        if (!isForGood(e)) {
          throw notAnswered("refund", e);
        }
        return new Answer(RefundStatus.FAILED, money(intent, left), null, code(e));
      }
    }

    /** Somebody was faster, perhaps an attempt of ours whose answer was lost. */
    private Answer refundedAlready(PaymentIntent intent) {
      List<StripeRefund> made = refunds();
      Optional<StripeRefund> ours = StripeRefund.ours(made, claim.refund().id());
      if (ours.isEmpty() && StripeRefund.left(received(intent), made) > 0) {
        throw new RetryLater("Stripe does not yet list who refunded " + payment.id());
      }
      return ours.map(it -> answer(intent, it)).orElseGet(
          () -> new Answer(RefundStatus.SUCCEEDED, money(intent, received(intent)), null, null));
    }

    private List<StripeRefund> refunds() {
      var refunds = new ArrayList<StripeRefund>();
      boolean more = true;
      while (more) {
        var params = RefundListParams.builder().setPaymentIntent(payment.reference()).setLimit(PAGE);
        if (!refunds.isEmpty()) {
          params.setStartingAfter(refunds.getLast().reference());
        }
        StripeCollection<com.stripe.model.Refund> page = call("list",
            () -> stripe.v1().refunds().list(params.build(), limited().build()));
        page.getData().forEach(it -> refunds.add(listed(it)));
        more = Boolean.TRUE.equals(page.getHasMore()) && !page.getData().isEmpty();
      }
      return refunds;
    }

    private static StripeRefund listed(com.stripe.model.Refund refund) {
      Map<String, String> metadata = refund.getMetadata() == null ? Map.of() : refund.getMetadata();
      return new StripeRefund(refund.getId(), metadata.get(StripeRefund.REFUND_METADATA),
          StripeRefund.status(refund.getStatus()), refund.getAmount());
    }

    private Answer answer(PaymentIntent intent, StripeRefund refund) {
      return new Answer(refund.status(), money(intent, refund.amount()), refund.reference(), null);
    }

    private static Money money(PaymentIntent intent, long amount) {
      return StripeAmounts.in(intent.getCurrency()).flatMap(it -> it.money(amount))
          .orElseThrow(() -> new IllegalStateException("Stripe reports an amount that cannot be"));
    }
  }

  private static <T> T call(String name, Call<T> call) {
    try {
      return call.make();
    } catch (StripeException e) {
      throw notAnswered(name, e);
    }
  }

  private static boolean is(StripeException e, int status, String code) {
    return status(e) == status && code.equals(e.getCode());
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
  private static boolean isForGood(StripeException e) {
    return !isBusy(e) && !WRONG_KEY.contains(status(e)) && !(e instanceof IdempotencyException);
  }

  /** Without Stripe's own text and without the cause that holds it: it may quote anything, parts of a key too. */
  private static RuntimeException notAnswered(String call, StripeException e) {
    String text = "Stripe did not do what %s asks: status %s, code %s, %s".formatted(call, status(e), code(e),
        e.getClass().getSimpleName());
    return isBusy(e) ? new RetryLater(text) : new IllegalStateException(text);
  }

  private static String code(StripeException e) {
    return e.getCode() != null && CODE.matcher(e.getCode()).matches() ? e.getCode() : "none";
  }
}
