package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.documents.Invoice.Row;
import waybill.documents.Slip.ShopHead;
import waybill.documents.paper.Barcode;
import waybill.pages.InChromium;
import waybill.platform.HttpResponse;

/** The commercial invoice in a browser, on a screen and on a phone. */
class InvoicePagesTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();

  private static final ShopHead SHOP = new ShopHead("Teehaus am Markt", "#1f5f99", null, "hilfe@teehaus.example",
      List.of());

  @Test
  void theInvoiceOfOneLine() {
    assertThat(faults("invoice",
        List.of(new Row("Black tea, 200 g", List.of("Merchant TEA-200", "GTIN 4006381333931"), "0902400000",
            "India", 2, "0.460 kg", "€30.10"))))
        .isEmpty();
  }

  @Test
  void manyLinesLongWordsAndOtherScripts() {
    assertThat(faults("invoice-many", IntStream.range(0, 40)
        .mapToObj(
            it -> new Row(it % 2 == 0 ? "x".repeat(100) : "日本茶 玉露", List.of("Merchant " + "9".repeat(60)), "0902400000",
                "Saint Vincent & Grenadines", it + 1, "1.000 kg", "KWD 1,234,567.890"))
        .toList())).isEmpty();
  }

  private static List<String> faults(String name, List<Row> rows) {
    HttpResponse page = InvoicePage.of(new Invoice(SHOP, List.of("Speicherweg 12", "04129 Leipzig", "Germany"),
        List.of("Grace Hopper", "Bahnhofstr. 1", "8001 Zürich", "Switzerland"), "par_8wbx56kav7d3kerhkfart51jp5_1_1",
        "#1042",
        "2026-11-30", rows, "€54.71", "€8.32", "€63.03", "DAP Zürich, Incoterms 2020", List.of("EORI DE1234567"),
        "1.250 kg",
        "Ada Byron", true, "NOEEI 30.37(a)", Barcode.of("par_8wbx56kav7d3kerhkfart51jp5_1_1")));
    return CHROMIUM.faultsOf(name, page.status(), page.headers(), page.body());
  }
}
