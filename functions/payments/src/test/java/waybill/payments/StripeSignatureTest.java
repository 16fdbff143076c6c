package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import waybill.platform.webhook.Verdict;

/** Stripe's own library is the oracle: what it calls a good signature is one, and nothing else is. */
class StripeSignatureTest {
  private static final String SECRET = "whsec_sample";
  private static final String BODY = "{\"id\":\"evt_sample\"}";
  private static final Instant NOW = Instant.ofEpochSecond(1_795_338_904);

  @Property
  void signsAsStripeDoes(@ForAll @StringLength(min = 1, max = 40) String secret,
      @ForAll @StringLength(max = 200) String body,
      @ForAll @LongRange(min = 1, max = 99_999_999_999L) long time) throws Exception {
    String stripes = Webhook.Util.computeHmacSha256(secret, time + "." + body);

    assertThat(StripeSignature.sign(secret, Long.toString(time), bytes(body))).isEqualTo(stripes);
  }

  @Property
  void takesWhatStripeSigned(@ForAll @StringLength(min = 1, max = 40) String secret,
      @ForAll @StringLength(max = 200) String body,
      @ForAll @IntRange(min = -300, max = 300) int awaySeconds) throws Exception {
    String header = Webhook.Signature.generateSignatureHeader(body, secret, NOW.getEpochSecond() + awaySeconds);

    assertThat(verdict(header, body, secret)).isEqualTo(Verdict.GOOD);
  }

  @Property(tries = 2000)
  void agreesWithStripeOnEveryHeader(@ForAll("headers") String header, @ForAll("bodies") String body,
      @ForAll("secrets") String secret) {
    assertThat(verdict(header, body, secret) == Verdict.GOOD).as(header).isEqualTo(stripeTakes(header, body, secret));
  }

  @Property
  void takesAnySecretThatIsGoodAtPresent(
      @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 20) String secret,
      @ForAll List<@AlphaChars @StringLength(min = 1, max = 20) String> others, @ForAll @IntRange(max = 20) int place) {
    var secrets = new ArrayList<>(others);
    secrets.add(Math.min(place, others.size()), secret);

    assertThat(StripeSignature.verdict(header(NOW, secret, BODY), bytes(BODY), secrets, NOW)).isEqualTo(Verdict.GOOD);
  }

  @Property
  void takesNoBodyThatDiffersInOneByte(@ForAll @IntRange(max = 18) int place,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] changed = bytes(BODY);
    changed[place] ^= (byte) flip;

    assertThat(StripeSignature.verdict(header(NOW, SECRET, BODY), changed, List.of(SECRET), NOW))
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void bytesThatAreNoTextAreSignedAsTheyAre() {
    byte[] body = {(byte) 0xff, 0, (byte) 0xc0};
    String header = "t=1795338904,v1=" + StripeSignature.sign(SECRET, "1795338904", body);

    assertThat(StripeSignature.verdict(header, body, List.of(SECRET), NOW)).isEqualTo(Verdict.GOOD);
  }

  @Test
  void whileASecretIsRolledOneOfSeveralSignaturesIsEnough() {
    String rolled = header(NOW, "whsec_old", BODY) + ",v1=" + StripeSignature.sign(SECRET, time(NOW), bytes(BODY));

    assertThat(verdict(rolled, BODY, SECRET)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(rolled, BODY, "whsec_old")).isEqualTo(Verdict.GOOD);
    assertThat(verdict(rolled, BODY, "whsec_another")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void fiveMinutesAreEnoughInBothDirectionsAndOneSecondMoreIsTooMuch() {
    assertThat(verdict(header(NOW.minusSeconds(300), SECRET, BODY), BODY, SECRET)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(header(NOW.plusSeconds(300), SECRET, BODY), BODY, SECRET)).isEqualTo(Verdict.GOOD);
    assertThat(verdict(header(NOW.minusSeconds(301), SECRET, BODY), BODY, SECRET)).isEqualTo(Verdict.STALE);
    assertThat(verdict(header(NOW.plusSeconds(301), SECRET, BODY), BODY, SECRET)).isEqualTo(Verdict.STALE);
  }

  @Test
  void onlyWhoKnowsASecretHearsThatASignatureIsStale() {
    String forged = "t=1,v1=" + "0".repeat(64);

    assertThat(verdict(forged, BODY, SECRET)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void noHeaderIsMissing() {
    assertThat(verdict(null, BODY, SECRET)).isEqualTo(Verdict.MISSING);
    assertThat(verdict(" ", BODY, SECRET)).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aHeaderWithoutTimeOrSignatureIsMalformed() {
    String signature = StripeSignature.sign(SECRET, time(NOW), bytes(BODY));

    for (String header : List.of("v1=" + signature, "t=" + time(NOW), "t=,v1=" + signature,
        "t=yesterday,v1=" + signature, "t=-1,v1=" + signature,
        "t=0,v1=" + signature, "t=99999999999999999999,v1=" + signature, "t,v1", ",,,", "===",
        "t=" + time(NOW) + ",v0=" + signature, "t=" + time(NOW) + ",v1=" + signature + ",".repeat(5_000))) {
      assertThat(verdict(header, BODY, SECRET)).as(header).isEqualTo(Verdict.MALFORMED);
    }
  }

  @Test
  void anotherSchemeProvesNothing() {
    String signature = StripeSignature.sign(SECRET, time(NOW), bytes(BODY));

    assertThat(verdict("t=" + time(NOW) + ",v0=" + signature + ",v1=" + "0".repeat(64), BODY, SECRET))
        .isEqualTo(Verdict.WRONG);
  }

  /** Headers of right and wrong parts in every order; none from the future, of which Stripe's library takes any. */
  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> times = Arbitraries.longs().between(NOW.getEpochSecond() - 310, NOW.getEpochSecond())
        .map(String::valueOf);
    Arbitrary<String> signatures = Combinators.combine(times, bodies(), secrets())
        .as((time, body, secret) -> StripeSignature.sign(secret, time, bytes(body)));
    // A time is shared by most of the parts, so that many of the headers are good.
    return Combinators.combine(times, bodies(), secrets(), signatures, Arbitraries.of(0, 1, 2, 3, 4, 5, 6))
        .as((time, body, secret, other, form) -> {
          String good = StripeSignature.sign(secret, time, bytes(body));
          return switch (form) {
            case 0, 1 -> "t=" + time + ",v1=" + good;
            case 2 -> "v1=" + other + ",v0=" + good + ",t=" + time + ",v1=" + good;
            case 3 -> "t=" + time + ",v1=" + other + ",v1=" + good;
            case 4 -> "t=" + time + ",v0=" + good + ",v1=" + other;
            case 5 -> "t=" + time + ",v0=" + good;
            default -> "t=" + time + ",V1=" + good + ",v1=" + good.toUpperCase(Locale.ROOT) + ",v1=";
          };
        });
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of(BODY, "", "{\"name\":\"Grüner Tee ☕\"}");
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.of(SECRET, "whsec_other");
  }

  private static boolean stripeTakes(String header, String body, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, 300, Clock.fixed(NOW, ZoneOffset.UTC));
    } catch (SignatureVerificationException e) {
      return false;
    }
  }

  private static Verdict verdict(String header, String body, String secret) {
    return StripeSignature.verdict(header, bytes(body), List.of(secret), NOW);
  }

  private static String header(Instant at, String secret, String body) {
    return "t=" + time(at) + ",v1=" + StripeSignature.sign(secret, time(at), bytes(body));
  }

  private static String time(Instant at) {
    return Long.toString(at.getEpochSecond());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
