package waybill.simulation.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import waybill.local.providers.Providers;
import waybill.platform.Json;
import waybill.simulation.engine.Dice;
import waybill.simulation.world.Document;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Stripe as the shop hears it: events at least once, in any order, for days; and refunds that a bank settles later. It is silent
 * until somebody pays or is paid back.
 */
public final class PaymentProvider extends Actor {
  private static final double REFUSES_LATER = 0.1;

  private final Set<String> heard = new HashSet<>();
  private int events;

  /** What customers pay in. */
  public enum CurrencyCode {
    EUR, USD
  }

  public PaymentProvider(World world) {
    super("payment-provider", world);
  }

  @Override
  public void live() {
    world.onStripeNews(news -> {
      deliver(news.object().toString(), news.object().path("id").asText());
      if (news.type().startsWith("refund.")) {
        hearBank(news.object().at("/data/object"));
      }
    });
  }

  /** A bank takes its time, and refuses now and then what it had taken. */
  private void hearBank(JsonNode refund) {
    String id = refund.path("id").asText();
    String status = refund.path("status").asText();
    Dice own = dice.named(id, status);
    boolean settles = status.equals("pending") || status.equals("succeeded") && own.chance(REFUSES_LATER);
    // Stripe sends some events twice, under different names.
    if (settles && heard.add(id + " " + status)) {
      world.timeline().after(own.between(Duration.ofMinutes(1), Duration.ofDays(3)),
          () -> world.stripe().settle(id, status.equals("pending") && own.chance(0.8)));
    }
  }

  /** How a payment goes, besides simply well. */
  private enum Fate {
    PAID, FAILS_FIRST, HELD_FIRST, HELD_AFTER_FAILURE, HELD_AND_LET_GO, CANCELLED, FAILS,
    /** By a method that takes days. */
    DEBITED, DEBIT_FAILS,
    /** Nobody captures it. */
    HELD,
    /** Stripe's events never arrive: a secret was rolled. */
    PAID_UNHEARD
  }

  private static final List<Fate> FATES = List.of(Fate.PAID, Fate.PAID, Fate.PAID, Fate.PAID, Fate.FAILS_FIRST,
      Fate.HELD_FIRST, Fate.HELD_AFTER_FAILURE, Fate.HELD_AND_LET_GO, Fate.CANCELLED, Fate.FAILS, Fate.DEBITED,
      Fate.DEBIT_FAILS, Fate.HELD, Fate.PAID_UNHEARD);

  /**
   * A customer pays, or tries to.
   *
   * @param order which the payment itself names; null for none
   * @param known the order that names the payment, so that it is asked for; null if none does
   */
  public void pay(String intent, long amount, CurrencyCode currency, String order, String known) {
    Dice own = dice.named(intent);
    Fate fate = own.pick(FATES);
    var payment = new Intent(intent, amount, currency, order);
    tell("%s of %d %s: %s", intent, amount, currency, fate);
    pause(own);
    switch (fate) {
      case PAID -> payment.capture();
      case FAILS_FIRST -> {
        payment.move("requires_payment_method", "payment_intent.payment_failed");
        pause(own);
        payment.capture();
      }
      case HELD_FIRST -> {
        payment.hold();
        pause(own);
        payment.capture();
      }
      case HELD_AFTER_FAILURE -> {
        payment.move("requires_payment_method", "payment_intent.payment_failed");
        pause(own);
        payment.hold();
        pause(own);
        payment.capture();
      }
      case HELD_AND_LET_GO -> {
        payment.hold();
        pause(own);
        payment.move("canceled", "payment_intent.canceled");
      }
      case CANCELLED -> payment.move("canceled", "payment_intent.canceled");
      case DEBITED -> {
        payment.move("processing", "payment_intent.processing");
        world.timeline().sleep(own.between(Duration.ofHours(1), Duration.ofDays(6)));
        payment.capture();
      }
      case DEBIT_FAILS -> {
        payment.move("processing", "payment_intent.processing");
        world.timeline().sleep(own.between(Duration.ofHours(1), Duration.ofDays(6)));
        payment.move("requires_payment_method", "payment_intent.payment_failed");
      }
      case HELD -> payment.hold();
      case PAID_UNHEARD -> payment.unheard(() -> isAwaited(known)).capture();
      case FAILS -> payment.move("requires_payment_method", "payment_intent.payment_failed");
    }
  }

