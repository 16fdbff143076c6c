package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.EndpointId;

/** Against the vector of Standard Webhooks, and against its own library as a receiver. */
class StandardWebhookTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = WebhookSecret.of(new byte[32]);

  @Test
  void theVectorOfTheSpecificationIsSignedAsItSays() {
    Map<String, String> headers = StandardWebhook.headers("msg_p5jXN8AQM9LWM0D4loKWxJek",
        Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}", List.of(SECRET));
    assertThat(headers).containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        .containsEntry("webhook-timestamp", "1614265330").containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek");
  }

  @Test
  void itsLibraryVerifiesWhatIsSentAndNothingElse() throws WebhookVerificationException {
    String body = "{\"type\":\"order.placed\"}";
    HttpHeaders headers = sent(body, List.of(SECRET));
    new Webhook(SECRET).verify(body, headers);
    assertThatThrownBy(() -> new Webhook(OTHER).verify(body, headers))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> new Webhook(SECRET).verify(body + " ", headers))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void whileASecretIsRotatedAReceiverMayKnowEither() throws WebhookVerificationException {
    HttpHeaders headers = sent("{}", List.of(OTHER, SECRET));
    new Webhook(SECRET).verify("{}", headers);
    new Webhook(OTHER).verify("{}", headers);
  }

  private static HttpHeaders sent(String body, List<String> secrets) {
    Map<String, List<String>> headers = StandardWebhook.headers("evt_1", Instant.now(), body, secrets).entrySet()
        .stream().collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue())));
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  @Test
  void bothSecretsSignForADayAndThenTheNewOneAlone() {
    Instant now = Instant.parse("2026-11-22T09:00:00Z");
    var rotated = new WebhookSecret(new EndpointId("erp"), SECRET, null, null).rotated(OTHER, now);
    assertThat(rotated.signing(now.plus(WebhookSecret.BOTH_SIGN).minusMillis(1))).containsExactly(OTHER, SECRET);
    assertThat(rotated.signing(now.plus(WebhookSecret.BOTH_SIGN))).containsExactly(OTHER);
    assertThat(rotated.rotated(OTHER, now.plusSeconds(9))).as("a repeated request").isEqualTo(rotated);
    assertThat(rotated.toString()).doesNotContain("whsec");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65})
  void aSecretThatIsTooShortOrTooLongIsNone(int bytes) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    assertThatThrownBy(() -> WebhookSecret.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!fKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void aTextThatIsNoSecretIsNone(String text) {
    assertThatThrownBy(() -> WebhookSecret.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
