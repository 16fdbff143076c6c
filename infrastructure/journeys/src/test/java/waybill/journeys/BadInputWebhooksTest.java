package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.providers.Caller;
import waybill.local.Settings;
import waybill.local.providers.Caller.Answer;
import waybill.local.providers.Providers;

/** Webhooks are taken from who knows a secret that is good now, and from nobody else; what is refused changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputWebhooksTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final String PAYMENTS = "/webhooks/payments/" + Providers.PAYMENT_ACCOUNT;
  private static final String CARRIERS = "/webhooks/carriers/" + Providers.CARRIER_ACCOUNT;
  private static final String STRIPE = "whsec_fake_local_shop_eu";
  private static final String EASYPOST = "fake_local_parcels_eu";
  private static final String OTHER = "whsec_fake_local_shop_us";
  /** Functions look at their secrets again after so long. */
  private static final Duration SECRETS_LIVE = Duration.ofMinutes(5).plusSeconds(1);
  private static int shops;

  private Caller anybody;
  private World world;
  private Shop shop;
  private String order;
  private String payment;
  private String scan;
  private World.Look before;

  @BeforeAll
  void twoAccounts() {
    anybody = new Caller(CLOUD.get().url(), "");
    world = new World(CLOUD.get());
    theAccountsAreAsBefore();
  }

  /** An order that waits for its payment, and a carrier's event about some parcel. */
  @BeforeEach
  void anOrder() {
    shop = new Shop(CLOUD.get(), "hooked" + ++shops);
    order = shop.place(shop.form("1", shop.product("tea", shop.location("leipzig"), 1), 1));
    payment = shop.paymentEvent("stripe-payment-intent-succeeded.json", "1", 1000);
    scan = shop.samples.easyPost("easypost-tracker-in-transit.json", "HOOK" + shops, CLOUD.get().clock().instant());
    before = world.look();
  }

  @AfterEach
  void theAccountsAreAsBefore() {
    secrets(List.of(STRIPE), List.of(EASYPOST));
    CLOUD.get().clock().advance(SECRETS_LIVE);
  }

  @Test
  void aReplayWithAnotherBodyIsRefused() {
    Map<String, String> signed = stripe(payment, STRIPE);
    assertRefused(PAYMENTS, payment.replace("1000", "9000"), signed, "wrong");
    assertRefused(PAYMENTS, payment + " ", signed, "wrong");
    assertRefused(PAYMENTS, payment.replace("}", "} "), signed, "wrong");
    Map<String, String> scanned = easyPost(scan, EASYPOST);
    assertRefused(CARRIERS, scan.replace("in_transit", "delivered"), scanned, "wrong");
    assertRefused(CARRIERS, scan + "\n", scanned, "wrong");
    assertNothingChanged();
    assertPaid(PAYMENTS, signed);
  }

  @Test
  void anotherAccountsSignatureIsRefused() {
    assertRefused(PAYMENTS, payment, stripe(payment, OTHER), "wrong");
    assertRefused(CARRIERS, scan, easyPost(scan, OTHER), "wrong");
    var there = easyPost(scan, EASYPOST).entrySet().stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertRefused("/webhooks/carriers/parcels-us", scan, there, "wrong");
    assertNothingChanged();
    assertThat(send("/webhooks/payments/shop-us", payment, stripe(payment, OTHER)).status()).as("its own")
        .isEqualTo(200);
    CLOUD.get().clock().advance(Duration.ofSeconds(1));
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).as("another account's intent pays nothing here")
        .isEqualTo("pending");
  }

  @Test
  void moneyOfTheOtherModeIsIgnoredVisibly() {
    String live = payment.replace("\"livemode\":false", "\"livemode\":true");
    Answer answer = send(PAYMENTS, live, stripe(live, STRIPE)).expect(200);
    assertThat(answer.json().path("ignored").asText()).isEqualTo("livemode");
    String production = scan.replace("\"mode\":\"test\"", "\"mode\":\"production\"");
    assertThat(production).isNotEqualTo(scan);
    assertThat(send(CARRIERS, production, easyPost(production, EASYPOST)).expect(200).json().path("ignored").asText())
        .isEqualTo("mode");
    assertNothingChanged();
    assertThat(CLOUD.get().logs())
        .anySatisfy(it -> assertThat(it).containsEntry("fn", "ReceivePayment").containsEntry("ignored", "livemode"))
        .anySatisfy(it -> assertThat(it).containsEntry("fn", "ReceiveTracking").containsEntry("ignored", "mode"));
  }

  @Test
  void bothSecretsAreGoodWhileOneIsRotatedAndThenTheNewOneAlone() {
    secrets(List.of("whsec_fake_new", STRIPE), List.of("fake_new", EASYPOST));
    CLOUD.get().clock().advance(SECRETS_LIVE);
    for (String secret : List.of("whsec_fake_new", STRIPE)) {
      send(PAYMENTS, payment, stripe(payment, secret)).expect(200);
    }
    for (String secret : List.of("fake_new", EASYPOST)) {
      send(CARRIERS, scan, easyPost(scan, secret)).expect(200);
    }
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).as("paid once").isEqualTo("paid");

    secrets(List.of("whsec_fake_new"), List.of("fake_new"));
    CLOUD.get().clock().advance(SECRETS_LIVE);
    before = world.look();
    assertRefused(PAYMENTS, payment, stripe(payment, STRIPE), "wrong");
    assertRefused(CARRIERS, scan, easyPost(scan, EASYPOST), "wrong");
    assertNothingChanged();
    send(PAYMENTS, payment, stripe(payment, "whsec_fake_new")).expect(200);
    send(CARRIERS, scan, easyPost(scan, "fake_new")).expect(200);
  }

  @Test
  void aMegabyteIsTakenAndAByteMoreIsNot() {
    String large = padded(payment, 1 << 20);
    send(PAYMENTS, large + " ", stripe(large + " ", STRIPE)).expect(413);
    String largeScan = padded(scan, 1 << 20);
    Answer tooLarge = send(CARRIERS, largeScan + " ", easyPost(largeScan + " ", EASYPOST)).expect(413);
    assertThat(tooLarge.json().path("code").asText()).isEqualTo("too_large");
    send(PAYMENTS, "x".repeat(9 << 20), stripe("x", STRIPE)).expect(413);
    assertNothingChanged();
    send(CARRIERS, largeScan, easyPost(largeScan, EASYPOST)).expect(200);
    send(PAYMENTS, large, stripe(large, STRIPE)).expect(200);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
  }

  @Test
  void aSignatureIsGoodForFiveMinutesEitherWay() {
    Map<String, String> signed = stripe(payment, STRIPE);
    Map<String, String> scanned = easyPost(scan, EASYPOST);
    CLOUD.get().clock().advance(Duration.ofMinutes(5).plusSeconds(2));
    shop.rest();
    before = world.look(); // time alone lets schedules look at the order
    assertRefused(PAYMENTS, payment, signed, "stale");
    assertRefused(CARRIERS, scan, scanned, "stale");
    Instant ahead = CLOUD.get().clock().instant().plusSeconds(310);
    assertRefused(PAYMENTS, payment, stripe(payment, STRIPE, ahead), "stale");
    assertRefused(CARRIERS, scan, easyPost(scan, EASYPOST, ahead.toString()), "stale");
    assertNothingChanged();
  }

  @Test
  void amongSeveralSignaturesOneIsEnoughAndOldSchemesProveNothing() {
    String good = stripe(payment, STRIPE).get("Stripe-Signature");
    String time = good.substring(0, good.indexOf(','));
    String v1 = good.substring(good.indexOf("v1=") + 3);
    for (String none : List.of(time + ",v0=" + v1, "v1=" + v1, time, "t=,v1=" + v1, "t=-1,v1=" + v1, "t=1e9,v1=" + v1,
        "t=99999999999999999999,v1=" + v1, time + ",v1=" + v1 + ",v1=".repeat(2_000), "t", "=,=", ",,,")) {
      assertRefused(PAYMENTS, payment, Map.of("Stripe-Signature", none), "malformed");
    }
    assertRefused(PAYMENTS, payment, Map.of(), "missing");
    for (String wrong : List.of(time + ",v1=", time + ",v1=" + v1.substring(1), time + ",v1=" + v1.toUpperCase(),
        time + ",t=1,v1=" + "0".repeat(64), "t=1," + time + ",v1=" + v1)) {
      assertRefused(PAYMENTS, payment, Map.of("Stripe-Signature", wrong), "wrong");
    }
    Map<String, String> scanned = easyPost(scan, EASYPOST);
    String hex = scanned.get("X-Hmac-Signature-V2");
    assertRefused(CARRIERS, scan, Map.of("X-Hmac-Signature", hex), "missing");
    assertRefused(CARRIERS, scan, with(scanned, "X-Hmac-Signature-V2", hex.substring(16)), "malformed");
    for (String none : List.of("now", "2026-02-30T00:00:00Z", "+999999999999-01-01T00:00:00Z", "0",
        "Tue, 31 Feb 2026")) {
      assertRefused(CARRIERS, scan, with(scanned, "X-Timestamp", none), "malformed");
    }
    assertRefused(CARRIERS, scan, with(scanned, "X-Path", "/webhooks/carriers/parcels-us"), "wrong");
    assertNothingChanged();
    assertPaid(PAYMENTS, Map.of("Stripe-Signature", time + ",v0=x,v1=" + "0".repeat(64) + ",v1=" + v1));
  }

  @Test
  void whatIsSignedAndMakesNoSenseIsRefusedWithItsPlace() {
    for (String body : List.of("", "[]", "null", "{", "{\"a\":1,\"a\":2}", "[".repeat(100_000), "{\"id\":1e400}",
        "{} {}")) {
      assertThat(send(PAYMENTS, body, stripe(body, STRIPE)).status()).as(body).isEqualTo(400);
      assertThat(send(CARRIERS, body, easyPost(body, EASYPOST)).status()).as(body).isEqualTo(400);
    }
    Map<String, String> payments = Map.of("\"created\":1795338916", "\"created\":1e400", "\"amount_received\":1000",
        "\"amount_received\":99999999999999999999", "\"currency\":\"eur\"", "\"currency\":\"e\\u0000r\"",
        "\"livemode\":false", "\"livemode\":\"false\"", "\"id\":\"evt_", "\"id\":\"evt_\\u000d\\u000a", "\"id\":\"pi_",
        "\"id\":\"" + "p".repeat(100_000));
    payments.forEach((from, to) -> {
      String body = payment.replace(from, to);
      assertThat(body).as(from).isNotEqualTo(payment);
      assertInvalid(send(PAYMENTS, body, stripe(body, STRIPE)));
    });
    for (String time : List.of("2026-02-30T00:00:00Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "0", "")) {
      String body = scan.replaceAll("\"datetime\":\"[^\"]*\"", "\"datetime\":\"" + java.util.regex.Matcher
          .quoteReplacement(time) + "\"");
      assertThat(body).isNotEqualTo(scan);
      assertInvalid(send(CARRIERS, body, easyPost(body, EASYPOST)));
    }
    String hostile = scan.replace("HOOK" + shops, "HOOK\\u0000" + shops);
    assertInvalid(send(CARRIERS, hostile, easyPost(hostile, EASYPOST)));
    assertNothingChanged();
    assertThat(CLOUD.get().logs()).as("it is not our fault").noneMatch(
        it -> "ERROR".equals(it.get("level")) && List.of("ReceivePayment", "ReceiveTracking").contains(it.get("fn")));
  }

  private static void assertInvalid(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("pointer").asText()).startsWith("/");
  }

  private void assertRefused(String path, String body, Map<String, String> headers, String signature) {
    Answer answer = send(path, body, headers);
    assertThat(answer.status()).as(headers + answer.text()).isEqualTo(400);
    assertThat(answer.json().path("code").asText()).isEqualTo("signature_invalid");
    assertThat(answer.json().path("signature").asText()).as(headers.toString()).isEqualTo(signature);
  }

  private void assertNothingChanged() {
    assertThat(world.look()).isEqualTo(before);
  }

  private void assertPaid(String path, Map<String, String> signed) {
    send(path, payment, signed).expect(200);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
  }

  private Answer send(String path, String body, Map<String, String> headers) {
    return anybody.send("POST", path, body, headers);
  }

  private static String padded(String event, int bytes) {
    String open = event.substring(0, event.length() - 1) + ",\"padding\":\"";
    return open + "x".repeat(bytes - open.length() - 2) + "\"}";
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    var changed = new java.util.HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private void secrets(List<String> payments, List<String> carriers) {
    CLOUD.get().putSecret(CLOUD.get().parameter("PaymentAccountsParameter").orElseThrow(),
        accounts("shop-eu", payments, "shop-us"));
    CLOUD.get().putSecret(CLOUD.get().parameter("CarrierAccountsParameter").orElseThrow(),
        accounts("parcels-eu", carriers, "parcels-us"));
  }

  /** Other journeys share this cloud. */
  @AfterAll
  void theAccountsAreTheSamplesAgain() {
    Settings.SAMPLE_SECRETS.forEach((parameter, value) -> CLOUD.get().putSecret(
        CLOUD.get().parameter(parameter).orElseThrow(), value));
    CLOUD.get().clock().advance(SECRETS_LIVE);
  }

  private static String accounts(String name, List<String> secrets, String other) {
    return """
        {"%s":{"carrier":"easypost","livemode":false,"api_key":"sk_test_fake","webhook_secrets":["%s"]},
         "%s":{"carrier":"easypost","livemode":false,"api_key":"sk_test_fake","webhook_secrets":["%s"]}}"""
        .formatted(name, String.join("\",\"", secrets), other, OTHER);
  }

  private Map<String, String> stripe(String body, String secret) {
    return stripe(body, secret, CLOUD.get().clock().instant());
  }

  private static Map<String, String> stripe(String body, String secret, Instant at) {
    long seconds = at.getEpochSecond();
    return Map.of("Stripe-Signature", "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body));
  }

  private Map<String, String> easyPost(String body, String secret) {
    return easyPost(body, secret, CLOUD.get().clock().instant().toString());
  }

  private static Map<String, String> easyPost(String body, String secret, String time) {
    return Map.of("X-Timestamp", time, "X-Path", CARRIERS, "X-Hmac-Signature-V2",
        "hmac-sha256-hex=" + hmac(secret, time + "POST" + CARRIERS + body));
  }

  private static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
