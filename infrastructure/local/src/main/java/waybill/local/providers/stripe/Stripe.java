package waybill.local.providers.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import waybill.local.machine.Data;
import waybill.local.machine.Json;
import waybill.local.providers.stripe.StripeFaults.Call;
import waybill.local.providers.stripe.StripeFaults.Kind;
import waybill.local.providers.stripe.StripeLedger.Answer;
import waybill.local.providers.stripe.StripeLedger.News;

/**
 * The calls of Stripe's API that captures and refunds need, as <a href="https://docs.stripe.com/api">docs.stripe.com/api</a> has them: idempotency
 * keys, errors, and webhooks that report what became of it.
 */
public final class Stripe {
  /** How long an idempotency key is remembered. */
  private static final Duration REMEMBERED = Duration.ofHours(24);

  /** @param idempotencyKey empty for none */
  public record Request(String account, String method, String path, Map<String, String> parameters,
      String idempotencyKey) {}

  /** What is to be sent back; nothing, where the connection is to end without. */
  public record Reply(Optional<Answer> answer, boolean replayed) {}

  private static final String FILE = "stripe.json";

  private final InstantSource clock;
  private final ObjectNode state;
  private final StripeLedger ledger;
  private final StripeFaults faults = new StripeFaults();
  private final Consumer<ObjectNode> save;
  private final Consumer<List<News>> webhooks;

  /**
   * @param state    what an earlier one saved, or an empty object
   * @param names    gives letters and digits that it never gave before: ids are made of them
   * @param save     keeps the state; called before any answer
   * @param webhooks takes what has to be sent, and does not wait for the receiver
   */
  public Stripe(InstantSource clock, ObjectNode state, Supplier<String> names, Consumer<ObjectNode> save,
      Consumer<List<News>> webhooks) {
    this.clock = clock;
    this.state = state;
    this.ledger = new StripeLedger(clock, state, names);
    this.save = save;
    this.webhooks = webhooks;
  }

  /** With what an earlier one left in the data. */
  public static Stripe on(Optional<Data> data, InstantSource clock, Consumer<List<News>> webhooks) throws IOException {
    Optional<String> saved = data.isPresent() ? data.get().read(FILE) : Optional.empty();
    ObjectNode state = saved.isPresent()
        ? (ObjectNode) Json.read(saved.get().getBytes(StandardCharsets.UTF_8))
        : Json.tree(Map.of());
    return new Stripe(clock, state, Stripe::unique, changed -> data.ifPresent(it -> write(it, changed)), webhooks);
  }

