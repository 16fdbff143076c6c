package waybill.documents.paper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Bidi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * A line of text as a picture, for scripts that {@link TrueType} and the printers' own fonts lack: GNU Unifont has a glyph of 16 pixels for
 * every character of Unicode's first plane. A character beyond that plane is written as its number, so that it is seen that something is there.
 *
 * @param rows from the top, each a row's bytes with the leftmost pixel in the greatest bit
 */
record Pixels(int width, List<byte[]> rows) {
  static final int HEIGHT = 16;
  private static final String GLYPHS = "/waybill/documents/fonts/unifont-15.0.01.hex.gz";

  /** Read from left to right as it is seen: what is written from right to left is turned around. */
  static Pixels of(String text) {
    int[] characters = visual(text).codePoints().flatMap(Pixels::shown).toArray();
    Map<Integer, String> glyphs = glyphs(java.util.Arrays.stream(characters).boxed().collect(Collectors.toSet()));
    int width = java.util.Arrays.stream(characters).map(it -> width(glyphs.get(it))).sum();
    var rows = new ArrayList<byte[]>();
    for (int row = 0; row < HEIGHT; row++) {
      var bytes = new byte[(width + 7) / 8];
      int at = 0;
      for (int character : characters) {
        String glyph = glyphs.get(character);
        int digits = width(glyph) / 4;
        String bits = glyph.substring(row * digits, (row + 1) * digits);
        for (int i = 0; i < digits; i += 2) {
          bytes[at / 8] = (byte) Integer.parseInt(bits.substring(i, i + 2), 16);
          at += 8;
        }
      }
      rows.add(bytes);
    }
    return new Pixels(width, rows);
  }

  private static int width(String glyph) {
    return glyph.length() / HEIGHT * 4;
  }

  private static java.util.stream.IntStream shown(int character) {
    if (Character.isISOControl(character)) {
      return " ".codePoints();
    }
    return Character.isBmpCodePoint(character) && !Character.isSurrogate((char) character)
        ? java.util.stream.IntStream.of(character)
        : "[U+%X]".formatted(character).codePoints();
  }

  private static String visual(String text) {
    var bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    if (bidi.isLeftToRight()) {
      return text;
    }
    var levels = new byte[bidi.getRunCount()];
    var runs = new String[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getRunLevel(i);
      String run = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
      runs[i] = levels[i] % 2 == 1 ? new StringBuilder(run).reverse().toString() : run;
    }
    Bidi.reorderVisually(levels, 0, runs, 0, runs.length);
    return String.join("", runs);
  }

  /** Those of the file that are asked for; what it lacks is its own sign for that. */
  private static Map<Integer, String> glyphs(Set<Integer> wanted) {
    var found = new HashMap<Integer, String>();
    try (var in = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Pixels.class.getResourceAsStream(GLYPHS)), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null && found.size() <= wanted.size(); line = in.readLine()) {
        int character = Integer.parseInt(line.substring(0, 4), 16);
        if (wanted.contains(character) || character == 0xfffd) {
          found.put(character, line.substring(5));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wanted.forEach(it -> found.computeIfAbsent(it, _ -> found.get(0xfffd)));
    return found;
  }
}
