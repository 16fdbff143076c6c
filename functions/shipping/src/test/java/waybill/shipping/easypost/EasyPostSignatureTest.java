package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.platform.webhook.Verdict;

class EasyPostSignatureTest {
  private static final Instant NOW = Instant.parse("2025-08-19T20:37:09Z");
  private static final String TIME = "Tue, 19 Aug 2025 20:37:09 -0000";
  private static final String PATH = "/webhooks/carriers/parcels-eu";
  private static final byte[] BODY = "{\"id\":\"evt_1\"}".getBytes(StandardCharsets.UTF_8);

  private static Verdict verdict(String secret, String time, String path, byte[] body) {
    var signature = new EasyPostSignature(EasyPostSignature.sign("s3cret", TIME, PATH, BODY), time, path);
    return signature.verdict(PATH, body, List.of(secret), NOW);
  }

  @Test
  void whatIsSignedRightlyIsGood() {
    assertThat(verdict("s3cret", TIME, PATH, BODY)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void theSignatureIsWhatOpensslMakesOfTimeMethodPathAndBody() {
    // printf '%s' 'Tue, 19 Aug 2025 20:37:09 -0000POST/webhooks/carriers/parcels-eu{"id":"evt_1"}' | openssl dgst -sha256 -hmac s3cret
    assertThat(EasyPostSignature.sign("s3cret", TIME, PATH, BODY))
        .isEqualTo("hmac-sha256-hex=cd75d29045047cd1f021fc36891fd1c841098f98987f32f2c6711d153c20775d");
  }

  @Test
  void anotherSecretTimePathOrBodyIsWrong() {
    assertThat(verdict("other", TIME, PATH, BODY)).isEqualTo(Verdict.WRONG);
    assertThat(verdict("s3cret", "Tue, 19 Aug 2025 20:37:08 -0000", PATH, BODY)).isEqualTo(Verdict.WRONG);
    assertThat(verdict("s3cret", TIME, "/webhooks/carriers/parcels-us", BODY)).isEqualTo(Verdict.WRONG);
    assertThat(verdict("s3cret", TIME, PATH, "{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(Verdict.WRONG);
  }

  @Test
  void anEventForAnotherAddressIsWrongHoweverWellItIsSigned() {
    String elsewhere = "/webhooks/carriers/parcels-us";
    var signature = new EasyPostSignature(EasyPostSignature.sign("s3cret", TIME, elsewhere, BODY), TIME, elsewhere);

    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void itIsStaleAfterFiveMinutesEitherWay() {
    var signature = new EasyPostSignature(EasyPostSignature.sign("s3cret", TIME, PATH, BODY), TIME, PATH);

    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW.plusSeconds(300))).isEqualTo(Verdict.GOOD);
    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW.minusSeconds(300))).isEqualTo(Verdict.GOOD);
    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW.plusSeconds(301))).isEqualTo(Verdict.STALE);
    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW.minusSeconds(301))).isEqualTo(Verdict.STALE);
  }

  @Test
  void whileASecretIsRotatedBothAreGood() {
    var signature = new EasyPostSignature(EasyPostSignature.sign("old", TIME, PATH, BODY), TIME, PATH);

    assertThat(signature.verdict(PATH, BODY, List.of("new", "old"), NOW)).isEqualTo(Verdict.GOOD);
    assertThat(signature.verdict(PATH, BODY, List.of("new"), NOW)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void aSecretIsTakenInItsCompatibilityDecomposition() {
    assertThat(EasyPostSignature.sign("caf\u00e9\ufb01", TIME, PATH, BODY))
        .isEqualTo(EasyPostSignature.sign("cafe\u0301fi", TIME, PATH, BODY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tue, 19 Aug 2025 20:37:09 -0000", "Tue, 19 Aug 2025 20:37:09 +0000",
    "Tue, 19 Aug 2025 20:37:09 GMT", "19 Aug 2025 20:37:09 GMT",
    "Tue, 19 Aug 2025 13:37:09 -0700", "2025-08-19T20:37:09Z", "2025-08-19T22:37:09.000+02:00"})
  void timesAreReadInEveryFormThatEasyPostDocuments(String time) {
    var signature = new EasyPostSignature(EasyPostSignature.sign("s3cret", time, PATH, BODY), time, PATH);

    assertThat(signature.verdict(PATH, BODY, List.of("s3cret"), NOW)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void aHeaderThatWasNotSentIsMissing() {
    assertThat(new EasyPostSignature(null, TIME, PATH).verdict(PATH, BODY, List.of("s3cret"), NOW))
        .isEqualTo(Verdict.MISSING);
    assertThat(new EasyPostSignature("hmac-sha256-hex=00", null, PATH).verdict(PATH, BODY, List.of("s3cret"), NOW))
        .isEqualTo(Verdict.MISSING);
    assertThat(new EasyPostSignature("hmac-sha256-hex=00", TIME, null).verdict(PATH, BODY, List.of("s3cret"), NOW))
        .isEqualTo(Verdict.MISSING);
  }

  @Property(tries = 200)
  void nonsenseIsNeverGoodAndNeverAFault(@ForAll String value, @ForAll String time) {
    assertThat(new EasyPostSignature(value, time, PATH).verdict(PATH, BODY, List.of("s3cret"), NOW))
        .isIn(Verdict.MALFORMED, Verdict.WRONG);
    assertThat(
        new EasyPostSignature("hmac-sha256-hex=" + value, TIME, PATH).verdict(PATH, BODY, List.of("s3cret"), NOW))
        .isEqualTo(Verdict.WRONG);
  }
}
