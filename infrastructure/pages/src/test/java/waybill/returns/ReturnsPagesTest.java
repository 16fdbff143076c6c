package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.catalog.Color;
import waybill.pages.InChromium;
import waybill.platform.HttpResponse;
import waybill.returns.ReturnsPage.Card;
import waybill.returns.ReturnsPage.Choice;
import waybill.returns.ReturnsPage.Kept;
import waybill.returns.ReturnsPage.Row;
import waybill.shipping.CustomerPage;
import waybill.shipping.PageLanguage;
import waybill.shipping.ShopFront;

/** The customer's page for returns in what is hard for a page: long words, refusals, many lines, nothing at all; driven by keyboard. */
class ReturnsPagesTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();
  private static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsbecher";

  private static ReturnsPage page(String tag, String color, List<String> problems, List<Card> cards, List<Row> rows,
      List<Kept> kept) {
    var language = PageLanguage.of(ReturnsPage.class, tag, null);
    var shop = new ShopFront("Teehaus Online", Color.of(color), null, "hilfe@teehaus.example",
        List.of("Teehaus GmbH, Speicherweg 12, 04129 Leipzig"));
    var reasons = java.util.Arrays.stream(ReturnReason.values()).filter(it -> it != ReturnReason.UNDELIVERED)
        .map(it -> new Choice(ReturnsPage.name(it), language.say("reason." + ReturnsPage.name(it)))).toList();
    return new ReturnsPage(new CustomerPage(language, shop, language.say("title"), "#1042"), "../token",
        "3f0c6a1e-98f1-4f6c-9d0e-2b7f5c1a4e10", problems, cards, rows.isEmpty() ? null : "6. Dezember 2026", rows,
        reasons, kept, refunds(language), claims(rows, language), Map.of(), "6. Dezember 2026");
  }

  private static ReturnsPage.Claims claims(List<Row> rows, PageLanguage language) {
    return new ReturnsPage.Claims(rows.stream().limit(3)
        .map(it -> new Row(it.line(), it.name(), it.ordered(), it.most(), "0", "damaged", "", List.of(), "")).toList(),
        List.of(new Choice("damaged", language.say("claim.reason.damaged"))),
        List.of(new Choice("refund", language.say("wish.refund"))),
        List.of(new ReturnsPage.Gone("par_8wbx56kav7d3kerhkfart51jp5_1_1",
            language.say("gone.parcel", "DHL", "00340434161094042557003404341610940425570034"),
            List.of(new Choice("line_1", "2")))),
        true);
  }

  private static Row row(int number, String name, PageLanguage language) {
    return new Row("line_" + number, name, language.say("row.most", 2, 2), 2, "0", "unknown", "",
        List.of(new Choice("", language.say("instead.money")), new Choice("TEA-200", language.say("instead.same")),
            new Choice("BECHER", LONG)),
        "BECHER");
  }

  private static ReturnsPage.Refunds refunds(PageLanguage language) {
    return new ReturnsPage.Refunds(List.of(
        new Choice("original_payment", language.say("refund_to.original_payment")),
        new Choice("store_credit", language.say("refund_to.store_credit"))), "store_credit", null);
  }

  private static List<String> faults(String name, ReturnsPage page, int status) {
    HttpResponse answer = page.answer(status);
    return CHROMIUM.faultsOf("returns-" + name, answer.status(), answer.headers(), answer.body());
  }

  @Test
  void aFormBesideReturnsThatAreOnTheirWay() {
    var language = PageLanguage.of(ReturnsPage.class, "de", null);
    var approved = new Card(language.say("return.approved"),
        List.of(language.say("return.approved.text", "ret_8wbx56kav7d3kerhkfart51jp5_2", "22. Dezember 2026"),
            language.say("return.exchange"), language.say("return.credit")),
        new Choice("https://example.com/label", language.say("return.label", "DHL")),
        List.of(language.say("return.instead", "1 × " + LONG + ": Die Farbe gefällt mir nicht (Fotos: 2)", LONG)),
        false);
    var expired = new Card(language.say("return.expired"), List.of(language.say("return.expired.text")), null,
        List.of("1 × Assam 200 g"), true);
    assertThat(faults("form", page("de", "#0a7f5c", List.of(), List.of(approved, expired),
        List.of(row(1, "Assam 200 g", language), row(2, LONG, language)),
        List.of(new Kept("Becher (gratis)", 1, language.say("why.excluded")),
            new Kept(LONG, 1_000_000, language.say("why.not_delivered")))),
        200)).isEmpty();
  }

  @Test
  void whatCouldNotBeDoneIsSaidFirst() {
    var language = PageLanguage.of(ReturnsPage.class, "fr", null);
    List<String> faults = faults("refused", page("fr", "#ffe94a",
        List.of(language.say("refused.too_much", LONG), language.say("refused.not_a_photo", "Assam 200 g")), List.of(),
        List.of(row(1, "Assam 200 g", language)), List.of()), 422);
    // The console says of every 422 that it is one.
    assertThat(faults).allMatch(it -> it.contains("status of 422"));
  }

  @Test
  void nothingThatCouldComeBack() {
    var language = PageLanguage.of(ReturnsPage.class, "en", null);
    assertThat(faults("nothing", page("en", "#101010", List.of(), List.of(), List.of(),
        List.of(new Kept("Assam 200 g", 2, language.say("why.window_over", "6 December 2026")))), 200)).isEmpty();
  }

  @Test
  void manyLines() {
    var language = PageLanguage.of(ReturnsPage.class, "en", null);
    assertThat(faults("many", page("en", "#c0392b", List.of(), List.of(), IntStream.rangeClosed(1, 40)
        .mapToObj(it -> row(it, "Tea of the day, number " + it, language)).toList(), List.of()), 200)).isEmpty();
  }
}
