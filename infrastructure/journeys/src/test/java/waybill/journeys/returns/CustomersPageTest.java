package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;

/** A customer's way from the link in their mail to their money, on the page for returns. */
class CustomersPageTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  /** By its first bytes. */
  private static final String PHOTO = "RIFF0000WEBPVP8 ";

  private final Shop shop = new Shop(CLOUD.get(), "page");
  private final String location = shop.location("leipzig");
  private final String sku = shop.product("tea", location, 9);
  private final Caller browser = new Caller(CLOUD.get().url(), "");
  private String page;

  private String delivered(String reference) {
    String order = shop.paidOrder(reference, sku, 1);
    packed(order);
    shop.scan("delivered", shop.parcels(order).getFirst());
    Matcher link = Pattern.compile("/tracking/[A-Za-z0-9._~-]+").matcher(shop.mails(reference).getFirst().text());
    assertThat(link.find()).isTrue();
    String tracking = opened(link.group());
    Matcher returns = Pattern.compile("href=\"([^\"]+/returns)\"").matcher(tracking);
    assertThat(returns.find()).as("the order's page leads to the page for returns").isTrue();
    page = "/tracking/" + returns.group(1);
    return order;
  }

  /** What other orders are sent instead or again waits at the location, too. */
  private void packed(String order) {
    shop.pack(shop.work(location).stream().filter(it -> it.path("order_id").asText().equals(order)).findFirst()
        .orElseThrow()).expect(200);
    shop.rest();
  }

  private String opened(String path) {
    return browser.send("GET", path, "", Map.of("Accept", "text/html", "Accept-Language", "en")).expect(200).text();
  }

  private static String form(String page) {
    Matcher form = Pattern.compile("name=\"form\" value=\"([^\"]+)\"").matcher(page);
    assertThat(form.find()).isTrue();
    return form.group(1);
  }

  private Answer sent(String form, Map<String, String> fields) {
    return sent(page, form, fields);
  }

  private Answer sent(String page, String form, Map<String, String> fields) {
    var body = new StringBuilder(part("form", form));
    fields.forEach((name, value) -> body.append(part(name, value)));
    return browser.send("POST", page, body.append("--sheet--\r\n").toString(),
        Map.of("Content-Type", "multipart/form-data; boundary=sheet", "Accept-Language", "en"));
  }

  private static String part(String name, String value) {
    return "--sheet\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value);
  }

  @Test
  void fromTheOrdersLinkToTheRefund() {
    String order = delivered("1");
    String form = form(opened(page));
    var fields = Map.of("quantity.line_1", "1", "reason.line_1", "defective", "photos.line_1", PHOTO);
    for (int i = 0; i < 2; i++) {
      assertThat(sent(form, fields).expect(303).headers().firstValue("location")).hasValue("returns");
    }
    shop.rest();
    var returned = shop.operator.get("/orders/" + order + "/returns").expect(200).json();
    assertThat(returned.path("data")).as("a form that is sent twice asks once").hasSize(1);
    String id = returned.at("/data/0/id").asText();
    assertThat(opened(page)).contains("You may send it back", id);
    shop.operator.get("/orders/" + order + "/photos/" + returned.at("/data/0/lines/0/photos/0").asText()).expect(200);

    String at = "{\"location_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]}";
    shop.warehouse.post("/returns/" + id + "/receipts", at.formatted(location, ""), "counted").expect(201);
    shop.warehouse.post("/returns/" + id + "/dispositions", at.formatted(location, ",\"outcome\":\"restocked\""),
        "decided").expect(201);
    shop.rest();
    assertThat(shop.refunds("1")).hasSize(1).allMatch(it -> it.startsWith("succeeded "));
    assertThat(opened(page)).contains("<h2>Done</h2>").doesNotContain("action=\"returns\"");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void afterTheLastDayThePageSaysItAndNothingIsAskedFor() {
    String order = delivered("2");
    String form = form(opened(page));
    shop.pass(Duration.ofDays(20));
    assertThat(sent(form, Map.of("quantity.line_1", "1")).expect(422).text()).contains("role=\"alert\"",
        "The last day for returns was ");
    shop.rest();
    assertThat(shop.operator.get("/orders/" + order + "/returns").expect(200).json().path("data")).isEmpty();
  }

  @Test
  void theSameAgainIsChosenInsteadOfTheMoneyAndSentOnceTheUnitHasCome() {
    String order = delivered("4");
    String open = opened(page);
    assertThat(open).contains("<option value=\"" + sku + "\">The same again", "name=\"refund_to\"");
    sent(form(open), Map.of("quantity.line_1", "1", "instead.line_1", sku, "refund_to", "store_credit")).expect(303);
    shop.rest();
    String id = shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0/id").asText();
    assertThat(opened(page)).contains("we send instead: ");
    String at = "{\"location_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]}";
    shop.warehouse.post("/returns/" + id + "/receipts", at.formatted(location, ""), "counted").expect(201);
    shop.warehouse.post("/returns/" + id + "/dispositions", at.formatted(location, ",\"outcome\":\"restocked\""),
        "decided").expect(201);
    shop.rest();
    var exchange = shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0/exchange");
    String sent = exchange.at("/orders/0/order_id").asText();
    assertThat(shop.operator.get("/orders/" + sent).expect(200).json().path("total").asInt()).isZero();
    packed(sent);
    assertThat(shop.parcels(sent)).hasSize(1);
    assertThat(shop.refunds("4")).isEmpty();
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatCameDamagedIsClaimedAndSentAgain() {
    String order = delivered("3");
    var fields = Map.of("quantity.line_1", "1", "reason.line_1", "damaged", "photos.line_1", PHOTO, "wish",
        "replacement");
    sent(page.replaceFirst("returns$", "claims"), form(opened(page)), fields).expect(303);
    shop.rest();
    String claim = shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/claims/0/id").asText();
    assertThat(opened(page)).contains("We are looking at what you reported");
    shop.operator.post("/claims/" + claim + "/resolution", "{\"remedy\":\"replacement\"}", "again").expect(200);
    shop.rest();
    assertThat(opened(page)).contains("We make it good", "We send it again.");
    assertThat(shop.deadLetters()).isEmpty();
  }
}
