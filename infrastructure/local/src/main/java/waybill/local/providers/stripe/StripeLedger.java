package waybill.local.providers.stripe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import waybill.local.machine.Json;

/**
 * The payments and refunds that the local Stripe knows, as Stripe shows them, and its rules for capturing, refunding and cancelling. Not safe
 * for threads.
 */
public final class StripeLedger {
  /** What Stripe answers to a request. */
  public record Answer(int status, ObjectNode json) {}

  /** What Stripe sends to the account's webhook. */
  public record News(String account, String type, ObjectNode object) {}

  private static final Set<String> FINAL = Set.of("succeeded", "canceled");
  private static final Set<String> STATUSES = Set.of("requires_payment_method", "requires_confirmation",
      "requires_action", "processing", "requires_capture", "succeeded", "canceled");
  private static final String ACCOUNT = "account";
  private static final String MULTICAPTURE = "multicapture";
  /** What was captured, for people and tests: Stripe itself lists no captures. */
  private static final String CAPTURES = "captures";
  /** Cards that are not present are held seven days. */
  private static final long HELD_SECONDS = 7 * 86_400L;
  private static final int USUAL_PAGE = 10;
  private static final int LARGEST_PAGE = 100;

  private final InstantSource clock;
  private final ObjectNode intents;
  private final ArrayNode refunds;
  private final List<News> news = new ArrayList<>();
  private final Supplier<String> names;

  /**
   * @param state of an earlier ledger, or empty; this one writes into it
   * @param names gives letters and digits that no earlier ledger gave: ids are made of them
   */
  StripeLedger(InstantSource clock, ObjectNode state, Supplier<String> names) {
    this.names = names;
    this.clock = clock;
    this.intents = state.withObject("/payment_intents");
    this.refunds = state.withArray("/refunds");
  }

