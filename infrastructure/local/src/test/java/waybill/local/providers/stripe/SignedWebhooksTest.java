package waybill.local.providers.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.local.machine.Json;
import waybill.local.machine.MovableClock;
import waybill.local.providers.Signatures;

class SignedWebhooksTest {
  private static final String PAID = """
      {"type":"payment_intent.succeeded","data":{"object":{"object":"payment_intent","id":"pi_1","amount":1000,\
      "currency":"eur","status":"succeeded"}}}""";
  private static final Instant SIGNED_AT = Instant.parse("2026-11-29T16:00:00Z");

  private Stripe stripe;
  private SignedWebhooks webhooks;

  @BeforeEach
  void aStripeWithoutPayments() throws Exception {
    stripe = Stripe.on(Optional.empty(), new MovableClock(), _ -> {});
    webhooks = new SignedWebhooks(stripe,
        StripeAccounts.read("{\"shop\":{\"api_key\":\"sk_test_a\",\"webhook_secrets\":[\"whsec_a\"]}}"));
  }

  @Test
  void aPaymentThatASignedWebhookReportsIsKnown() {
    webhooks.read(event("shop", PAID, signed(PAID, "whsec_a")));

    assertThat(payments()).singleElement().satisfies(it -> {
      assertThat(it.path("id").asText()).isEqualTo("pi_1");
      assertThat(it.path("account").asText()).isEqualTo("shop");
      assertThat(it.path("amount").asLong()).isEqualTo(1000);
      assertThat(it.path("status").asText()).isEqualTo("succeeded");
    });
  }

  @Test
  void aBodyInBase64IsReadToo() {
    ObjectNode event = tree(event("shop", PAID, signed(PAID, "whsec_a")));
    event.put("isBase64Encoded", true).put("body",
        Base64.getEncoder().encodeToString(PAID.getBytes(StandardCharsets.UTF_8)));

    webhooks.read(Json.bytes(event));

    assertThat(payments()).hasSize(1);
  }

  @Test
  void whatAnotherSecretSignedIsNotKnown() {
    webhooks.read(event("shop", PAID, signed(PAID, "whsec_b")));
    webhooks.read(event("nobody", PAID, signed(PAID, "whsec_a")));
    webhooks.read(event("shop", PAID.replace("1000", "9000"), signed(PAID, "whsec_a")));
    webhooks.read(event("shop", PAID, ""));

    assertThat(payments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "[]", "{}", "{\"data\":{\"object\":{\"object\":\"refund\",\"id\":\"re_1\"}}}",
    "{\"data\":{\"object\":{\"object\":\"payment_intent\",\"id\":\"<b>\",\"amount\":-1}}}"})
  void whatIsNoPaymentIsIgnored(String body) {
    webhooks.read(event("shop", body, signed(body, "whsec_a")));

    assertThat(payments()).isEmpty();
  }

  private static String signed(String body, String secret) {
    return Signatures.stripe(body, secret, SIGNED_AT).get("Stripe-Signature");
  }

  private static byte[] event(String account, String body, String signature) {
    return Json.bytes(Map.of("pathParameters", Map.of("account", account), "headers",
        Map.of("stripe-signature", signature), "body", body));
  }

  private static ObjectNode tree(byte[] json) {
    try {
      return (ObjectNode) Json.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<JsonNode> payments() {
    return stripe.overview().path("payment_intents").valueStream().toList();
  }
}
