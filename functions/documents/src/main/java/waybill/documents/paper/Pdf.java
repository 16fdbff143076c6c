package waybill.documents.paper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Sheets as a PDF (ISO 32000-1). The glyphs that are used are embedded, with the characters that they stand for, so that the text can be
 * searched and copied. The same sheets are the same bytes.
 */
public final class Pdf {
  /** A dot of the usual label printers, of which an inch has 203: bars of whole dots are printed as they are. */
  private static final double DOT = 72.0 / 203;
  private static final int FONT = 3;

  private final TrueType font = TrueType.SANS;
  private final Map<Integer, Integer> characterOf = new TreeMap<>();
  private final List<byte[]> objects = new ArrayList<>();

  private Pdf() {}

  public static byte[] of(List<Sheet> sheets) {
    return new Pdf().write(sheets);
  }

  private byte[] write(List<Sheet> sheets) {
    var pages = new StringBuilder();
    for (int i = 0; i < FONT; i++) {
      objects.add(null);
    }
    for (Sheet sheet : sheets) {
      int content = stream(content(sheet).getBytes(StandardCharsets.ISO_8859_1));
      pages.append(
          object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Resources<</Font<</F %d 0 R>>>>/Contents %d 0 R>>"
              .formatted(number(sheet.width()), number(sheet.height()), FONT, content)))
          .append(" 0 R ");
    }
    objects.set(0, ascii("<</Type/Catalog/Pages 2 0 R>>"));
    objects.set(1, ascii("<</Type/Pages/Kids[%s]/Count %d>>".formatted(pages.toString().strip(), sheets.size())));
    objects.set(2, ascii(font()));
    return file();
  }

  private String content(Sheet sheet) {
    var content = new StringBuilder();
    for (Mark mark : sheet.marks()) {
      content.append(switch (mark) {
        case Mark.Text it when Sheet.hasGlyphs(it.text()) -> text(it, sheet.height());
        case Mark.Text it -> picture(it, sheet.height());
        case Mark.Code it -> code(it, sheet.height());
        case Mark.Rule it -> box(it.x(), sheet.height() - it.y() - it.thickness(), it.width(), it.thickness());
      });
    }
    return content.toString();
  }

  /** Bold is drawn with a line around each glyph. */
  private String text(Mark.Text text, double height) {
    var glyphs = new StringBuilder();
    Sheet.composed(text.text()).chars().forEach(it -> {
      int glyph = font.glyph(it);
      characterOf.put(glyph, it);
      glyphs.append("%04X".formatted(glyph));
    });
    return "BT /F %s Tf %s %s w 1 0 0 1 %s %s Tm <%s> Tj ET\n".formatted(number(text.size()),
        text.bold() ? "2 Tr" : "0 Tr",
        number(text.size() / 30), number(text.x()), number(height - text.y()), glyphs);
  }

  /** With the text behind it, so that it can be searched and copied. */
  private static String picture(Mark.Text text, double height) {
    Pixels pixels = Pixels.of(text.text());
    var bits = new ByteArrayOutputStream();
    pixels.rows().forEach(bits::writeBytes);
    String hex = HexFormat.of().formatHex(bits.toByteArray());
    double descent = text.size() / 8;
    return "/Span <</ActualText <FEFF%s>>> BDC q %s 0 0 %s %s %s cm BI /W %d /H %d /IM true /D [1 0] /BPC 1 /F /AHx ID %s> EI Q EMC\n"
        .formatted(HexFormat.of().formatHex(text.text().getBytes(StandardCharsets.UTF_16BE)),
            number(pixels.width() * text.size() / Pixels.HEIGHT), number(text.size()), number(text.x()),
            number(height - text.y() - descent), pixels.width(), Pixels.HEIGHT, hex);
  }

  private String code(Mark.Code mark, double height) {
    double module = DOT * Math.max(1, Math.floor(mark.width() / mark.code().width() / DOT));
    double left = mark.x() + (mark.width() - module * mark.code().width()) / 2;
    var bars = new StringBuilder();
    for (Barcode.Bar bar : mark.code().bars()) {
      bars.append(
          box(left + bar.at() * module, height - mark.y() - mark.height(), bar.width() * module, mark.height()));
    }
    double size = 9;
    double text = mark.x() + (mark.width() - Sheet.width(mark.code().text(), size)) / 2;
    return bars
        + text(new Mark.Text(text, mark.y() + mark.height() + size * 1.2, size, false, mark.code().text()), height);
  }

  private static String box(double x, double y, double width, double height) {
    return "%s %s %s %s re f\n".formatted(number(x), number(y), number(width), number(height));
  }

  private String font() {
    int file = stream(font.only(new HashSet<>(characterOf.keySet())));
    int[] box = font.box();
    int descriptor = object(
        "<</Type/FontDescriptor/FontName/WAYBIL+DejaVuSansCondensed/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>"
            .formatted(box[0], box[1], box[2], box[3], font.ascent(), font.descent(), font.ascent(), file));
    var widths = new StringBuilder();
    characterOf.keySet().forEach(it -> widths.append("%d[%d]".formatted(it, font.width(it))));
    int descendant = object(
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/WAYBIL+DejaVuSansCondensed/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[%s]>>"
            .formatted(descriptor, widths));
    return "<</Type/Font/Subtype/Type0/BaseFont/WAYBIL+DejaVuSansCondensed/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        .formatted(descendant, stream(ascii(characters())));
  }

  /** Which character each glyph stands for. */
  private String characters() {
    var map = new StringBuilder(
        """
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange
            """);
    List<Map.Entry<Integer, Integer>> all = List.copyOf(characterOf.entrySet());
    for (int from = 0; from < all.size(); from += 100) {
      List<Map.Entry<Integer, Integer>> some = all.subList(from, Math.min(from + 100, all.size()));
      map.append(some.size()).append(" beginbfchar\n");
      some.forEach(it -> map.append("<%04X> <%04X>\n".formatted(it.getKey(), it.getValue())));
      map.append("endbfchar\n");
    }
    return map.append("endcmap CMapName currentdict /CMap defineresource pop end end\n").toString();
  }

  private int object(String text) {
    objects.add(ascii(text));
    return objects.size();
  }

  private int stream(byte[] bytes) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    var packed = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    var stream = new ByteArrayOutputStream();
    stream.writeBytes(
        ascii("<</Filter/FlateDecode/Length %d/Length1 %d>>\nstream\n".formatted(packed.size(), bytes.length)));
    stream.writeBytes(packed.toByteArray());
    stream.writeBytes(ascii("\nendstream"));
    objects.add(stream.toByteArray());
    return objects.size();
  }

  private byte[] file() {
    var file = new ByteArrayOutputStream();
    file.writeBytes("%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n".getBytes(StandardCharsets.ISO_8859_1));
    var index = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      index.append("%010d 00000 n \n".formatted(file.size()));
      file.writeBytes(ascii("%d 0 obj\n".formatted(i + 1)));
      file.writeBytes(objects.get(i));
      file.writeBytes(ascii("\nendobj\n"));
    }
    int at = file.size();
    file.writeBytes(ascii("xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        .formatted(objects.size() + 1, index, objects.size() + 1, at)));
    return file.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
  }
}
