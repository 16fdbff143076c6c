package waybill.documents.paper;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * A sheet in the language of label printers (ZPL II). Every field is written under {@code ^FH} with all that means something to the printer
 * as its hexadecimal number, and the whole label is UTF-8. Dots are those of the usual printers, 203 an inch.
 */
public final class Zpl {
  private static final double DOTS = 203.0 / 72;
  /** Letters that the printers' font 0 has: Latin with its accents, Greek and Cyrillic. */
  private static final int LAST_OF_LATIN = 0x17f;

  private Zpl() {}

  public static byte[] of(Sheet sheet) {
    var zpl = new StringBuilder(
        "^XA\n^CI28\n^PW%d\n^LL%d\n^LH0,0\n".formatted(dots(sheet.width()), dots(sheet.height())));
    for (Mark mark : sheet.marks()) {
      zpl.append(switch (mark) {
        case Mark.Text it when printers(it.text()) -> text(it);
        case Mark.Text it -> picture(it);
        case Mark.Code it -> code(it);
        case Mark.Rule it -> "^FO%d,%d^GB%d,%d,%d^FS\n".formatted(dots(it.x()), dots(it.y()), dots(it.width()),
            Math.max(1, dots(it.thickness())), Math.max(1, dots(it.thickness())));
      });
    }
    return zpl.append("^XZ\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the printer's own font has it: a character that it lacks, it leaves out. */
  private static boolean printers(String text) {
    return Sheet.composed(text).codePoints()
        .allMatch(it -> it >= ' ' && it <= LAST_OF_LATIN && it != 0x7f || it == 0x20ac
            || it >= 0x2010 && it <= 0x2022 || it >= 0x386 && it <= 0x3ce || it >= 0x400 && it <= 0x45f);
  }

  private static String text(Mark.Text text) {
    String field = "^FO%d,%d^A0N,%d,%d^FH^FD%s^FS\n";
    int size = dots(text.size());
    String once = field.formatted(dots(text.x()), dots(text.y() - text.size() * 0.8), size, size, escaped(text.text()));
    // Printed again a dot beside it, it is bold.
    return text.bold()
        ? once
            + field.formatted(dots(text.x()) + 1, dots(text.y() - text.size() * 0.8), size, size, escaped(text.text()))
        : once;
  }

  private static String picture(Mark.Text text) {
    Pixels pixels = Pixels.of(text.text());
    int scale = Math.max(1, dots(text.size()) / Pixels.HEIGHT);
    int bytes = (pixels.width() * scale + 7) / 8;
    String rows = pixels.rows().stream()
        .map(it -> HexFormat.of().withUpperCase().formatHex(enlarged(it, pixels.width(), scale)))
        .map(it -> it.repeat(scale)).collect(Collectors.joining());
    int total = bytes * Pixels.HEIGHT * scale;
    return "^FO%d,%d^GFA,%d,%d,%d,%s^FS\n".formatted(dots(text.x()), dots(text.y() - text.size() * 0.8), total, total,
        bytes, rows);
  }

  private static byte[] enlarged(byte[] row, int width, int scale) {
    var bytes = new byte[(width * scale + 7) / 8];
    for (int dot = 0; dot < width * scale; dot++) {
      int pixel = dot / scale;
      if ((row[pixel / 8] >> 7 - pixel % 8 & 1) == 1) {
        bytes[dot / 8] |= (byte) (0x80 >> dot % 8);
      }
    }
    return bytes;
  }

  private static String code(Mark.Code mark) {
    Barcode code = mark.code();
    int module = Math.clamp((long) (dots(mark.width()) / code.width()), 1, 10);
    int left = dots(mark.x()) + (dots(mark.width()) - module * code.width()) / 2 + 10 * module;
    return "^FO%d,%d^BY%d^BCN,%d,Y,N,N,%s^FH^FD%s^FS\n".formatted(left, dots(mark.y()), module, dots(mark.height()),
        code.sscc() == null ? "A" : "D", escaped(code.sscc() == null ? code.text() : "(00)" + code.sscc()));
  }

  /** What means something to the printer, and what is no letter, by its number. */
  static String escaped(String text) {
    return Sheet.composed(text).codePoints().mapToObj(it -> switch (it) {
      case '^', '~', '\\', '_' -> "_%02X".formatted(it);
      default -> Character.isISOControl(it) ? " " : Character.toString(it);
    }).collect(Collectors.joining());
  }

  private static int dots(double points) {
    return (int) Math.round(points * DOTS);
  }
}
