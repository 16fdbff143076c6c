package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import waybill.catalog.Address;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Location;
import waybill.documents.paper.Pdf;
import waybill.documents.paper.Sheet;
import waybill.documents.paper.Zpl;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.shipping.SoldLabels.Sold;

/** The label of the stand-in, read back. */
class LabelSheetTest {
  private static final OrderId ORDER = new OrderId("ord_8wbx56kav7d3kerhkfart51jp5");
  private static final ParcelId PARCEL = ParcelId.of(FulfillmentId.of(ORDER, 1), 1);
  private static final Location FROM = new Location(new LocationId("leipzig"), "Leipzig", new Address(null,
      "Teehaus GmbH", "Ring 1", "Halle 4", "Leipzig", null, "04109", "DE", "+49341555010"), "Europe/Berlin", null, null,
      true,
      new StockPool("default"));

  private static Sheet sheet(Address to, String sscc) {
    var sold = new Sold(PARCEL, ORDER, FROM.id(), new CarrierAccountId("table_rate", "built-in"), "draft-x", "Waybill",
        "standard", "WB123456789012345675", Instant.EPOCH);
    var parcel = new Parcel(PARCEL, List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"), 2)), 1_620, 300,
        200,
        150, null, null);
    return LabelSheet.of(sold, parcel, 2, FROM, "#1042", to, sscc);
  }

  private static Sheet sheet(Address to) {
    return sheet(to, null);
  }

  private static String text(Sheet sheet) throws Exception {
    try (PDDocument pdf = Loader.loadPDF(Pdf.of(List.of(sheet)))) {
      return new PDFTextStripper().getText(pdf);
    }
  }

  private static final Address TO = new Address("Grace Hopper", "Łódź & Söhne", "Hauptstr. 5 ^XZ", "c/o A_B1", "Berlin",
      "BE", "10827", "DE", "+4930555011");

  @Test
  void everyPartOfTheAddressStandsOnItAndNoProduct() throws Exception {
    String text = text(sheet(TO));

    assertThat(text).contains("Grace Hopper", "Łódź & Söhne", "Hauptstr. 5 ^XZ", "c/o A_B1", "10827 Berlin, BE",
        "Germany",
        "+4930555011", "Teehaus GmbH", "Ring 1", "Halle 4", "04109 Leipzig", "Waybill standard", "WB123456789012345675",
        "#1042", "1 of 2", "1.62 kg", PARCEL.value(), "no carrier takes it").doesNotContain("TEA");
  }

  @Test
  void theSameStandsInZplWithEveryFieldEscaped() {
    String zpl = new String(Zpl.of(sheet(TO)), StandardCharsets.UTF_8);

    assertThat(zpl).contains("^FH^FDŁódź & Söhne^FS", "^FH^FDHauptstr. 5 _5EXZ^FS", "^FH^FDc/o A_5FB1^FS",
        "^FH^FD10827 Berlin, BE^FS", "^FH^FDWB123456789012345675^FS").containsOnlyOnce("^XZ");
  }

  @Test
  void itsSsccStandsOnItToo() throws Exception {
    Sheet sheet = sheet(TO, "040123450000000016");

    assertThat(text(sheet)).contains("(00) 040123450000000016", "WB123456789012345675");
    assertThat(new String(Zpl.of(sheet), StandardCharsets.UTF_8)).contains("D^FH^FD(00)040123450000000016^FS");
  }

  @Test
  void theLongestAddressIsWholeAndLeavesTheBarcodeFree() throws Exception {
    String longest = "Donaudampfschifffahrt ".repeat(9).strip();
    Sheet sheet = sheet(
        new Address(longest, longest, longest, longest, "Llanfairpwllgwyngyll".repeat(5), null, "LL61 5UJ",
            "GB", "+44 1248 555010"));

    assertThat(text(sheet).replaceAll("\\s", "").split("Donaudampfschifffahrt", -1)).hasSize(4 * 9 + 1);
    assertThat(sheet.marks()).noneMatch(it -> it instanceof waybill.documents.paper.Mark.Text text
        && text.text().startsWith("Donau") && text.y() > 256);
  }

  @Test
  void aPictureOfItIsThereToLookAt() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "pictures"));
    for (var it : java.util.Map.of("label", TO, "label-kanji", new Address("山田 太郎", "株式会社ティー", "千代田区丸の内 1-1-1",
        null, "千代田区", "東京都", "100-0005", "JP", "+81 3 5555 0100")).entrySet()) {
      try (PDDocument pdf = Loader.loadPDF(Pdf.of(List.of(sheet(it.getValue(), "040123450000000016"))))) {
        Path file = pictures.resolve(it.getKey() + ".png");
        javax.imageio.ImageIO.write(new PDFRenderer(pdf).renderImageWithDPI(0, 203), "png", file.toFile());
        assertThat(file).isNotEmptyFile();
      }
    }
  }
}
