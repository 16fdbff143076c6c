package waybill.shipping;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A carrier's number of a parcel. People write them in groups and in small letters: blanks go, letters become capitals. What a scanner
 * reads off a label of USPS begins with 420 and the recipient's ZIP code, which are no part of the number: they go, too.
 */
record TrackingNumber(String value) {
  private static final int MAX_LENGTH = 100;
  /** Routing information, and an Intelligent Mail package barcode of 22 digits. */
  private static final Pattern SCANNED = Pattern.compile("420(?:[0-9]{5}|[0-9]{9})(9[1-5][0-9]{20})");

  TrackingNumber {
    value = withoutZip(value.replaceAll("\\s", "").toUpperCase(Locale.ROOT));
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not a TrackingNumber");
    }
  }

  /** Empty if it can be no tracking number. */
  static Optional<TrackingNumber> parse(String text) {
    try {
      return Optional.of(new TrackingNumber(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String withoutZip(String scanned) {
    Matcher parts = SCANNED.matcher(scanned);
    return parts.matches() && isChecked(parts.group(1)) ? parts.group(1) : scanned;
  }

  /** GS1's check digit: from the right, every other digit counts threefold, and all together are a multiple of ten. */
  private static boolean isChecked(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? digit : 3 * digit;
    }
    return sum % 10 == 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
