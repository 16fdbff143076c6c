package waybill.documents.paper;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.oned.Code128Reader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn is read back by PDFBox and ZXing, which had no part in drawing it. */
class PaperTest {
  private static final int DPI = 203;

  private static Sheet sheet(Mark... marks) {
    return new Sheet(288, 432, List.of(marks));
  }

  private static Sheet block(String... lines) {
    return new Sheet(288, 432, Sheet.block(List.of(lines), 14, 20, 260, 120, 15, false));
  }

  private static String text(Sheet sheet) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(Pdf.of(List.of(sheet)))) {
      return new PDFTextStripper().getText(pdf);
    }
  }

  static BufferedImage picture(byte[] bytes) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(bytes)) {
      return new PDFRenderer(pdf).renderImageWithDPI(0, DPI, ImageType.RGB);
    }
  }

  private static int ink(BufferedImage picture, int fromY, int toY) {
    int dark = 0;
    for (int y = fromY; y < toY; y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        dark += (picture.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
      }
    }
    return dark;
  }

  private static com.google.zxing.Result scanned(BufferedImage picture) throws Exception {
    int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    LuminanceSource source = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels);
    return new Code128Reader().decode(new BinaryBitmap(new HybridBinarizer(source)),
        Map.of(com.google.zxing.DecodeHintType.TRY_HARDER, true, com.google.zxing.DecodeHintType.ASSUME_GS1, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Łódź Đorđe Müller", "Straße 5 ^ 6 ~ A_B\\1", "Αθήνα 10431", "улица Ленина, 5",
    "São Tomé €5 ₹3 ₺2 ₽1",
    "Ă Ș ț Ő ű Ğ İ ş", "Երևան", "თბილისი", "Nguyễn Thị Ánh", "'\"()<>&%"})
  void aReaderThatHadNoPartInItFindsEachCharacter(String text) throws IOException {
    assertThat(Sheet.hasGlyphs(text)).isTrue();
    assertThat(text(block(text)).strip()).isEqualTo(text);
  }

  @Test
  void aLetterAndItsAccentApartAreDrawnAsOne() throws IOException {
    assertThat(text(block("Mu\u0308ller")).strip()).isEqualTo("Müller");
  }

  /** The font lacks it, or draws it so that nobody can read it. */
  @ParameterizedTest
  @ValueSource(strings = {"東京都千代田区", "서울특별시", "กรุงเทพ", "القاهرة", "תל אביב", "मुंबई", "😀"})
  void whatTheFontLacksIsDrawnAsAPictureAndNeverLeftOut(String text) throws IOException {
    assertThat(Sheet.hasGlyphs(text)).isFalse();
    BufferedImage picture = picture(Pdf.of(List.of(block("A", text, "B"))));

    int line = (int) (15 * Sheet.LEADING * DPI / 72);
    int first = 20 * DPI / 72;
    int height = 15 * DPI / 72;
    assertThat(ink(picture, first + line + line / 5, first + line + height)).isGreaterThan(200);
    assertThat(new String(Zpl.of(block(text)), StandardCharsets.UTF_8)).contains("^GFA,").doesNotContain("^FD");
  }

  @Test
  void aCharacterBeyondTheFirstPlaneIsWrittenAsItsNumber() {
    assertThat(Pixels.of("😀").rows().toArray(byte[][]::new))
        .isDeepEqualTo(Pixels.of("[U+1F600]").rows().toArray(byte[][]::new));
  }

  @Test
  void hebrewIsReadFromTheRight() {
    int alef = Pixels.of("א").width();
    byte[] last = Pixels.of("אב").rows().stream().map(it -> new byte[]{it[it.length - alef / 8]})
        .reduce(new byte[0], PaperTest::joined);
    byte[] alone = Pixels.of("א").rows().stream().map(it -> new byte[]{it[0]}).reduce(new byte[0], PaperTest::joined);
    assertThat(last).isEqualTo(alone);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void longLinesAreContinuedAndStayInTheirBox() throws IOException {
    String word = "Donaudampfschifffahrtsgesellschaft".repeat(6);
    Sheet sheet = block(word, "Hauptstr. 5 ".repeat(16).strip(), "10827 Berlin");

    assertThat(sheet.marks()).allSatisfy(it -> {
      var text = (Mark.Text) it;
      assertThat(Sheet.width(text.text(), text.size())).isLessThanOrEqualTo(260);
      assertThat(text.y()).isLessThanOrEqualTo(140);
    });
    assertThat(text(sheet).replaceAll("\\s", ""))
        .isEqualTo((word + "Hauptstr. 5 ".repeat(16) + "10827 Berlin").replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WB123456789012345678", "1Z999AA10123456784", "JD014600003828392837"})
  void aScannerReadsTheBarcodeOfThePage(String number) throws Exception {
    assertThat(scanned(picture(Pdf.of(List.of(sheet(new Mark.Code(14, 302, 260, 72, Barcode.of(number)))))))
        .getText()).isEqualTo(number);
  }

  /** Case C9; the first codeword behind the start is FNC1, which the reader shows as ]C1. */
  @Test
  void aScannerReadsAnSsccAsGs1() throws Exception {
    Barcode code = Barcode.ofSscc("040123450000000016");

    assertThat(code.text()).isEqualTo("(00) 040123450000000016");
    assertThat(scanned(picture(Pdf.of(List.of(sheet(new Mark.Code(14, 302, 260, 72, code)))))).getText())
        .isEqualTo("]C100040123450000000016");
    assertThat(new String(Zpl.of(sheet(new Mark.Code(14, 302, 260, 72, code))), StandardCharsets.UTF_8))
        .contains("^BCN,203,Y,N,N,D^FH^FD(00)040123450000000016^FS");
  }

  @Test
  void zplEscapesWhatMeansSomethingToThePrinterAndIsUtf8() {
    String zpl = new String(Zpl.of(block("A_B1", "Łódź", "5 ^ 6 ~ 7 \\ 8", "^XZ^XA")), StandardCharsets.UTF_8);

    assertThat(zpl).startsWith("^XA\n^CI28\n^PW812\n^LL1218\n").endsWith("^XZ\n");
    assertThat(zpl).contains("^FH^FDA_5FB1^FS", "^FH^FDŁódź^FS", "^FH^FD5 _5E 6 _7E 7 _5C 8^FS", "^FH^FD_5EXZ_5EXA^FS");
    assertThat(zpl.lines().filter(it -> it.contains("^FD"))).allMatch(it -> it.contains("^FH^FD"));
    assertThat(zpl.chars().filter(it -> it == '^').count()).as("no command out of a text")
        .isEqualTo(5 + 1 + zpl.lines().filter(it -> it.contains("^FD")).count() * 5);
  }

  @Test
  void theSameSheetIsTheSameBytesAndALabelIsSmall() {
    assertThat(Pdf.of(List.of(block("Grace Hopper")))).isEqualTo(Pdf.of(List.of(block("Grace Hopper"))))
        .hasSizeLessThan(40_000);
  }

  @Test
  void eachSheetIsAPage() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(Pdf.of(List.of(block("one"), block("two"))))) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(2);
      assertThat(new PDFTextStripper().getText(pdf).lines().collect(Collectors.toList())).containsExactly("one", "two");
    }
  }
}
