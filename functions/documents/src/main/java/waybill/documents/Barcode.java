package waybill.documents;

import java.util.List;
import uk.org.okapibarcode.backend.Code128;
import uk.org.okapibarcode.backend.HumanReadableLocation;

/**
 * A text as a Code 128 (ISO/IEC 15417).
 *
 * @param width in modules, the least bar's width, with the ten quiet ones that a scanner needs on each side
 * @param bars each where it begins and how wide it is
 */
public record Barcode(String text, int width, List<Bar> bars) {
  private static final int QUIET = 10;

  public record Bar(int at, int width) {}

  /** @param text in ASCII */
  static Barcode of(String text) {
    var code = new Code128();
    code.setModuleWidth(1);
    code.setHumanReadableLocation(HumanReadableLocation.NONE);
    code.setContent(text);
    return new Barcode(text, code.getWidth() + 2 * QUIET,
        code.getRectangles().stream().map(it -> new Bar(QUIET + (int) it.x, (int) it.width)).toList());
  }
}
