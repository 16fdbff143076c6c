package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.catalog.CarrierAccountId;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.platform.HttpRequest;
import waybill.platform.Json;
import waybill.platform.Problem;
import waybill.shipping.carrier.TrackingEvent.Ignored;
import waybill.shipping.carrier.TrackingEvent.News;
import waybill.shipping.carrier.TrackingEvent.Reason;
import waybill.shipping.carrier.TrackingWebhook.Verdict;

/** What every provider's webhook must do. The test of a provider extends this and signs its events as the provider does. */
public abstract class TrackingWebhookContract {
  private static final Instant NOW = Instant.parse("2026-11-24T10:35:02Z");
  private static final Scan DELIVERED = new Scan(ShipmentStatus.DELIVERED, Instant.parse("2026-11-24T10:31:00Z"));
  private static final String NUMBER = "1Z999AA10123456784";

  protected abstract CarrierProvider provider();

  /** An event of the provider's: this parcel has had this scan. */
  protected abstract String event(String trackingNumber, Scan scan, boolean livemode);

  /** The headers of a request to this path, by their names in small letters, signed at this time. */
  protected abstract Map<String, String> signed(String secret, String path, String body, Instant at);

  private CarrierAccount account(String... secrets) {
    return new CarrierAccount(new CarrierAccountId(provider().code(), "parcels"), false, List.of(secrets), List.of(),
        null);
  }

  private TrackingWebhook webhook() {
    return provider().trackingWebhook().orElseThrow();
  }

  private static HttpRequest request(String path, Map<String, String> headers, String body) {
    return new HttpRequest("", "POST", path, Map.of(), Map.of(), headers, body.getBytes(StandardCharsets.UTF_8), "",
        Set.of());
  }

  private Verdict verdict(CarrierAccount account, Instant now) {
    String body = event(NUMBER, DELIVERED, false);
    return webhook().verify(request("/webhooks/carriers/parcels", signed("s3cret", "/webhooks/carriers/parcels", body,
        NOW), body), account, now);
  }

  @Test
  void whatTheProviderSignedIsGoodWhileItIsFresh() {
    assertThat(verdict(account("s3cret"), NOW)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("s3cret"), NOW.plus(Duration.ofMinutes(4)))).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("s3cret"), NOW.plus(Duration.ofMinutes(6)))).isEqualTo(Verdict.STALE);
    assertThat(verdict(account("s3cret"), NOW.minus(Duration.ofMinutes(6)))).isEqualTo(Verdict.STALE);
  }

  @Test
  void whileASecretIsRotatedBothAreGood() {
    assertThat(verdict(account("new", "s3cret"), NOW)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("new"), NOW)).isEqualTo(Verdict.WRONG);
    assertThat(verdict(account(), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void anotherBodyIsWrong() {
    String body = event(NUMBER, DELIVERED, false);
    Map<String, String> headers = signed("s3cret", "/webhooks/carriers/parcels", body, NOW);

    assertThat(webhook().verify(request("/webhooks/carriers/parcels", headers, body + " "), account("s3cret"), NOW))
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void withoutASignatureNothingIsGood() {
    assertThat(webhook().verify(request("/webhooks/carriers/parcels", Map.of(), "{}"), account("s3cret"), NOW))
        .isEqualTo(Verdict.MISSING);
  }

  @Test
  void everyVerdictIsExplained() {
    assertThat(Verdict.values()).allSatisfy(it -> assertThat(webhook().explain(it)).isNotBlank());
  }

  @Test
  void aScanIsRead() {
    TrackingEvent event = webhook().read(Json.readObject(event(NUMBER, DELIVERED, false)), false);

    assertThat(event).isInstanceOfSatisfying(News.class, it -> {
      assertThat(it.trackingNumber()).isEqualTo(NUMBER);
      assertThat(it.scans()).containsExactly(DELIVERED);
      assertThat(it.id()).isNotBlank();
      assertThat(it.type()).isNotBlank();
    });
  }

  @Test
  void aTestsEventNeverMovesARealParcelNorTheOtherWayRound() {
    for (boolean livemode : new boolean[]{false, true}) {
      assertThat(webhook().read(Json.readObject(event(NUMBER, DELIVERED, livemode)), !livemode))
          .isInstanceOfSatisfying(Ignored.class, it -> assertThat(it.reason()).isEqualTo(Reason.MODE));
    }
  }

  @Test
  void whatIsNotAnEventIsRefused() {
    assertThatThrownBy(() -> webhook().read(Map.of("hello", "world"), false))
        .isInstanceOfSatisfying(Problem.class, it -> assertThat(it.status()).isEqualTo(400));
  }
}