  /** Makes a payment known, or moves it on; one that came to its end stays there. */
  ObjectNode know(String id, String account, long amount, String currency, String status) {
    require(id.matches("pi_[A-Za-z0-9_]{1,60}"), "id is a PaymentIntent's id, as pi_1");
    require(amount >= 1, "amount is a whole number of the smallest unit, from 1");
    require(currency.matches("[a-z]{3}"), "currency is a code in small letters, as eur");
    require(STATUSES.contains(status), "status is one of " + STATUSES);
    ObjectNode known = (ObjectNode) intents.get(id);
    if (known != null) {
      require(known.path(ACCOUNT).asText().equals(account), "account is another one for this id");
      // An event of a capture says what is held as it was: what was captured of it stays captured.
      boolean isSame = known.path("status").asText().equals(status) && known.path("amount").asLong() == amount;
      if (isSame || FINAL.contains(known.path("status").asText())) {
        return shown(known);
      }
    }
    ObjectNode intent = known == null ? intents.putObject(id) : known;
    intent.put("id", id).put("object", "payment_intent").put(ACCOUNT, account).put("amount", amount)
        .put("currency", currency).put("livemode", false).put("latest_charge", "ch_" + id.substring(3));
    if (known == null) {
      intent.put("created", now()).putObject("metadata");
    }
    move(intent, status);
    return shown(intent);
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static void move(ObjectNode intent, String status) {
    long amount = intent.path("amount").asLong();
    long kept = status.equals("canceled") ? intent.path("amount_received").asLong() : 0;
    intent.put("status", status).put("amount_received", status.equals("succeeded") ? amount : kept)
        .put("amount_capturable", status.equals("requires_capture") ? amount : 0);
  }

  /** Whether what is held of a card can be captured more than once; it cannot unless somebody says so. */
  void multicapture(String id, boolean available) {
    ((ObjectNode) intents.get(id)).put(MULTICAPTURE, available);
  }

  /** @param expand the fields that are to be shown whole, and not as ids */
  ObjectNode intent(String account, String id, Collection<String> expand) {
    return shown(owned(account, id, "intent"), expand);
  }

  /** With its charge, if that is asked for: until when a card's bank holds the money, and whether it can be captured more than once. */
  private static ObjectNode shown(ObjectNode intent, Collection<String> expand) {
    ObjectNode shown = shown(intent);
    if (expand.contains("latest_charge")) {
      ObjectNode charge = shown.putObject("latest_charge").put("id", intent.path("latest_charge").asText())
          .put("object", "charge").put("amount", intent.path("amount").asLong())
          .put("amount_captured", intent.path("amount_received").asLong())
          .put("captured", intent.path("status").asText().equals("succeeded"));
      ObjectNode card = charge.putObject("payment_method_details").put("type", "card").putObject("card");
      card.put("capture_before", intent.path("created").asLong() + HELD_SECONDS).putObject("multicapture")
          .put("status", intent.path(MULTICAPTURE).asBoolean() ? "available" : "unavailable");
    }
    return shown;
  }

  /** Captures what is held, or a part of it; the rest is released unless more captures are to follow (docs.stripe.com/payments/multicapture). */
  ObjectNode capture(String account, String id, Map<String, String> form, Collection<String> expand) {
    ObjectNode intent = owned(account, id, "intent");
    String status = intent.path("status").asText();
    if (!status.equals("requires_capture")) {
      throw StripeRefused.invalid("payment_intent_unexpected_state", null,
          "This PaymentIntent could not be captured because it has a status of " + status
              + ". Only a PaymentIntent with one of the following statuses may be captured: requires_capture.");
    }
    long held = intent.path("amount_capturable").asLong();
    long amount = StripeForm.amount(form, "amount_to_capture", held, 0);
    boolean last = !"false".equals(form.get("final_capture"));
    if (amount > held) {
      throw StripeRefused.invalid("amount_too_large", "amount_to_capture",
          "The provided amount_to_capture (%d) is greater than what can be captured (%d).".formatted(amount, held));
    }
    if (amount == 0 && intent.path("amount_received").asLong() == 0) {
      throw StripeRefused.invalid("parameter_invalid_integer", "amount_to_capture", "Nothing was captured of it.");
    }
    if (!last && !intent.path(MULTICAPTURE).asBoolean()) {
      throw StripeRefused.invalid("parameter_unknown", "final_capture",
          "Multicapture is not available for this PaymentIntent.");
    }
    long left = last ? 0 : held - amount;
    intent.put("amount_received", intent.path("amount_received").asLong() + amount).put("amount_capturable", left)
        .put("status", left == 0 ? "succeeded" : "requires_capture");
    // Stripe lists no captures; the notes that come with one say what it is for.
    intent.withArray("/" + CAPTURES).addObject().put("amount", amount).put("final", last).put("cause",
        String.join(" ", StripeForm.metadata(form).keySet()));
    StripeForm.metadata(form).forEach(intent.withObject("/metadata")::put);
    send(account, "payment_intent.amount_capturable_updated", intent);
    if (left == 0) {
      send(account, "payment_intent.succeeded", intent);
    }
    return shown(intent, expand);
  }

  private ObjectNode owned(String account, String id, String param) {
    if (intents.get(id) instanceof ObjectNode intent && intent.path(ACCOUNT).asText().equals(account)) {
      return intent;
    }
    throw StripeRefused.missing("payment_intent", id, param);
  }

  /** Without what is ours. */
  private static ObjectNode shown(ObjectNode object) {
    ObjectNode shown = object.deepCopy();
    shown.remove(List.of(ACCOUNT, MULTICAPTURE, CAPTURES));
    return shown;
  }

  ObjectNode cancel(String account, String id, String reason) {
    ObjectNode intent = owned(account, id, "intent");
    String status = intent.path("status").asText();
    if (FINAL.contains(status) || status.equals("processing")) {
      // Stripe cancels what is processing in rare cases only, and never a debit that is under way.
      throw StripeRefused.invalid("payment_intent_unexpected_state", null,
          "You cannot cancel this PaymentIntent because it has a status of " + status + ". Only a PaymentIntent with"
              + " one of the following statuses may be canceled: requires_payment_method, requires_capture,"
              + " requires_confirmation, requires_action.");
    }
    move(intent, "canceled");
    intent.put("canceled_at", now()).put("cancellation_reason", reason);
    send(account, "payment_intent.canceled", intent);
    return shown(intent);
  }

  /**
   * Gives money back.
   *
   * @param status the status that the answer has: {@code succeeded}, {@code pending} or {@code failed}
   */
  ObjectNode refund(String account, Map<String, String> form, String status) {
    String id = form.get("payment_intent");
    if (id == null) {
      throw StripeRefused.invalid("parameter_missing", "payment_intent",
          "One of the following params should be provided for this request: payment_intent or charge.");
    }
    ObjectNode intent = owned(account, id, "payment_intent");
    long amount = refundable(intent, form.get("amount"));
    ObjectNode refund = refunds.addObject();
    refund.put("id", "re_" + names.get()).put("object", "refund").put(ACCOUNT, account).put("amount", amount)
        .put("charge", intent.path("latest_charge").asText()).put("created", now())
        .put("currency", intent.path("currency").asText()).put("payment_intent", id).put("reason", form.get("reason"))
        .put("status", status);
    ObjectNode metadata = refund.putObject("metadata");
    StripeForm.metadata(form).forEach(metadata::put);
    send(account, "refund.created", refund);
    if (status.equals("failed")) {
      fail(refund);
    } else if (status.equals("succeeded")) {
      send(account, "refund.updated", refund);
    }
    return shown(refund);
  }

  private long refundable(ObjectNode intent, String wanted) {
    if (intent.path("amount_received").asLong() == 0) {
      throw StripeRefused.invalid(null, "payment_intent", "This PaymentIntent (" + intent.path("id").asText()
          + ") does not have a successful charge to refund.");
    }
    long left = intent.path("amount_received").asLong();
    for (ObjectNode refund : refunds(it -> it.path("payment_intent").equals(intent.path("id")))) {
      left -= refund.path("status").asText().equals("failed") ? 0 : refund.path("amount").asLong();
    }
    if (left == 0) {
      throw StripeRefused.invalid("charge_already_refunded", null,
          "Charge " + intent.path("latest_charge").asText() + " has already been refunded.");
    }
    if (wanted == null) {
      return left;
    }
    long amount = StripeForm.amount(Map.of("amount", wanted), "amount", left, 1);
    if (amount > left) {
      throw StripeRefused.invalid(null, "amount", "Refund amount (%d) is greater than unrefunded amount on charge (%d)"
          .formatted(amount, left));
    }
    return amount;
  }

  private List<ObjectNode> refunds(Predicate<ObjectNode> which) {
    List<ObjectNode> found = new ArrayList<>();
    refunds.forEach(it -> found.add((ObjectNode) it));
    found.removeIf(which.negate());
    return found;
  }

  /** A page of refunds, the newest first. */
  ObjectNode list(String account, Map<String, String> query) {
    String intent = query.get("payment_intent");
    if (intent != null) {
      owned(account, intent, "payment_intent");
    }
    List<ObjectNode> all = refunds(it -> it.path(ACCOUNT).asText().equals(account)
        && (intent == null || it.path("payment_intent").asText().equals(intent))).reversed();
    int limit = limit(query.get("limit"));
    int from = after(all, query.get("starting_after"));
    int to = Math.min(all.size(), from + limit);
    ObjectNode page = Json.tree(Map.of("object", "list", "url", "/v1/refunds", "has_more", to < all.size()));
    ArrayNode data = page.putArray("data");
    all.subList(from, to).forEach(it -> data.add(shown(it)));
    return page;
  }

  private static int limit(String limit) {
    if (limit == null) {
      return USUAL_PAGE;
    }
    if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > LARGEST_PAGE) {
      throw StripeRefused.invalid("parameter_invalid_integer", "limit", "Invalid integer: " + limit);
    }
    return Integer.parseInt(limit);
  }

