package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.documents.paper.Barcode;
import waybill.documents.Slip.Item;
import waybill.documents.Slip.Sheet;
import waybill.documents.Slip.ShopHead;
import waybill.pages.InChromium;
import waybill.platform.HttpResponse;

/** The packing slip in a browser, on a screen and on a phone. */
class SlipPagesTest {
  @RegisterExtension
  static final InChromium CHROMIUM = new InChromium();

  private static final ShopHead SHOP = new ShopHead("Teehaus am Markt", "#1f5f99", null, "hilfe@teehaus.example",
      List.of("Teehaus am Markt GmbH", "Marktplatz 1, 04109 Leipzig"));

  @Test
  void theSlipOfTwoParcelsOfAGift() {
    assertThat(faults("slip", slip("de", List.of(
        new Sheet("Paket 1 von 2", List.of(new Item("Assam 200 g", "TEA-200", 2, "")), true, "Alles Gute!\nDeine Ada"),
        new Sheet("Paket 2 von 2", List.of(new Item("Becher", "MUG-BLUE", 1, "")), true, null)), false))).isEmpty();
  }

  @Test
  void manyLinesLongNamesAndOtherScripts() {
    List<Item> items = IntStream.range(0, 40).mapToObj(it -> new Item(switch (it % 4) {
      case 0 -> "日本茶 玉露 100グラム";
      case 1 -> "شاي أسود";
      case 2 -> "x".repeat(100);
      default -> "Łódź Đorđe";
    }, "SKU-" + "9".repeat(it), it + 1, "1.234,50 €")).toList();

    assertThat(faults("slip-many", slip("en", List.of(new Sheet(null, items, false, null)), true))).isEmpty();
  }

  private static Slip slip(String language, List<Sheet> sheets, boolean priced) {
    return new Slip(SlipWords.of(language, "en"), SHOP,
        List.of("Grace Hopper", "Hauptstr. 5", "10827 Berlin", "Deutschland"), "#1042", "22. November 2026", "Express",
        sheets, Barcode.of("ful_8wbx56kav7d3kerhkfart51jp5_1"), priced);
  }

  private static List<String> faults(String name, Slip slip) {
    HttpResponse page = SlipPage.of(slip);
    return CHROMIUM.faultsOf(name, page.status(), page.headers(), page.body());
  }
}
