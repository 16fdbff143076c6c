package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentStatus;
import waybill.platform.Json;
import waybill.workbench.Bench;

class ReceivePaymentHandlerTest {
  private static final String PARAMETER = "/waybill/payment-accounts";
  private static final String SECRET = "whsec_SampleOnly";
  private static final String ROLLED = "whsec_SampleRolled";

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final OneParameter ssm = new OneParameter(PARAMETER, accounts("\"" + SECRET + "\""));
  private Bench bench;
  private ReceivePaymentHandler handler;

  @BeforeEach
  void open() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    bench = Bench.open().with("PAYMENT_ACCOUNTS_PARAMETER", PARAMETER);
    handler = new ReceivePaymentHandler(bench.ports().with(SsmClient.class, ssm));
  }

  @AfterEach
  void close() {
    System.setOut(stdout);
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.SUCCEEDED, Samples.CAPTURABLE, Samples.FAILED, Samples.CANCELED})
  void anEventOfStripesIsQueuedWithTheFieldsThatAreUsed(String file) throws IOException {
    Answer answer = post(Samples.text(file));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsExactly(Map.entry("received", true));
    assertThat(bench.sentTo(RecordPayment.class)).singleElement().isInstanceOfSatisfying(PaymentNoticed.class,
        it -> assertThat(it.payment().reference()).isEqualTo("pi_3QWaybillSample"));
    assertThat(bench.sent()).singleElement()
        .satisfies(it -> assertThat(it.text()).doesNotContain("client_secret").doesNotContain("Teehaus"));
    assertThat(log()).contains("\"message\":\"Payment event received\"").contains("\"account\":\"shop-eu\"");
  }

  @Test
  void anEventOfATypeThatWeHaveNoUseForIsTakenAndIgnoredVisibly() throws IOException {
    Answer answer = post(Samples.text(Samples.CHARGE_UPDATED));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("received", true).containsEntry("ignored", "type");
    assertThat(bench.sent()).isEmpty();
    assertThat(log()).contains("\"level\":\"WARN\"").contains("Payment event ignored").contains("charge.updated");
  }

  @Test
  void realMoneyOnATestAccountIsIgnoredVisibly() throws IOException {
    Map<String, Object> live = Json.readObject(Samples.text(Samples.SUCCEEDED));
    live.put("livemode", true);

    Answer answer = post(Json.write(live));

    assertThat(answer.body()).containsEntry("received", true).containsEntry("ignored", "livemode");
    assertThat(bench.sent()).isEmpty();
    assertThat(log()).contains("\"level\":\"WARN\"").contains("\"ignored\":\"livemode\"");
  }

  @Test
  void aSignatureThatIsMissingMalformedWrongOrStaleIsRefusedAndTellsWhich() throws IOException {
    String body = Samples.text(Samples.SUCCEEDED);

    assertRefused(post("shop-eu", body, Map.of()), "missing");
    assertRefused(post("shop-eu", body, Map.of("stripe-signature", "v1=0")), "malformed");
    assertRefused(post("shop-eu", body, signed("whsec_another", body)), "wrong");
    assertRefused(post("shop-eu", body.replace("5572", "9999"), signed(SECRET, body)), "wrong");
    Map<String, String> signed = signed(SECRET, body);
    bench.clock().advance(Duration.ofSeconds(301));
    assertRefused(post("shop-eu", body, signed), "stale");
    assertThat(bench.sent()).isEmpty();
    assertThat(log()).contains("Webhook refused").contains("signature_invalid").contains("\"WebhooksRefused\":1");
  }

  @Test
  void nothingOfABodyIsReadBeforeItsSignature() throws IOException {
    assertRefused(post("shop-eu", "{not json", Map.of("stripe-signature", "t=1,v1=0")), "wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{not json", "[]", "null", "{\"id\":\"evt_1\",\"id\":\"evt_2\"}"})
  void aSignedBodyThatIsNoJsonObjectIsRefused(String body) throws IOException {
    Answer answer = post(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).containsEntry("code", "malformed_json");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aSignedEventThatIsNotAsDocumentedIsRefusedVisibly() throws IOException {
    Answer answer = post(
        Samples.text(Samples.SUCCEEDED).replace("\"id\": \"pi_3QWaybillSample\"", "\"id\": \"pi_../../etc\""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).containsEntry("code", "invalid_event");
    assertThat(bench.sent()).isEmpty();
    assertThat(log()).contains("Webhook refused");
  }

  @Test
  void anAccountThatIsNotOursIsNotFound() throws IOException {
    String body = Samples.text(Samples.SUCCEEDED);

    assertThat(post("shop-us", body, signed(SECRET, body)).status()).isEqualTo(404);
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aBodyOfMoreThanAMegabyteIsTooLarge() throws IOException {
    assertThat(post(" ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
  }

  @Test
  void aBodyThatTheGatewayEncodedIsVerifiedAsItCameOverTheWire() throws IOException {
    String body = Samples.text(Samples.SUCCEEDED);
    Map<String, Object> event = Json.object(Json.read(request("shop-eu", body, signed(SECRET, body))));
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    event.put("isBase64Encoded", true);

    assertThat(answer(new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8))).status())
        .isEqualTo(200);
    assertThat(bench.sentTo(RecordPayment.class)).hasSize(1);
  }

  @Test
  void whileASecretIsRolledBothAreGoodAndAfterwardsTheOldOneIsNot() throws IOException {
    String body = Samples.text(Samples.SUCCEEDED);
    ssm.put(accounts("\"" + SECRET + "\",\"" + ROLLED + "\""));
    assertThat(post("shop-eu", body, signed(SECRET, body)).status()).isEqualTo(200);
    assertThat(post("shop-eu", body, signed(ROLLED, body)).status()).isEqualTo(200);
    assertThat(ssm.reads()).as("the parameter is remembered for five minutes").isEqualTo(1);

    ssm.put(accounts("\"" + ROLLED + "\""));
    bench.clock().advance(Duration.ofMinutes(6));

    assertRefused(post("shop-eu", body, signed(SECRET, body)), "wrong");
    assertThat(post("shop-eu", body, signed(ROLLED, body)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"shop-eu\":{\"livemode\":false,\"webhook_secrets\":[]}}",
    "{\"shop-eu\":{\"livemode\":false,\"webhook_secrets\":[\"\"]}}",
    "{\"shop-eu\":{\"webhook_secrets\":[\"whsec_hidden\"]}}",
    "{\"shop-eu\":{\"livemode\":\"whsec_hidden\"}}", "{\"shop-eu\":\"whsec_hidden\"}", "whsec_hidden"})
  void accountsThatAreSetUpWronglyAcceptNothingAndTellNoSecret(String value) throws IOException {
    ssm.put(value);

    Answer answer = post(Samples.text(Samples.SUCCEEDED));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(bench.sent()).isEmpty();
    assertThat(log() + answer.text()).doesNotContain("whsec_");
  }

  @Test
  void anEventThatCouldNotBeQueuedIsAskedForAgain() throws IOException {
    bench.refuseNextSends(1);

    assertThat(post(Samples.text(Samples.SUCCEEDED)).status()).as("Stripe sends it again").isEqualTo(503);
    assertThat(post(Samples.text(Samples.SUCCEEDED)).status()).isEqualTo(200);
    assertThat(bench.sentTo(RecordPayment.class)).hasSize(1);
  }

  @Test
  void secretsAreInNoTextOfAnAccount() {
    assertThat(new StripeAccount(false, List.of(SECRET), "sk_test_secret").toString()).doesNotContain(SECRET)
        .doesNotContain("sk_test");
  }

  @Test
  void aPaymentThatNamesItsOrderIsQueuedWithIt() throws IOException {
    post(Samples.text(Samples.SUCCEEDED).replace("\"cart\": \"c-77\"", "\"order_id\": \"ord_" + "0".repeat(26) + "\""));

    assertThat(bench.sentTo(RecordPayment.class)).singleElement().isInstanceOfSatisfying(PaymentNoticed.class, it -> {
      assertThat(it.order().value()).isEqualTo("ord_" + "0".repeat(26));
      assertThat(it.payment().status()).isEqualTo(PaymentStatus.CAPTURED);
    });
  }

  private record Answer(int status, Map<String, Object> body, String text) {}

  private void assertRefused(Answer answer, String why) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).containsEntry("code", "signature_invalid").containsEntry("signature", why);
    assertThat(answer.text() + log()).doesNotContain("whsec_");
  }

  private Answer post(String body) throws IOException {
    return post("shop-eu", body, signed(SECRET, body));
  }

  private Answer post(String account, String body, Map<String, String> headers) throws IOException {
    return answer(request(account, body, headers));
  }

  private InputStream request(String account, String body, Map<String, String> headers) {
    return bench.httpEvent("POST", "/webhooks/payments/" + account, Map.of("account", account), Map.of(), headers, body,
        "");
  }

  private Answer answer(InputStream request) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(request, out, null);
    Map<String, Object> response = Json.readObject(out.toString(StandardCharsets.UTF_8));
    var text = (String) response.get("body");
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.readObject(text), text);
  }

  private Map<String, String> signed(String secret, String body) {
    String time = Long.toString(bench.clock().instant().getEpochSecond());
    return Map.of("stripe-signature",
        "t=" + time + ",v1=" + StripeSignature.sign(secret, time, body.getBytes(StandardCharsets.UTF_8)));
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private static String accounts(String secrets) {
    return "{\"shop-eu\":{\"livemode\":false,\"webhook_secrets\":[" + secrets
        + "]},\"shop-uk\":{\"livemode\":true,\"webhook_secrets\":[\"whsec_SampleUk\"]}}";
  }
}