  /** Not counted: a cloud that starts anew must not give a name again. */
  private static String unique() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static void write(Data data, ObjectNode state) {
    try {
      data.write(FILE, state.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How its answers are to go wrong. */
  public StripeFaults faults() {
    return faults;
  }

  /** Makes a payment known, or moves it on; one that came to its end stays there. */
  public synchronized ObjectNode know(String id, String account, long amount, String currency, String status) {
    ObjectNode intent = ledger.know(id, account, amount, currency, status);
    settled();
    return intent;
  }

  /** Whether a payment can be captured more than once. */
  public synchronized void multicapture(String id, boolean available) {
    ledger.multicapture(id, available);
    settled();
  }

  /** Ends a pending refund, as the bank does days later, or refuses what had succeeded. @return empty where there is no such refund */
  public synchronized Optional<ObjectNode> settle(String refund, boolean succeeds) {
    Optional<ObjectNode> settled = ledger.settle(refund, succeeds);
    settled();
    return settled;
  }

  /** All that there is, for people and tests. */
  public synchronized ObjectNode overview() {
    return ledger.overview();
  }

  /** Does what is asked and says what became of it. */
  public synchronized Reply reply(Request request) {
    Call call;
    try {
      call = call(request);
    } catch (StripeRefused e) {
      return new Reply(Optional.of(e.answer()), false);
    }
    Optional<Kind> fault = faults.strike(call);
    if (fault.equals(Optional.of(Kind.ERROR_500_BEFORE))) {
      return new Reply(Optional.of(StripeRefused.broken().answer()), false);
    }
    boolean remembers = request.method().equals("POST") && !request.idempotencyKey().isEmpty();
    Optional<Answer> remembered = remembers ? remembered(request) : Optional.empty();
    Answer answer = remembered.orElseGet(() -> answer(call, request, fault));
    if (remembers && remembered.isEmpty()) {
      remember(request, answer);
    }
    settled();
    return new Reply(fault.equals(Optional.of(Kind.TIMEOUT_AFTER)) ? Optional.empty() : Optional.of(answer),
        remembered.isPresent());
  }

  private static Call call(Request request) {
    return switch (request.method() + " " + request.path().replaceFirst("^(/v1/payment_intents)/[^/]+", "$1/{id}")) {
      case "GET /v1/payment_intents/{id}" -> Call.RETRIEVE;
      case "POST /v1/payment_intents/{id}/capture" -> Call.CAPTURE;
      case "POST /v1/payment_intents/{id}/cancel" -> Call.CANCEL;
      case "GET /v1/refunds" -> Call.LIST_REFUNDS;
      case "POST /v1/refunds" -> Call.CREATE_REFUND;
      default -> throw StripeRefused.unknownUrl(request.method(), request.path());
    };
  }

  private Answer answer(Call call, Request request, Optional<Kind> fault) {
    try {
      fault.filter(it -> it == Kind.DECLINE && call == Call.CAPTURE).ifPresent(_ -> {
        throw StripeRefused.declined();
      });
      ObjectNode done = done(call, request, fault.map(Kind::refundStatus).orElse("succeeded"));
      return fault.equals(Optional.of(Kind.ERROR_500_AFTER))
          ? StripeRefused.broken().answer()
          : new Answer(200, done);
    } catch (StripeRefused e) {
      return e.answer();
    }
  }

  private ObjectNode done(Call call, Request request, String refundStatus) {
    String[] path = request.path().split("/");
    return switch (call) {
      case RETRIEVE -> ledger.intent(request.account(), path[3], StripeForm.expand(request.parameters()));
      case CAPTURE -> ledger.capture(request.account(), path[3], request.parameters(),
          StripeForm.expand(request.parameters()));
      case CANCEL -> ledger.cancel(request.account(), path[3], request.parameters().get("cancellation_reason"));
      case LIST_REFUNDS -> ledger.list(request.account(), request.parameters());
      case CREATE_REFUND -> ledger.refund(request.account(), request.parameters(), refundStatus);
    };
  }

  /** The first answer to this key; a refusal where it was for another request. */
  private Optional<Answer> remembered(Request request) {
    if (!(keys().get(name(request)) instanceof ObjectNode found)
        || Instant.parse(found.path("at").asText()).plus(REMEMBERED).isBefore(clock.instant())) {
      return Optional.empty();
    }
    if (!found.path("request").asText().equals(fingerprint(request))) {
      return Optional.of(StripeRefused.otherParameters(request.idempotencyKey()).answer());
    }
    return Optional.of(new Answer(found.path("status").asInt(), (ObjectNode) found.path("json")));
  }

  private void remember(Request request, Answer answer) {
    keys().putObject(name(request)).put("at", clock.instant().toString()).put("request", fingerprint(request))
        .put("status", answer.status()).set("json", answer.json());
  }

  private ObjectNode keys() {
    return state.withObject("/idempotency_keys");
  }

  private static String name(Request request) {
    return request.account() + " " + request.idempotencyKey();
  }

  private static String fingerprint(Request request) {
    return request.path() + new TreeMap<>(request.parameters());
  }

  private void settled() {
    save.accept(state);
    List<News> news = ledger.takeNews();
    if (!news.isEmpty()) {
      webhooks.accept(news);
    }
  }
}
