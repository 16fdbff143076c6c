package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.gateway.Answered;
import waybill.local.providers.Caller;
import waybill.local.mail.Mail;
import waybill.local.providers.Providers;
import waybill.local.providers.Signatures;

/** A whole day of what Stripe and EasyPost tell of some dozen orders, and then all of it again. */
class ReplayTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final Duration BETWEEN_BATCHES = Duration.ofHours(4);
  private static final int BATCHES = 6;
  /** What carriers tell of a parcel, one of the day's in whatever order. */
  private static final List<String> SCANS = List.of("pre-transit", "in-transit", "out-for-delivery", "delivered");
  private static final List<String> SIGNATURE = List.of("stripe-signature", "x-timestamp", "x-path",
      "x-hmac-signature-v2");

  /** What becomes of an order's money. */
  private enum Fate {
    PAID, AUTHORIZED_AND_PAID, FAILED_AND_PAID, PAID_AND_CANCELLED, NEVER_PAID, GIVEN_UP, PAID_TOO_LITTLE, MONEY_ALONE
  }

  /** A webhook as it came. @param headers those that prove its sender */
  private record Webhook(String path, String body, Map<String, String> headers) {}

  /** All that may not change. @param stripe what the local Stripe holds, refunds above all */
  private record Picture(World.Look world, List<Mail> mails, JsonNode stripe) {}

  private final Random random = new Random(1);
  private final Queue<Webhook> taken = new ConcurrentLinkedQueue<>();
  private Shop shop;
  private String location;
  private String sku;

  @Test
  void aWholeDayOfWebhooksThatComesAgainChangesNothing() {
    shop = new Shop(CLOUD.get(), "replay");
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 500);
    CLOUD.get().onAnswer(this::record);
    for (int batch = 0; batch < BATCHES; batch++) {
      sell("x" + batch);
      shop.pass(BETWEEN_BATCHES);
    }
    List<Webhook> day = List.copyOf(taken);
    assertThat(day).hasSizeGreaterThan(BATCHES * (Fate.values().length + 3 * SCANS.size()));
    shop.pass(Duration.ofDays(2));

    Picture before = picture();
    assertThat(before.mails).hasSizeGreaterThan(BATCHES * Fate.values().length);
    assertThat(shop.deadLetters()).isEmpty();
    for (Webhook webhook : day) {
      assertThat(send(webhook, webhook.headers).json().path("signature").asText()).isEqualTo("stale");
    }
    assertUnchanged(before);
    for (Webhook webhook : shuffled(day)) {
      send(webhook, signedAnew(webhook)).expect(200);
    }
    assertUnchanged(before);
    assertThat(shop.deadLetters()).isEmpty();
  }

  /** Beside them, a few minutes later, when their signatures are still good. */
  @Test
  void anHourOfWebhooksThatComesAgainAtOnceChangesNothing() {
    shop = new Shop(CLOUD.get(), "atonce");
    location = shop.location("leipzig");
    sku = shop.product("mug", location, 50);
    CLOUD.get().onAnswer(this::record);
    sell("y");
    List<Webhook> hour = List.copyOf(taken);

    Picture before = picture();
    for (Webhook webhook : shuffled(hour)) {
      send(webhook, webhook.headers).expect(200);
    }
    assertUnchanged(before);
  }

  private void record(Answered call) {
    if (call.path().startsWith("/webhooks/") && call.status() == 200) {
      var headers = new LinkedHashMap<>(call.requestHeaders());
      headers.keySet().retainAll(SIGNATURE);
      taken.add(new Webhook(call.path(), new String(call.request(), StandardCharsets.UTF_8), headers));
    }
  }

  /** An order for each fate, to its end or to where it waits. */
  private void sell(String suffix) {
    var orders = new EnumMap<Fate, String>(Fate.class);
    for (Fate fate : Fate.values()) {
      String reference = fate.ordinal() + suffix;
      if (fate != Fate.MONEY_ALONE) {
        orders.put(fate, shop.place(shop.form(reference, sku, 2)));
      }
      pay(fate, reference);
    }
    shop.rest();
    shop.cancel(orders.get(Fate.PAID_AND_CANCELLED)).expect(200);
    shop.rest();
    shipAndDeliver();
  }

  private void pay(Fate fate, String reference) {
    switch (fate) {
      case PAID, MONEY_ALONE, PAID_AND_CANCELLED -> shop.pay(reference, 2000);
      case AUTHORIZED_AND_PAID -> {
        tell("amount-capturable-updated", reference);
        shop.pay(reference, 2000);
      }
      case FAILED_AND_PAID -> {
        tell("payment-failed", reference);
        shop.pay(reference, 2000);
      }
      case NEVER_PAID -> tell("payment-failed", reference);
      case GIVEN_UP -> tell("canceled", reference);
      case PAID_TOO_LITTLE -> shop.pay(reference, 1999);
    }
  }

  private void tell(String event, String reference) {
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-" + event + ".json", reference, 2000)).expect(200);
  }

  private void shipAndDeliver() {
    List<String> orders = shop.work(location).stream().map(it -> {
      shop.pack(it).expect(200);
      return it.path("order_id").asText();
    }).toList();
    shop.rest();
    var scans = new ArrayList<String>();
    orders.stream().flatMap(it -> shop.parcels(it).stream())
        .forEach(parcel -> SCANS.forEach(it -> scans.add(shop.trackingEvent(it, parcel))));
    assertThat(scans).as("three orders are shipped").hasSize(3 * SCANS.size());
    shuffled(scans).forEach(it -> shop.providers.easyPost(it).expect(200));
    shop.rest();
  }

  private <T> List<T> shuffled(List<T> list) {
    var shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static Caller.Answer send(Webhook webhook, Map<String, String> headers) {
    return new Caller(CLOUD.get().url(), "").send("POST", webhook.path, webhook.body, headers);
  }

  private static Map<String, String> signedAnew(Webhook webhook) {
    return webhook.path.startsWith("/webhooks/payments/")
        ? Signatures.stripe(webhook.body, Providers.PAYMENT_SECRET, CLOUD.get().clock().instant())
        : Signatures.easyPost(webhook.path, webhook.body, Providers.CARRIER_SECRET, CLOUD.get().clock().instant());
  }

  private Picture picture() {
    return new Picture(new World(CLOUD.get()).look(), CLOUD.get().mails(), shop.operator.get("/local/stripe").json());
  }

  /** But for the messages that told the functions of the webhooks. */
  private void assertUnchanged(Picture before) {
    Picture after = picture();
    after.world.items()
        .forEach((table, items) -> assertThat(items).as(table).isEqualTo(before.world.items().get(table)));
    assertThat(after.mails).isEqualTo(before.mails);
    assertThat(after.stripe).isEqualTo(before.stripe);
  }
}
