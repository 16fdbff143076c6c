package waybill.catalog;

import java.util.regex.Pattern;
import waybill.platform.Unusable;

/**
 * A Global Trade Item Number. What is printed with 8, 12 or 13 digits is the number of 14 that has zeros before it, so both are equal.
 *
 * @param value 14 digits, the last of which is the check digit
 */
public record Gtin(String value) {
  static final String RULE = "is a GTIN of 8, 12, 13 or 14 digits with its check digit";
  private static final int DIGITS = 14;
  private static final Pattern PRINTED = Pattern.compile("[0-9]{8}|[0-9]{12,14}");

  /**
   * @throws IllegalArgumentException if it is no number of these lengths
   * @throws Unusable if its last digit is not the check digit of the others
   */
  public Gtin {
    if (!PRINTED.matcher(value).matches()) {
      throw new IllegalArgumentException(RULE);
    }
    if (!hasCheckDigit(value)) {
      throw new Unusable("wrong_check_digit", "its last digit is not the check digit of the others: scan it again");
    }
    value = "0".repeat(DIGITS - value.length()) + value;
  }

  /** By GS1's General Specifications, 7.9: from the right, the digits before the last count three times and once in turn. */
  private static boolean hasCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int weight = (digits.length() - i) % 2 == 0 ? 3 : 1;
      sum += weight * (digits.charAt(i) - '0');
    }
    return sum % 10 == 0;
  }

  static boolean isPrinted(String text) {
    return PRINTED.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
