package waybill.inventory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as spreadsheets and programs write it: with commas, semicolons or tabs, with or without a byte order mark, whatever ends its lines. Its first
 * line names its columns.
 *
 * @param rows those that are not empty
 * @param errors what cannot be read
 */
record CsvFile(List<Row> rows, List<LineError> errors) {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String SEPARATORS = ";,\t";
  /** What Excel writes and reads before the columns. */
  private static final Pattern DECLARED = Pattern.compile("(?i)\"?sep=([;,\t])\"?(\r\n|\n|\r)");

  /** @param cells by the names of their columns, without spaces around them; those that are empty are left out */
  record Row(int line, Map<String, String> cells) {}

  /** A file is not what a CSV file is. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient LineError error;

    Unreadable(int line, String code, String detail) {
      super(code, null, false, false);
      this.error = LineError.of(line, "", code, detail);
    }
  }

  /**
   * @param columns those that a file may have
   * @param most so many rows
   */
  static CsvFile read(byte[] file, Set<String> columns, int most) {
    try {
      String text = text(file);
      Matcher declared = DECLARED.matcher(text);
      boolean isDeclared = declared.lookingAt();
      String rest = isDeclared ? text.substring(declared.end()) : text;
      char separator = isDeclared ? declared.group(1).charAt(0) : separator(rest);
      return new Reading(columns, most, isDeclared ? 1 : 0).read(rest, separator);
    } catch (Unreadable e) {
      return new CsvFile(List.of(), List.of(e.error));
    }
  }

  private static String text(byte[] file) {
    int from = 0;
    if (file.length >= 3 && ByteBuffer.wrap(file, 0, 3).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))) {
      from = 3;
    }
    ByteBuffer bytes = ByteBuffer.wrap(file, from, file.length - from);
    CharBuffer text = CharBuffer.allocate(file.length - from);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
    if (result.isError()) {
      int line = 1 + lineEnds(text.flip().toString());
      throw new Unreadable(line, "not_utf8", "is not UTF-8: save the file as \"CSV UTF-8\"");
    }
    return text.flip().toString();
  }

  private static int lineEnds(String text) {
    return (int) text.lines().count() - (text.isEmpty() || text.endsWith("\n") || text.endsWith("\r") ? 0 : 1);
  }

  /** The one that is most often in the first line, outside of quotes. */
  private static char separator(String text) {
    String first = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
    char most = ',';
    for (char it : SEPARATORS.toCharArray()) {
      most = count(first, it) > count(first, most) ? it : most;
    }
    return most;
  }

  private static long count(String text, char sign) {
    return text.chars().filter(it -> it == sign).count();
  }

  /** The columns that were found, and the rows behind them. */
  private static final class Reading {
    private final Set<String> known;
    private final int most;
    private final int skipped;
    private final List<Row> rows = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private List<String> columns = List.of();

    Reading(Set<String> known, int most, int skipped) {
      this.known = known;
      this.most = most;
      this.skipped = skipped;
    }

    CsvFile read(String text, char separator) {
      int next = 1 + skipped;
      try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .allowUnclosedQuote(false).ofCsvRecord(text)) {
        for (Iterator<CsvRecord> records = reader.iterator(); records.hasNext();) {
          CsvRecord it = records.next();
          int line = (int) it.getStartingLineNumber() + skipped;
          next = line + 1 + it.getFields().stream().mapToInt(cell -> lineEnds(cell + "x")).sum();
          record(line, it.getFields().stream().map(String::strip).toList());
        }
      } catch (CsvParseException e) {
        throw new Unreadable(next, "malformed_csv",
            "has a quote that does not end, or text behind a closing quote; a quote within a cell is written twice");
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      if (columns.isEmpty()) {
        throw new Unreadable(1, "empty", "names no columns");
      }
      return new CsvFile(List.copyOf(rows), List.copyOf(errors));
    }

    private void record(int line, List<String> cells) {
      if (cells.stream().allMatch(String::isEmpty)) {
        return;
      }
      if (columns.isEmpty()) {
        columns = cells.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
        checkColumns(line);
      } else if (rows.size() == most) {
        throw new Unreadable(line, "too_many_lines", "a file has at most %d lines: split it".formatted(most));
      } else {
        rows.add(new Row(line, byColumn(line, cells)));
      }
    }

    private void checkColumns(int line) {
      var seen = new LinkedHashSet<String>();
      for (String it : columns) {
        if (it.isEmpty()) {
          continue;
        }
        if (!known.contains(it)) {
          errors.add(LineError.of(line, it, "unknown_column", "is no column: there are " + String.join(", ", known)));
        } else if (!seen.add(it)) {
          errors.add(LineError.of(line, it, "repeated_column", "is named twice"));
        }
      }
    }

    /** Spreadsheets write empty cells behind the last column. */
    private Map<String, String> byColumn(int line, List<String> cells) {
      var byColumn = new LinkedHashMap<String, String>();
      for (int i = 0; i < cells.size(); i++) {
        String column = i < columns.size() ? columns.get(i) : "";
        if (cells.get(i).isEmpty()) {
          continue;
        }
        if (column.isEmpty()) {
          errors.add(LineError.of(line, "", "wrong_count",
              "has text in cell %d, which has no column; a cell that has the separator in it is quoted"
                  .formatted(i + 1)));
        } else {
          byColumn.put(column, cells.get(i));
        }
      }
      return byColumn;
    }
  }
}
