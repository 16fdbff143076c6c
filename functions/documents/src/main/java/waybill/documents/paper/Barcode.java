package waybill.documents.paper;

import java.util.List;
import uk.org.okapibarcode.backend.Code128;
import uk.org.okapibarcode.backend.HumanReadableLocation;
import uk.org.okapibarcode.backend.Symbol;

/**
 * A text as a Code 128 (ISO/IEC 15417).
 *
 * @param text for people, below the bars
 * @param sscc the 18 digits of a GS1-128 that says AI 00 and these; null for a code that says its text
 * @param width in modules, the least bar's width, with the ten quiet ones that a scanner needs on each side
 * @param bars each where it begins and how wide it is
 */
public record Barcode(String text, String sscc, int width, List<Bar> bars) {
  private static final int QUIET = 10;

  public record Bar(int at, int width) {}

  /** @param text in ASCII */
  public static Barcode of(String text) {
    return of(text, null, text, Symbol.DataType.ECI);
  }

  /** A serial shipping container code as GS1-128, which says so by FNC1 and the application identifier 00. */
  public static Barcode ofSscc(String sscc) {
    return of("(00) " + sscc, sscc, "[00]" + sscc, Symbol.DataType.GS1);
  }

  private static Barcode of(String text, String sscc, String content, Symbol.DataType type) {
    var code = new Code128();
    code.setDataType(type);
    code.setModuleWidth(1);
    code.setHumanReadableLocation(HumanReadableLocation.NONE);
    code.setContent(content);
    return new Barcode(text, sscc, code.getWidth() + 2 * QUIET,
        code.getRectangles().stream().map(it -> new Bar(QUIET + (int) it.x, (int) it.width)).toList());
  }
}
