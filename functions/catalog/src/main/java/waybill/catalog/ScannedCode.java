package waybill.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.platform.Unusable;

/**
 * What a scanner has read off a unit, a pack or the label of a pallet: a GTIN alone, or a GS1 element string by sections 3 and 7.8 of GS1's General Specifications,
 * with the group separators that the scanner makes of FNC1, or as it is printed below the bars, with brackets.
 *
 * @param gtin of what was scanned (01), or of what a pallet is made of (02)
 * @param lot (10); null if it says none
 * @param expiresOn (17), or else (15); null if it says none
 * @param count how many of the GTIN it stands for (37); null if it says none
 */
public record ScannedCode(Gtin gtin, LotNumber lot, ExpiryDate expiresOn, Integer count) {
  public static final String RULE = "is a GTIN or a GS1 element string, as a scanner gives it";
  private static final char SEPARATOR = '\u001d';
  private static final int MOST = 1_000_000;
  /** What a scanner may say of the kind of the code before it: ISO/IEC 15424. */
  private static final Pattern SYMBOLOGY = Pattern.compile("^][A-Za-z][0-9A-Za-z]");
  /** With brackets, nothing else says how long it is. */
  private static final Pattern DAY = Pattern.compile("[0-9]{6}");
  private static final Pattern BRACKETED = Pattern.compile("\\(([0-9]{2,4})\\)([^(]+)");
  /** Elements of these first two digits have a length of their own, and no separator behind them: General Specifications, figure 7.8.5-2. */
  private static final Map<String, Integer> LENGTHS = lengths();

  private static Map<String, Integer> lengths() {
    var lengths = new HashMap<>(Map.of("00", 20, "01", 16, "02", 16, "03", 16, "04", 18, "20", 4, "41", 16));
    for (int day = 11; day <= 19; day++) {
      lengths.put("" + day, 8);
    }
    for (int measure = 31; measure <= 36; measure++) {
      lengths.put("" + measure, 10);
    }
    return Map.copyOf(lengths);
  }

  /**
   * @param year the current one, which says of which century a day is
   * @throws Unusable with the reason, if nobody could say what it stands for
   */
  public static ScannedCode read(String scanned, int year) {
    String text = SYMBOLOGY.matcher(scanned.strip()).replaceFirst("");
    if (Gtin.isPrinted(text)) {
      return new ScannedCode(new Gtin(text), null, null, null);
    }
    Map<String, String> elements = text.startsWith("(") ? bracketed(text) : elements(text);
    if (elements.containsKey("01") == elements.containsKey("02")) {
      throw new Unusable("without_gtin", "names no GTIN: one of (01) and (02) is needed");
    }
    String day = elements.getOrDefault("17", elements.get("15"));
    return new ScannedCode(new Gtin(elements.getOrDefault("01", elements.get("02"))), lot(elements.get("10")),
        day == null ? null : day(day, year), count(elements.get("37")));
  }

  private static Map<String, String> bracketed(String text) {
    var elements = new HashMap<String, String>();
    Matcher matcher = BRACKETED.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      add(elements, matcher.group(1), matcher.group(2));
      end = matcher.end();
    }
    return end == text.length() ? elements : malformed();
  }

  private static Map<String, String> elements(String text) {
    var elements = new HashMap<String, String>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == SEPARATOR) {
        at++;
        continue;
      }
      int separator = text.indexOf(SEPARATOR, at);
      int end = separator < 0 ? text.length() : separator;
      String identifier = text.substring(at, Math.min(at + 2, end));
      if (LENGTHS.containsKey(identifier)) {
        int length = LENGTHS.get(identifier);
        end = end - at < length ? malformed() : at + length;
      }
      if (end - at < 3 || !identifier.chars().allMatch(it -> it >= '0' && it <= '9')) {
        return malformed();
      }
      add(elements, identifier, text.substring(at + 2, end));
      at = end;
    }
    return elements;
  }

  /** Only the elements that are read here have identifiers of two digits for certain; of the others nothing is used. */
  private static void add(Map<String, String> elements, String identifier, String value) {
    String before = elements.put(identifier, value);
    if (identifier.matches("0[12]|10|1[57]|37") && before != null && !before.equals(value)) {
      malformed();
    }
  }

  private static LotNumber lot(String text) {
    try {
      return text == null ? null : new LotNumber(text);
    } catch (IllegalArgumentException e) {
      throw new Unusable("invalid_lot", "its lot (10) %s".formatted(LotNumber.RULE));
    }
  }

  /** General Specifications 7.12: of a hundred years, the one that is nearest; and day 00 is the last of its month. */
  private static ExpiryDate day(String text, int year) {
    try {
      if (!DAY.matcher(text).matches()) {
        throw new IllegalArgumentException();
      }
      int digits = Integer.parseInt(text);
      int difference = digits / 10_000 - year % 100;
      int century = year / 100 + (difference >= 51 ? -1 : difference <= -50 ? 1 : 0);
      var month = YearMonth.of(century * 100 + digits / 10_000, digits / 100 % 100);
      LocalDate day = digits % 100 == 0 ? month.atEndOfMonth() : month.atDay(digits % 100);
      return ExpiryDate.of(day);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unusable("invalid_expiry", "its day (17) is none from 2000 on, as YYMMDD");
    }
  }

  private static Integer count(String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,8}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
      throw new Unusable("invalid_count", "its count (37) is a number from 1 to %d".formatted(MOST));
    }
    return Integer.valueOf(text);
  }

  private static <T> T malformed() {
    throw new Unusable("malformed_code", RULE + ": it breaks off, or an element of it is unreadable");
  }
}