  private static int after(List<ObjectNode> all, String id) {
    if (id == null) {
      return 0;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).path("id").asText().equals(id)) {
        return i + 1;
      }
    }
    throw StripeRefused.missing("refund", id, "starting_after");
  }

  /** Ends a pending refund, as the bank does days later, or refuses what had succeeded, as banks do too. @return empty where there is no such refund */
  Optional<ObjectNode> settle(String id, boolean succeeds) {
    Optional<ObjectNode> found = refunds(it -> it.path("id").asText().equals(id)).stream().findFirst();
    found.ifPresent(refund -> {
      String status = refund.path("status").asText();
      require(status.equals("pending") || status.equals("succeeded") && !succeeds,
          "only a pending refund can be settled, and a succeeded one can fail; this one is " + status);
      if (succeeds) {
        refund.put("status", "succeeded");
        send(refund.path(ACCOUNT).asText(), "refund.updated", refund);
      } else {
        fail(refund);
      }
    });
    return found.map(StripeLedger::shown);
  }

  private void fail(ObjectNode refund) {
    refund.put("status", "failed").put("failure_reason", "expired_or_canceled_card");
    send(refund.path(ACCOUNT).asText(), "refund.failed", refund);
  }

  /** All that there is, for people and tests. */
  ObjectNode overview() {
    ObjectNode overview = Json.tree(Map.of("counts",
        Map.of("payment_intents", intents.size(), "refunds", refunds.size())));
    ArrayNode payments = overview.putArray("payment_intents");
    intents.forEach(payments::add);
    overview.putArray("refunds").addAll(refunds);
    return overview.deepCopy();
  }

  private void send(String account, String type, ObjectNode object) {
    ObjectNode event = Json.tree(Map.of("id", "evt_" + names.get(), "object", "event", "api_version",
        "2025-09-30.clover", "created", now(), "livemode", false, "pending_webhooks", 1, "type", type));
    event.putObject("data").set("object", shown(object));
    event.putObject("request").putNull("id").putNull("idempotency_key");
    news.add(new News(account, type, event));
  }

  /** What has to be sent since this was asked last. */
  List<News> takeNews() {
    List<News> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }
}
