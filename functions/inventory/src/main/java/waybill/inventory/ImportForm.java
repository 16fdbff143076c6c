package waybill.inventory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;

/**
 * The lines of a file of stock, and what in it breaks a rule whatever the stock is. A cell is taken as it is written: leading zeros stay, and what
 * a spreadsheet has made of a SKU or a number is refused and never guessed.
 *
 * @param lines those that are well-formed
 * @param errors at least one for each of the others
 */
record ImportForm(List<ImportLine> lines, List<LineError> errors) {
  static final int MOST_LINES = 10_000;
  private static final int MAX_QUANTITY = 1_000_000_000;
  private static final int MAX_NOTE = 500;
  private static final int MAX_REFERENCE = 100;
  private static final Set<String> COLUMNS = new LinkedHashSet<>(
      List.of("sku", "location_id", "quantity", "reason", "counted", "counted_at", "note", "lot", "expires_on",
          "reference"));
  private static final Pattern WHOLE = Pattern.compile("([+-]?[0-9]{1,12})(?:[.,](0+))?");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]*[.,][0-9]+");
  private static final Pattern DAMAGED = Pattern
      .compile("[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+|#[A-Z/0!?]+[!?]?|#+");

  static ImportForm read(byte[] file, Instant now) {
    CsvFile csv = CsvFile.read(file, COLUMNS, MOST_LINES);
    var errors = new ArrayList<>(csv.errors());
    var lines = new ArrayList<ImportLine>();
    for (CsvFile.Row row : csv.rows()) {
      var cells = new Cells(row.line(), row.cells(), now, new ArrayList<>());
      ImportLine line = cells.line();
      errors.addAll(cells.errors);
      if (cells.errors.isEmpty()) {
        lines.add(line);
      }
    }
    if (csv.rows().isEmpty() && errors.isEmpty()) {
      errors.add(LineError.of(1, "", "empty", "has columns and no line below them"));
    }
    return new ImportForm(List.copyOf(lines), List.copyOf(errors));
  }

  private record Cells(int number, Map<String, String> cells, Instant now, List<LineError> errors) {

    ImportLine line() {
      Sku sku = parsed("sku", Sku::new, "is a SKU: 1 to 64 letters, digits, dots, dashes or underscores");
      LocationId location = parsed("location_id", LocationId::new, "is the id of a location");
      boolean isCount = cells.containsKey("counted");
      int quantity = 0;
      Integer counted = null;
      if (isCount) {
        counted = (int) whole("counted", 0);
        if (cells.containsKey("quantity")) {
          refuse("quantity", "either_or", "is empty on a line that says what was counted");
        }
      } else if (cells.containsKey("quantity")) {
        quantity = (int) whole("quantity", -MAX_QUANTITY);
        if (quantity == 0 && errors.stream().noneMatch(it -> it.column().equals("quantity"))) {
          refuse("quantity", "out_of_range", "is not zero: units that came, or, negative, that went");
        }
      } else {
        refuse("quantity", "required", "is required, unless the line says what was counted");
      }
      return new ImportLine(number, sku, location, quantity, counted, countedAt(isCount), reason(isCount, quantity),
          text("note", MAX_NOTE),
          new Lot.Named(parsedOrNull("lot", LotNumber::new, LotNumber.RULE),
              parsedOrNull("expires_on", ExpiryDate::new, ExpiryDate.RULE)),
          text("reference", MAX_REFERENCE));
    }

    private <T> T parsed(String column, Function<String, T> type, String rule) {
      if (!cells.containsKey(column)) {
        refuse(column, "required", "is required");
      }
      return parsedOrNull(column, type, rule);
    }

    private <T> T parsedOrNull(String column, Function<String, T> type, String rule) {
      String text = cells.get(column);
      if (text == null) {
        return null;
      }
      try {
        return type.apply(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        if (DAMAGED.matcher(text).matches()) {
          damaged(column, text);
        } else {
          refuse(column, "invalid", rule);
        }
        return null;
      }
    }

    private void damaged(String column, String text) {
      refuse(column, "spreadsheet_damage",
          "%s is what a spreadsheet has made of something else: format the column as text and enter it again"
              .formatted(text.substring(0, Math.min(text.length(), 40))));
    }

    /** {@code 12}, and {@code 12,0} as spreadsheets write it in half of the world. */
    private long whole(String column, int min) {
      String text = cells.get(column);
      Matcher whole = WHOLE.matcher(text);
      if (!whole.matches()) {
        notWhole(column, text);
        return 0;
      }
      if (whole.group(2) != null && whole.group(2).length() == 3) {
        refuse(column, "ambiguous_number", "may be thousands or a fraction: write it without a separator");
        return 0;
      }
      long value = Long.parseLong(whole.group(1));
      if (value < min || value > MAX_QUANTITY) {
        refuse(column, "out_of_range", "is a whole number from %d to %d".formatted(min, MAX_QUANTITY));
        return 0;
      }
      return value;
    }

    private void notWhole(String column, String text) {
      if (DAMAGED.matcher(text).matches()) {
        damaged(column, text);
      } else if (DECIMAL.matcher(text).matches()) {
        refuse(column, "not_whole", "is no whole unit");
      } else {
        refuse(column, "not_a_number", "is a whole number, without separators of thousands");
      }
    }

    private Adjustment.Reason reason(boolean isCount, int quantity) {
      String text = cells.get("reason");
      if (isCount) {
        if (text != null && !text.equalsIgnoreCase(Adjustment.Reason.COUNTED.text())) {
          refuse("reason", "wrong_reason", "is counted, or empty, on a line that says what was counted");
        }
        return Adjustment.Reason.COUNTED;
      }
      if (text == null) {
        refuse("reason", "required", "is required, unless the line says what was counted");
        return null;
      }
      for (Adjustment.Reason it : Adjustment.Reason.values()) {
        if (it.text().equals(text.toLowerCase(Locale.ROOT))) {
          return checked(it, quantity);
        }
      }
      refuse("reason", "unknown_value", "is one of the reasons of an adjustment");
      return null;
    }

    private Adjustment.Reason checked(Adjustment.Reason reason, int quantity) {
      if (reason == Adjustment.Reason.COUNTED) {
        refuse("reason", "wrong_reason",
            "is counted only of what is counted: fill the column counted, and not quantity");
      } else if (reason == Adjustment.Reason.RECALLED) {
        refuse("reason", "wrong_reason", "is not recalled: a lot is recalled everywhere, by an adjustment of its own");
      } else if (quantity != 0 && !reason.allows(quantity)) {
        refuse("quantity", "wrong_sign", reason.rule());
      }
      return reason;
    }

    private Instant countedAt(boolean isCount) {
      String text = cells.get("counted_at");
      if (text == null) {
        return null;
      }
      if (!isCount) {
        refuse("counted_at", "either_or", "is empty on a line that does not say what was counted");
        return null;
      }
      try {
        Instant at = Fields.time(text);
        if (at.isAfter(now)) {
          refuse("counted_at", "in_the_future", "is not in the future");
        }
        return at;
      } catch (IllegalArgumentException | DateTimeException e) {
        refuse("counted_at", "invalid", Fields.TIME_RULE);
        return null;
      }
    }

    private String text(String column, int most) {
      String text = cells.get(column);
      if (text != null && text.codePointCount(0, text.length()) > most) {
        refuse(column, "too_long", "has at most %d characters".formatted(most));
      } else if (text != null && !Fields.isPlain(text)) {
        refuse(column, "control_character", "must not hold control characters");
      }
      return text;
    }

    private void refuse(String column, String code, String detail) {
      errors.add(LineError.of(number, column, code, detail));
    }
  }
}