  /** What is reported of a payment beside its money; most of it ends by itself. */
  void alert(String intent, int number) {
    Dice own = dice.named("alert", intent, number);
    String kind = own.pick(List.of("review", "radar.early_fraud_warning", "charge.dispute"));
    String id = kind.replaceAll(".*\\.", "").substring(0, 2) + "_" + intent.replace("pi_", "") + number;
    tell("%s of %s", kind, intent);
    deliver(alert(kind, id, intent, true), id + " opened");
    if (own.chance(0.6)) {
      world.timeline().sleep(own.between(Duration.ofMinutes(2), Duration.ofHours(30)));
      deliver(alert(kind, id, intent, false), id + " closed");
    }
  }

  private String alert(String kind, String id, String intent, boolean opens) {
    var object = new LinkedHashMap<String, Object>(Map.of("id", id, "object", kind, "payment_intent", intent));
    String type = switch (kind) {
      case "review" -> {
        object.put("open", opens);
        yield opens ? "review.opened" : "review.closed";
      }
      case "charge.dispute" -> {
        object.put("status", opens ? "warning_needs_response" : "warning_closed");
        yield opens ? "charge.dispute.created" : "charge.dispute.closed";
      }
      default -> {
        object.put("actionable", opens);
        yield kind + (opens ? ".created" : ".updated");
      }
    };
    return Json.write(Map.of("id", "evt_" + id + (opens ? "o" : "c"), "object", "event", "created",
        world.timeline().instant().getEpochSecond(), "livemode", false, "type", type, "data",
        Map.of("object", object)));
  }

  /** Stripe is asked for what an order waits for, and for nothing else. */
  private boolean isAwaited(String order) {
    Document state = order == null
        ? new Document(Map.of())
        : Document.of(world.store(), "OrdersTable", order, "state");
    return state.has("terms") && !state.has("cancellation");
  }

  private void pause(Dice own) {
    world.timeline()
        .sleep(own.between(Duration.ofSeconds(1), own.chance(0.8) ? Duration.ofMinutes(4) : Duration.ofMinutes(90)));
  }

  /** A payment at Stripe. */
  private final class Intent {
    private final String id;
    private final long amount;
    private final CurrencyCode currency;
    private final String order;
    private BooleanSupplier lost = () -> false;

    Intent(String id, long amount, CurrencyCode currency, String order) {
      this.id = id;
      this.amount = amount;
      this.currency = currency;
      this.order = order;
    }

    /** @param when whether its events get lost */
    Intent unheard(BooleanSupplier when) {
      lost = when;
      return this;
    }

    void hold() {
      move("requires_capture", "payment_intent.amount_capturable_updated");
    }

    void capture() {
      move("succeeded", "payment_intent.succeeded");
    }

    /** What is asked of a payment that has come to its end meanwhile is not done. */
    void move(String status, String type) {
      JsonNode now = world.stripe()
          .know(id, Providers.PAYMENT_ACCOUNT, amount, currency.name().toLowerCase(java.util.Locale.ROOT), status);
      world.stripe().multicapture(id, dice.named(id, "multicapture").chance(0.5));
      if (now.path("status").asText().equals(status) && !lost.getAsBoolean()) {
        deliver(event(status, type, now.path("amount_capturable").asLong(), now.path("amount_received").asLong()),
            id + " " + type);
      }
    }

    private String event(String status, String type, long capturable, long received) {
      var object = new LinkedHashMap<String, Object>();
      object.put("id", id);
      object.put("object", "payment_intent");
      object.put("amount", amount);
      object.put("amount_capturable", capturable);
      object.put("amount_received", received);
      object.put("currency", currency.name().toLowerCase(java.util.Locale.ROOT));
      object.put("livemode", false);
      object.put("status", status);
      object.put("receipt_email", World.PERSONAL + "@example.com");
      object.put("metadata", order == null ? Map.of() : Map.of("order_id", order));
      return Json.write(Map.of("id", "evt_" + id + type.replaceAll("\\W", ""), "object", "event", "api_version",
          "2025-09-30.clover", "created",
          world.timeline().instant().getEpochSecond(), "livemode", false, "type", type, "data",
          Map.of("object", object)));
    }
  }

  /** At least once, and perhaps much later than what happened after it. */
  private void deliver(String event, String name) {
    Dice own = dice.named("delivery", name, ++events);
    int copies = own.chance(0.15) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      Duration delay = own.between(Duration.ZERO, own.chance(0.85)
          ? Duration.ofSeconds(20)
          : own.chance(0.7) ? Duration.ofMinutes(40) : Duration.ofDays(2));
      beside(() -> {
        world.timeline().sleep(delay);
        insist(STUBBORN, Set.of(200), () -> world.tellPayment(event));
      });
    }
  }
}
