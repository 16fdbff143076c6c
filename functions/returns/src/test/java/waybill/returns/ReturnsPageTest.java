package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Browser.form;
import static waybill.returns.Browser.line;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ReturnMessages.ReturnApproved;
import waybill.platform.Json;
import waybill.returns.Browser.Field;
import waybill.returns.Browser.Page;

/** The page on which a customer asks for returns, and what it refuses. */
class ReturnsPageTest {
  private static final byte[] PNG = Base64.getDecoder().decode(PhotosTest.PNG);

  private final Counter counter = new Counter();
  private final Browser browser = new Browser(counter, "en");

  @BeforeEach
  void isDelivered() {
    counter.isDelivered();
  }

  @AfterEach
  void close() {
    counter.close();
  }

  private List<?> returns() {
    return (List<?>) counter.returns().get("data");
  }

  private Map<String, Object> only() {
    assertThat(returns()).hasSize(1);
    return Json.object(returns().getFirst());
  }

  @Test
  void whatMayComeBackIsOfferedWithItsLastDay() {
    Page page = browser.opens();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<html lang=\"en\">", "<title>Returns and claims · #1042 · Teehaus Online</title>",
        "You can ask for this until 6 December 2026.", "<legend>Assam 200 g</legend>", "How many (at most 2 of 2)",
        "name=\"quantity.line_1\" min=\"0\" max=\"2\" value=\"0\"", "href=\"../" + browser.token() + "\"");
    assertThat(page.headers()).containsEntry("cache-control", "no-store").containsEntry("referrer-policy",
        "no-referrer");
    assertThat(page.headers().get("content-security-policy").toString()).contains("default-src 'none'",
        "form-action 'self'").doesNotContain("unsafe", "script");
    assertThat(page.body()).doesNotContain("<script", "Musterstraße", "c_881", "@example.com</bdi>");
  }

  @Test
  void aCustomerAsksOnceHoweverOftenTheFormIsSentAndFollowsItToTheRefund() {
    Field[] form = form(browser.opens().form(), line(1, "1", "unwanted", "Too strong for me\r\nSorry", PNG),
        line(2, "0", "unknown", ""));

    Page first = browser.sends(form);
    assertThat(first.status()).isEqualTo(303);
    assertThat(first.headers()).containsEntry("location", "returns");
    assertThat(browser.sends(form).status()).isEqualTo(303);

    assertThat(only()).containsEntry("status", "approved").containsEntry("source", "requested");
    assertThat(Json.object(only().get("requested"))).containsEntry("by", "customer");
    Map<String, Object> line = Json.object(((List<?>) only().get("lines")).getFirst());
    assertThat(line).containsEntry("line_id", "line_1").containsEntry("quantity", 1L).containsEntry("reason",
        "unwanted");
    assertThat((List<?>) line.get("photos")).hasSize(1);
    assertThat(counter.album.files()).containsOnlyKeys(
        "photos/" + Counter.ORDER + "/" + ((List<?>) line.get("photos")).getFirst());
    assertThat(counter.sent(ReturnApproved.class)).hasSize(1);

    String id = (String) only().get("id");
    assertThat(browser.opens().body()).contains("<h2>You may send it back</h2>",
        "Please put this number into the parcel: " + id, "1 × Assam 200 g: I do not want it any more (photos: 1)",
        "(at most 1 of 2)").doesNotContain("Too strong");
    counter.count(id, Counter.units(1, 1));
    counter.rest();
    assertThat(browser.opens().body()).contains("<h2>It has arrived</h2>");
    counter.dispose(id, Counter.fate(1, 1, "restocked", "customer"));
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(browser.opens().body()).contains("<h2>Done</h2>");
  }

  @Test
  void whatThePolicyDoesNotPermitByItselfWaitsForAPerson() {
    counter.policy("{\"approves\":false,\"window_days\":14,\"arrival_days\":30}");
    assertThat(browser.sends(form(browser.opens().form(), line(1, "2", "color", ""))).status()).isEqualTo(303);

    assertThat(browser.opens().body()).contains("<h2>We are looking at your request</h2>",
        "2 × Assam 200 g: I do not like the color", "It is coming back already");
  }

  @Test
  void afterTheLastDayItSaysTheDayInWordsAndChangesNothing() {
    String open = browser.opens().form();
    counter.later(Duration.ofDays(15));
    Page page = browser.sends(form(open, line(1, "1", "unwanted", "", PNG)));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("role=\"alert\"", "The last day for returns was 6 December 2026.")
        .doesNotContain("action=\"returns\"");
    assertThat(returns()).isEmpty();
    assertThat(counter.album.files()).as("a photo of what is refused is not kept").isEmpty();
  }

  @Test
  void moreThanWasDeliveredIsRefusedWithWhatWasFilledIn() {
    Page page = browser.sends(form(browser.opens().form(), line(1, "3", "style", "No <b>thank</b> you")));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("Assam 200 g: so many are not there any more.", "value=\"3\"",
        "<option value=\"style\" selected>", "No &lt;b&gt;thank&lt;/b&gt; you</textarea>");
    assertThat(returns()).isEmpty();
  }

  @Test
  void aNoteAsLongAsTheFormTakesItIsTaken() {
    String longest = "a\r\n".repeat(249) + "bb";
    assertThat(browser.sends(form(browser.opens().form(), line(1, "1", "style", longest))).status())
        .as("a browser counts 500 characters").isEqualTo(303);
  }

  @Test
  void whatIsNoPhotoIsRefusedWhateverItIsCalled() {
    byte[] script = "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8);
    Page page = browser.sends(form(browser.opens().form(), line(1, "1", "defective", "", script)));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("Assam 200 g: a file is no photo.");
    var large = new byte[Photo.MOST_BYTES + 1];
    large[0] = (byte) 0xFF;
    assertThat(browser.sends(form(browser.opens().form(), line(1, "1", "defective", "", large))).body())
        .contains("Assam 200 g: a photo has more than 4 MB.");
    byte[][] many = new byte[11][];
    java.util.Arrays.fill(many, PNG);
    assertThat(browser.sends(form(browser.opens().form(), line(1, "1", "defective", "", many))).body())
        .contains("Assam 200 g: at most 10 photos.");
    assertThat(returns()).isEmpty();
    assertThat(counter.album.files()).isEmpty();
  }

  @Test
  void aLineThatIsNotTheOrdersOpensNothing() {
    for (String line : List.of("line_9", "line_1_1", "x", "line_1' or 1=1")) {
      Page page = browser.sends(form(browser.opens().form(), List.of(Field.of("quantity." + line, "1"))));
      assertThat(page.status()).as(line).isEqualTo(422);
      assertThat(page.body()).contains("role=\"alert\"").doesNotContain("line_9", "or 1=1");
      Page exchanged = browser.sends(form(browser.opens().form(),
          List.of(Field.of("quantity." + line, "1"), Field.of("instead." + line, "TEA-200"))));
      assertThat(exchanged.status()).as("exchanged: " + line).isEqualTo(422);
    }
    assertThat(returns()).isEmpty();
  }

  @Test
  void whatIsNotFilledInRightIsSaidByLine() {
    String open = browser.opens().form();
    assertThat(browser.sends(form(open)).body()).contains("Please say of at least one thing");
    assertThat(browser.sends(form(open, line(1, "0", "unknown", ""))).body()).contains("at least one thing");
    assertThat(browser.sends(form(open, line(1, "0", "unknown", "it is broken"))).body())
        .contains("Assam 200 g: please say how many");
    assertThat(browser.sends(form(open, line(1, "-1", "unknown", ""))).body()).contains(": please say how many");
    assertThat(browser.sends(form(open, line(1, "1e2", "unknown", ""))).body()).contains(": please say how many");
    assertThat(browser.sends(form(open, line(1, "1", "godot", ""))).body()).contains("could not be read");
    assertThat(browser.sends(form(open, line(1, "1", "unknown", "x".repeat(501)))).body())
        .contains("the text may have at most 500 characters");
    assertThat(browser.sends(form("mine", line(1, "1", "unknown", ""))).body()).contains("could not be read");
    assertThat(browser.sends(form(open, line(1, "1", "unknown", ""), List.of(Field.of("override_reason", "me"))))
        .status()).isEqualTo(422);
    assertThat(returns()).isEmpty();
  }

  @Test
  void aFormThatWasSentBeforeWithSomethingElseIsAskedForAgain() {
    String open = browser.opens().form();
    assertThat(browser.sends(form(open, line(1, "1", "unknown", ""))).status()).isEqualTo(303);
    Page page = browser.sends(form(open, line(2, "1", "unknown", "")));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("This form was sent before").contains("name=\"quantity.line_2\"");
    assertThat(browser.sends(form(page.form(), line(2, "1", "unknown", ""))).status()).isEqualTo(303);
    assertThat(returns()).hasSize(2);
  }

  @Test
  void onlyTheOrdersOwnLinkOpensIt() {
    String token = browser.token();
    for (String other : List.of(token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"), "x",
        token + "A", Counter.ORDER.value())) {
      Page page = browser.opens(other);
      assertThat(page.status()).as(other).isEqualTo(404);
      assertThat(page.body()).contains("This page does not exist").doesNotContain("Assam");
    }
  }

  @Test
  void beforeItsDeliveryThePageSaysWhyNothingCanComeBack() {
    try (var early = new Counter()) {
      early.leaves();
      assertThat(new Browser(early, "en").opens().body()).contains("It has not been delivered yet.")
          .doesNotContain("action=\"returns\"");
    }
  }

  @Test
  void whatIsNeverTakenBackIsNamedAndRefused() {
    try (var counter = new Counter(it -> it.put("metadata", Map.of("return_class", "hygiene")))) {
      counter.isDelivered();
      var browser = new Browser(counter, "de");
      Page page = browser.opens();
      assertThat(page.body()).contains("Das nehmen wir nie zurück");
      assertThat(page.body().split("action=\"claims\"")[0]).doesNotContain("name=\"quantity.line_1\"");
      assertThat(browser.sends(form(page.form(), line(1, "1", "unwanted", ""))).body())
          .contains("Assam 200 g: Das nehmen wir nie zurück");
      assertThat((List<?>) counter.returns().get("data")).isEmpty();
    }
  }

  @Test
  void aKitComesBackWhole() {
    try (var counter = new Counter()) {
      counter.isDeliveredAsAKit();
      var browser = new Browser(counter, "fr");
      Page page = browser.opens();
      assertThat(page.body()).contains("<legend>Tea set</legend>", "au plus 1 sur 1");
      assertThat(browser.sends(form(page.form(), line(1, "1", "unwanted", ""))).status()).isEqualTo(303);
      assertThat(browser.opens().body()).contains("1 × Tea set: Assam 200 g\u202f: Je n’en veux plus");
    }
  }

  @Test
  void whatIsDamagedIsClaimedOnceWithItsPhotoAlsoIfThePolicyNeverTakesItBack() {
    try (var counter = new Counter(it -> it.put("metadata", Map.of("return_class", "hygiene")))) {
      counter.isDelivered();
      var browser = new Browser(counter, "en");
      var fields = new java.util.ArrayList<>(line(1, "1", "damaged", "a dent", PNG));
      fields.add(Field.of("wish", "replacement"));
      Field[] form = form(browser.opens().form(), fields);
      assertThat(browser.claims(form).status()).isEqualTo(303);
      assertThat(browser.claims(form).status()).isEqualTo(303);

      List<?> claims = (List<?>) counter.returns().get("claims");
      assertThat(claims).hasSize(1);
      Map<String, Object> claim = Json.object(claims.getFirst());
      assertThat(claim).containsEntry("status", "open").containsEntry("wish", "replacement");
      assertThat(Json.object(claim.get("requested"))).containsEntry("by", "customer");
      assertThat(counter.album.files()).hasSize(1);
      assertThat(browser.opens().body()).contains("<h2>We are looking at what you reported</h2>",
          "1 × Assam 200 g: Arrived damaged (photos: 1)").doesNotContain("a dent");
      counter.decideClaim((String) claim.get("id"), "deny");
      assertThat(browser.opens().body()).contains("<h2>We cannot accept what you reported</h2>");
    }
  }

  @Test
  void moreThanCameCannotBeClaimed() {
    Page page = browser.claims(form(browser.opens().form(), line(1, "3", "missing", "", PNG)));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("Assam 200 g: so many are not there any more.", "<details open>", "value=\"3\"");
    assertThat(browser.claims(form(page.form(), List.of(Field.of("quantity.line_9", "1")))).status()).isEqualTo(422);
    assertThat((List<?>) counter.returns().get("claims")).isEmpty();
    assertThat(counter.album.files()).isEmpty();
  }

  @Test
  void aParcelThatNeverArrivedIsClaimedWhole() {
    try (var counter = new Counter()) {
      counter.leaves();
      var browser = new Browser(counter, "en");
      Page page = browser.opens();
      assertThat(page.body()).contains("Parcel DHL JD1", "name=\"quantity.line_1\" value=\"2\"");
      Field[] form = form(page.form(), List.of(Field.of("parcel", Counter.PARCEL.value()),
          Field.of("quantity.line_1", "2"), Field.of("reason.line_1", "never_arrived"),
          Field.of("quantity.line_2", "1"), Field.of("reason.line_2", "never_arrived"),
          Field.of("quantity.line_3", "1"), Field.of("reason.line_3", "never_arrived")));
      assertThat(browser.claims(form).status()).isEqualTo(303);
      assertThat(Json.object(((List<?>) counter.returns().get("claims")).getFirst())).containsEntry("parcel_id",
          Counter.PARCEL.value());
      assertThat(browser.opens().body()).contains("2 × Assam 200 g: Never arrived").doesNotContain("Parcel DHL JD1");
    }
  }

  @Test
  void allLanguagesHaveTheSameWords() throws java.io.IOException {
    var english = keys("en");
    assertThat(keys("de")).isEqualTo(english);
    assertThat(keys("fr")).isEqualTo(english);
    for (ReturnReason it : ReturnReason.values()) {
      assertThat(english).contains("reason." + ReturnsPage.name(it));
    }
    for (Return.Status it : Return.Status.values()) {
      assertThat(english).contains("return." + ReturnsPage.name(it), "return." + ReturnsPage.name(it) + ".text");
    }
    for (ClaimReason it : ClaimReason.values()) {
      assertThat(english).contains("claim.reason." + ReturnsPage.name(it));
    }
    for (Remedy it : Remedy.values()) {
      assertThat(english).contains("claim.resolved." + ReturnsPage.name(it));
    }
    for (RefundTo it : RefundTo.values()) {
      assertThat(english).contains("refund_to." + ReturnsPage.name(it));
    }
    for (Offer.Why it : Offer.Why.values()) {
      assertThat(english).contains("why." + ReturnsPage.name(it));
    }
  }

  private static Set<String> keys(String language) throws java.io.IOException {
    var words = new java.util.Properties();
    try (var in = new java.io.InputStreamReader(
        ReturnsPage.class.getResourceAsStream("words/" + language + ".properties"), StandardCharsets.UTF_8)) {
      words.load(in);
    }
    return new TreeSet<>(words.stringPropertyNames());
  }
}
