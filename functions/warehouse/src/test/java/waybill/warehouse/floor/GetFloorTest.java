package waybill.warehouse.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Sha256;

/** The page for people in the building, as it leaves the function; what it does is shown in a browser. */
class GetFloorTest {
  private static final Map<String, String> POOL = Map.of("ISSUER",
      "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x", "FLOOR_CLIENT", "client", "SIGN_IN_ORIGIN",
      "https://waybill-1.auth.eu-central-1.amazoncognito.com", "FLOOR_SCOPES", "waybill/fulfillment:work");
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern HOLE = Pattern.compile("\\{[0-9]}");
  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern SETTINGS = Pattern
      .compile("<script type=\"application/json\" id=\"settings\">(.*?)</script>");

  private static HttpResponse get(Map<String, String> environment, Map<String, String> query, String language) {
    return new GetFloorHandler(new Ports(environment, InstantSource.system())).answer(new HttpRequest("", "GET",
        "/floor", Map.of(), query, language == null ? Map.of() : Map.of("accept-language", language), new byte[0], "",
        java.util.Set.of(), ""));
  }

  private static String first(Pattern pattern, String page) {
    Matcher found = pattern.matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static String hash(String text) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.hash(text)) + "'";
  }

  @Test
  void thePolicyAllowsThePagesOwnStyleAndScriptAndTheIssuerAndNothingElse() {
    HttpResponse page = get(POOL, Map.of(), null);

    assertThat(page.headers().get("content-security-policy")).isEqualTo("default-src 'none'; script-src "
        + hash(first(SCRIPT, page.body())) + "; style-src " + hash(first(STYLE, page.body()))
        + "; connect-src 'self' https://cognito-idp.eu-central-1.amazonaws.com https://waybill-1.auth.eu-central-1.amazoncognito.com"
        + "; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(page.headers()).containsEntry("cache-control", "no-store").containsEntry("referrer-policy",
        "no-referrer");
  }

  @Test
  void itIsSmallEnoughForAPhoneInASteelHall() {
    String page = get(POOL, Map.of(), "de").body();

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(100_000);
    assertThat(first(SCRIPT, page).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
  }

  @Test
  void itSpeaksTheBrowsersLanguageAndBothSayTheSame() {
    HttpResponse german = get(POOL, Map.of(), "de-AT,de;q=0.9,en;q=0.5");
    HttpResponse english = get(POOL, Map.of(), "nl");

    assertThat(german.headers()).containsEntry("content-language", "de").containsEntry("vary", "Accept-Language");
    assertThat(english.headers()).containsEntry("content-language", "en");
    assertThat(german.body()).contains("<html lang=\"de\">").contains("<title>Lager</title>");
    assertThat(holes(german)).isEqualTo(holes(english));
  }

  /** Each key of the page's words, with what is put into its text. */
  private static Map<String, List<String>> holes(HttpResponse page) {
    var holes = new HashMap<String, List<String>>();
    Json.object(Json.readObject(first(SETTINGS, page.body())).get("words")).forEach((key, text) -> holes.put(key,
        HOLE.matcher(text.toString()).results().map(MatchResult::group).sorted().toList()));
    return holes;
  }

  @Test
  void theIssuersOwnPagesNeedNoOtherAddressAndWithoutAClientItSaysSo() {
    HttpResponse page = get(Map.of("ISSUER", "https://login.example/realm", "FLOOR_SCOPES", "fulfillment:work"),
        Map.of(), null);

    assertThat(page.headers().get("content-security-policy")).contains("connect-src 'self' https://login.example;");
    assertThat(Json.readObject(first(SETTINGS, page.body()))).containsEntry("client", "").containsEntry("scopes",
        "fulfillment:work");
  }

  @Test
  void signingOutEndsThePoolsSessionTooAndLeavesAnotherIssuersAlone() {
    assertThat(Json.readObject(first(SETTINGS, get(POOL, Map.of(), null).body()))).containsEntry("sign_out",
        "https://waybill-1.auth.eu-central-1.amazoncognito.com/logout");
    HttpResponse own = get(Map.of("ISSUER", "https://login.example/realm", "FLOOR_SCOPES", "fulfillment:work"),
        Map.of(), null);
    assertThat(Json.readObject(first(SETTINGS, own.body()))).containsEntry("sign_out", "");
  }

  @Test
  void whatKeepsThePageInThePhoneIsAScriptThatCallsUsAlone() {
    HttpResponse worker = get(POOL, Map.of("part", "worker"), null);

    assertThat(worker.headers()).containsEntry("content-type", "text/javascript; charset=utf-8")
        .containsEntry("content-security-policy", "default-src 'none'; connect-src 'self'");
    assertThat(worker.body()).contains("addEventListener('fetch'");
  }

  @Test
  void theIssuerSendsPeopleBackWithACodeAndWhateverElseIsAskedIsRefused() {
    assertThat(get(POOL, Map.of("code", "abc", "state", "def"), null).status()).isEqualTo(200);
    for (Map<String, String> query : List.of(Map.of("part", "other"), Map.of("token", "abc"))) {
      assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(Problem.class, () -> get(POOL, query, null)))
          .satisfies(it -> assertThat(it.status()).isEqualTo(422));
    }
  }
}
