package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.HttpRequest;
import waybill.platform.Json;
import waybill.platform.Outcome.Declined;
import waybill.platform.Refused;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.Provider;
import waybill.platform.webhook.Verdict;
import waybill.shipping.carrier.CarrierProvider.NoNews;

/** What every provider's webhook must do. The test of a provider extends this and signs its events as the provider does. */
public abstract class TrackingWebhookContract {
  static final Instant NOW = Instant.parse("2026-11-24T10:35:02Z");
  static final Scan DELIVERED = new Scan(ShipmentStatus.DELIVERED, Instant.parse("2026-11-24T10:31:00Z"));
  static final String NUMBER = "1Z999AA10123456784";

  protected abstract CarrierProvider provider();

  /** An event of the provider's: this parcel has had this scan. */
  protected abstract String event(String trackingNumber, Scan scan, boolean livemode);

  /** The headers of a request to this path, by their names in small letters, signed or with the secret, at this time. */
  protected abstract Map<String, String> signed(String secret, String path, String body, Instant at);

  CarrierAccount account(String... secrets) {
    return CarrierAccount.of(provider().code(), false, List.of(secrets));
  }

  Provider<CarrierAccount, TrackingNoticed> webhook() {
    return provider().webhook().orElseThrow();
  }

  static HttpRequest request(String path, Map<String, String> headers, String body) {
    return new HttpRequest("", "POST", path, Map.of(), Map.of(), headers, body.getBytes(StandardCharsets.UTF_8), "",
        Set.of(), "");
  }

  Verdict verdict(CarrierAccount account, Instant now) {
    String body = event(NUMBER, DELIVERED, false);
    return webhook().verdict(request("/webhooks/carriers/parcels", signed("s3cret", "/webhooks/carriers/parcels", body,
        NOW), body), account, now);
  }

  @Test
  void whatTheProviderSentIsGood() {
    assertThat(verdict(account("s3cret"), NOW)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void whileASecretIsRotatedBothAreGood() {
    assertThat(verdict(account("new", "s3cret"), NOW)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(account("new"), NOW)).isEqualTo(Verdict.WRONG);
    assertThat(verdict(account(), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void withoutASignatureNothingIsGood() {
    assertThat(webhook().verdict(request("/webhooks/carriers/parcels", Map.of(), "{}"), account("s3cret"), NOW))
        .isEqualTo(Verdict.MISSING);
  }

  @Test
  void everyFlawIsExplained() {
    assertThat(List.of(Verdict.MISSING, Verdict.MALFORMED, Verdict.WRONG))
        .allSatisfy(it -> assertThat(webhook().explain(it)).isNotBlank());
  }

  private Event<TrackingNoticed> read(String event, boolean livemode) {
    var account = CarrierAccount.of(provider().code(), livemode, List.of());
    return webhook().read(Json.readObject(event), "parcels", account).orElseThrow();
  }

  @Test
  void aScanIsRead() {
    assertThat(read(event(NUMBER, DELIVERED, false), false)).isInstanceOfSatisfying(News.class, it -> {
      var noticed = (TrackingNoticed) it.message();
      assertThat(noticed.trackingNumber()).isEqualTo(NUMBER);
      assertThat(noticed.scans()).containsExactly(DELIVERED);
      assertThat(noticed.event()).isEqualTo(it.id()).isNotBlank();
      assertThat(it.type()).isNotBlank();
    });
  }

  @Test
  void aTestsEventNeverMovesARealParcelNorTheOtherWayRound() {
    for (boolean livemode : new boolean[]{false, true}) {
      assertThat(read(event(NUMBER, DELIVERED, livemode), !livemode)).isInstanceOfSatisfying(Ignored.class,
          it -> assertThat(it.reason()).isEqualTo(NoNews.MODE));
    }
  }

  @Test
  void whatIsNotAnEventIsRefused() {
    assertThat(webhook().read(Map.of("hello", "world"), "parcels", account("s3cret")))
        .isInstanceOfSatisfying(Declined.class,
            it -> assertThat(it.refused().kind()).isEqualTo(Refused.Kind.MALFORMED));
  }
}
