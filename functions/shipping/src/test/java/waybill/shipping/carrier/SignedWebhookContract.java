package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.platform.webhook.Verdict;

/** What the webhook of a provider must do as well that signs each request over its body and its time. */
public abstract class SignedWebhookContract extends TrackingWebhookContract {

  @Test
  void whatTheProviderSignedIsGoodWhileItIsFresh() {
    assertThat(verdict(account("s3cret"), NOW)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("s3cret"), NOW.plus(Duration.ofMinutes(4)))).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("s3cret"), NOW.plus(Duration.ofMinutes(6)))).isEqualTo(Verdict.STALE);
    assertThat(verdict(account("s3cret"), NOW.minus(Duration.ofMinutes(6)))).isEqualTo(Verdict.STALE);
  }

  @Test
  void anotherBodyIsWrong() {
    String body = event(NUMBER, DELIVERED, false);
    Map<String, String> headers = signed("s3cret", "/webhooks/carriers/parcels", body, NOW);

    assertThat(webhook().verdict(request("/webhooks/carriers/parcels", headers, body + " "), account("s3cret"), NOW))
        .isEqualTo(Verdict.WRONG);
  }
}
