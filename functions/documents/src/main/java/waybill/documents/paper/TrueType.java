package waybill.documents.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** A font in TrueType's format (ISO/IEC 14496-22), as far as a PDF needs it: which glyph a character has, how wide it is, and its outline. */
final class TrueType {
  private static final Set<String> COPIED = Set.of("cvt ", "fpgm", "prep", "hhea", "hmtx", "maxp");
  private static final int THOUSAND = 1_000;

  private final ByteBuffer file;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final int unitsPerEm;
  private final int metrics;
  private final int glyphs;
  private final boolean longOffsets;

  private record Table(int at, int length) {}

  private TrueType(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes);
    int count = file.getShort(4);
    for (int i = 0; i < count; i++) {
      int entry = 12 + 16 * i;
      tables.put(new String(bytes, entry, 4, java.nio.charset.StandardCharsets.US_ASCII),
          new Table(file.getInt(entry + 8), file.getInt(entry + 12)));
    }
    this.unitsPerEm = unsigned(at("head") + 18);
    this.longOffsets = unsigned(at("head") + 50) == 1;
    this.metrics = unsigned(at("hhea") + 34);
    this.glyphs = unsigned(at("maxp") + 4);
  }

  /** DejaVu Sans Condensed: Latin with all its accents, Greek, Cyrillic, Armenian and Georgian. */
  static final TrueType SANS = read("/waybill/documents/fonts/DejaVuSansCondensed.ttf");

  private static TrueType read(String resource) {
    try (InputStream in = TrueType.class.getResourceAsStream(resource)) {
      return new TrueType(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int at(String table) {
    return tables.get(table).at;
  }

  private int unsigned(int offset) {
    return Short.toUnsignedInt(file.getShort(offset));
  }

  /** The character's glyph, by the table for Unicode's first plane; 0 if the font has none. */
  int glyph(int character) {
    int at = characterMap();
    int doubled = unsigned(at + 6);
    int ends = at + 14;
    int starts = ends + doubled + 2;
    for (int i = 0; i < doubled; i += 2) {
      if (character <= unsigned(ends + i)) {
        int start = unsigned(starts + i);
        if (character < start) {
          return 0;
        }
        int delta = unsigned(starts + doubled + i);
        int range = starts + 2 * doubled + i;
        int offset = unsigned(range);
        int glyph = offset == 0 ? character : unsigned(range + offset + 2 * (character - start));
        return glyph == 0 ? 0 : glyph + delta & 0xffff;
      }
    }
    return 0;
  }

  private int characterMap() {
    int cmap = at("cmap");
    for (int i = 0; i < unsigned(cmap + 2); i++) {
      int entry = cmap + 4 + 8 * i;
      int table = cmap + file.getInt(entry + 4);
      if (unsigned(entry) == 3 && unsigned(entry + 2) == 1 && unsigned(table) == 4) {
        return table;
      }
    }
    throw new IllegalStateException("the font has no map of Unicode's characters");
  }

  /** A glyph's width in thousandths of the font's size. */
  int width(int glyph) {
    return thousandths(unsigned(at("hmtx") + 4 * Math.min(glyph, metrics - 1)));
  }

  int ascent() {
    return thousandths(file.getShort(at("hhea") + 4));
  }

  int descent() {
    return thousandths(file.getShort(at("hhea") + 6));
  }

  /** The box that holds every glyph: left, bottom, right, top. */
  int[] box() {
    int head = at("head");
    return new int[]{thousandths(file.getShort(head + 36)), thousandths(file.getShort(head + 38)),
      thousandths(file.getShort(head + 40)), thousandths(file.getShort(head + 42))};
  }

  private int thousandths(int units) {
    return Math.round((float) units * THOUSAND / unitsPerEm);
  }

  /** The font with the outlines of these glyphs alone, each under its own number. */
  byte[] only(Set<Integer> used) {
    NavigableSet<Integer> kept = withParts(used);
    var outlines = new ByteArrayOutputStream();
    ByteBuffer offsets = ByteBuffer.allocate(4 * (glyphs + 1));
    for (int glyph = 0; glyph < glyphs; glyph++) {
      offsets.putInt(outlines.size());
      if (kept.contains(glyph)) {
        outlines.write(file.array(), start(glyph), start(glyph + 1) - start(glyph));
      }
    }
    offsets.putInt(outlines.size());
    var made = new LinkedHashMap<String, byte[]>();
    tables.forEach((name, table) -> {
      if (COPIED.contains(name)) {
        made.put(name, bytes(table));
      }
    });
    ByteBuffer head = ByteBuffer.wrap(bytes(tables.get("head")));
    head.putInt(8, 0).putShort(50, (short) 1);
    made.put("head", head.array());
    made.put("loca", offsets.array());
    made.put("glyf", outlines.toByteArray());
    return file(made);
  }

  /** Of accented letters also the letter and the accent that they are made of. */
  private NavigableSet<Integer> withParts(Set<Integer> used) {
    var all = new TreeSet<>(used);
    all.add(0);
    var open = new TreeSet<>(all);
    while (!open.isEmpty()) {
      int glyph = open.pollFirst();
      int at = start(glyph);
      if (start(glyph + 1) == at || file.getShort(at) >= 0) {
        continue;
      }
      int flags;
      at += 10;
      do {
        flags = unsigned(at);
        int part = unsigned(at + 2);
        if (all.add(part)) {
          open.add(part);
        }
        at += 4 + ((flags & 1) == 0 ? 2 : 4)
            + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
      } while ((flags & 0x20) != 0);
    }
    return all;
  }

  private int start(int glyph) {
    int loca = at("loca");
    return at("glyf") + (longOffsets ? file.getInt(loca + 4 * glyph) : 2 * unsigned(loca + 2 * glyph));
  }

  private byte[] bytes(Table table) {
    return java.util.Arrays.copyOfRange(file.array(), table.at, table.at + table.length);
  }

  private static byte[] file(Map<String, byte[]> tables) {
    int size = 12 + 16 * tables.size() + tables.values().stream().mapToInt(it -> it.length + 3 & ~3).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    int power = Integer.highestOneBit(tables.size());
    out.putInt(0x00010000).putShort((short) tables.size()).putShort((short) (16 * power))
        .putShort((short) Integer.numberOfTrailingZeros(power)).putShort((short) (16 * (tables.size() - power)));
    int at = 12 + 16 * tables.size();
    for (var table : new java.util.TreeMap<>(tables).entrySet()) {
      byte[] bytes = table.getValue();
      out.put(table.getKey().getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(checksum(bytes)).putInt(at)
          .putInt(bytes.length);
      out.put(at, bytes);
      at += bytes.length + 3 & ~3;
    }
    return out.array();
  }

  private static int checksum(byte[] bytes) {
    ByteBuffer padded = ByteBuffer.allocate(bytes.length + 3 & ~3).put(0, bytes);
    int sum = 0;
    while (padded.hasRemaining()) {
      sum += padded.getInt();
    }
    return sum;
  }
}
