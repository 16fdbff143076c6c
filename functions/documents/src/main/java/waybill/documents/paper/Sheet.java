package waybill.documents.paper;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A sheet and what stands on it.
 *
 * @param width in points, of which an inch has 72
 */
public record Sheet(double width, double height, List<Mark> marks) {
  private static final Set<Character.UnicodeScript> LETTERS = EnumSet.of(Character.UnicodeScript.COMMON,
      Character.UnicodeScript.INHERITED, Character.UnicodeScript.LATIN, Character.UnicodeScript.GREEK,
      Character.UnicodeScript.CYRILLIC, Character.UnicodeScript.ARMENIAN, Character.UnicodeScript.GEORGIAN);
  /** Between the lines of a block, in sizes of the font. */
  static final double LEADING = 1.22;
  private static final double STEP = 0.5;

  /** Whether the font draws the text as it is read: it has each of its characters, and none that change their forms beside others. */
  static boolean hasGlyphs(String text) {
    return composed(text).codePoints().allMatch(it -> Character.isBmpCodePoint(it)
        && LETTERS.contains(Character.UnicodeScript.of(it)) && !Character.isISOControl(it)
        && TrueType.SANS.glyph(it) != 0);
  }

  /** A letter and its accent in one character, if there is one. */
  static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  static double width(String text, double size) {
    return hasGlyphs(text)
        ? composed(text).chars().map(it -> TrueType.SANS.width(TrueType.SANS.glyph(it))).sum() * size / 1_000
        : Pixels.of(text).width() * size / Pixels.HEIGHT;
  }

  /**
   * Lines as large as fit into a box; what is too long for one is continued on the next.
   *
   * @param y the box's upper edge
   * @param largest size of the font; it becomes smaller until all of it fits
   */
  public static List<Mark> block(List<String> lines, double x, double y, double width, double height, double largest,
      boolean bold) {
    double size = largest;
    List<String> broken = broken(lines, width, size);
    while (broken.size() * size * LEADING > height && size > STEP) {
      size -= STEP;
      broken = broken(lines, width, size);
    }
    var marks = new ArrayList<Mark>();
    for (int i = 0; i < broken.size(); i++) {
      marks.add(new Mark.Text(x, y + size * (1 + i * LEADING), size, bold, broken.get(i)));
    }
    return marks;
  }

  private static List<String> broken(List<String> lines, double width, double size) {
    var broken = new ArrayList<String>();
    for (String line : lines) {
      String rest = line;
      while (width(rest, size) > width && rest.codePointCount(0, rest.length()) > 1) {
        int end = longest(rest, width, size);
        int blank = rest.lastIndexOf(' ', end);
        int at = blank > 0 ? blank : end;
        broken.add(rest.substring(0, at).strip());
        rest = rest.substring(at).strip();
      }
      broken.add(rest);
    }
    return broken;
  }

  /** How much of a text fits; at least its first character. */
  private static int longest(String text, double width, double size) {
    int fits = text.offsetByCodePoints(0, 1);
    int beyond = text.length();
    while (text.codePointCount(fits, beyond) > 1) {
      int middle = text.offsetByCodePoints(fits, text.codePointCount(fits, beyond) / 2);
      if (width(text.substring(0, middle), size) <= width) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return fits;
  }
}
