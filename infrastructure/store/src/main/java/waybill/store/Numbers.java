package waybill.store;

import java.math.BigDecimal;

/**
 * Numbers as DynamoDB keeps them: decimal, at most 38 significant digits, their magnitude below 1e126 and, but for zero, not
 * below 1e-130. Their text is plain and has no needless zeros, so that equal numbers have equal texts.
 */
final class Numbers {
  private static final int MOST_DIGITS = 38;
  private static final int GREATEST_EXPONENT = 125;
  private static final int LEAST_EXPONENT = -130;
  /** So many digits always fit a long. */
  private static final int LONG_DIGITS = 18;

  private Numbers() {}

  /** @throws InvalidItem where it is no number, or none that DynamoDB can keep */
  static String normal(String text) {
    return isNormalInteger(text) ? text : normal(parsed(text));
  }

  static String sum(String one, String other) {
    return normal(new BigDecimal(one).add(new BigDecimal(other)));
  }

  static String difference(String one, String other) {
    return normal(new BigDecimal(one).subtract(new BigDecimal(other)));
  }

  /** Of two normal ones. */
  static int compare(String one, String other) {
    if (isShortInteger(one) && isShortInteger(other)) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    return new BigDecimal(one).compareTo(new BigDecimal(other));
  }

  private static BigDecimal parsed(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new InvalidItem("A value provided cannot be converted into a number");
    }
  }

  private static String normal(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    long exponent = (long) stripped.precision() - stripped.scale() - 1;
    if (exponent > GREATEST_EXPONENT) {
      throw new InvalidItem("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }
    if (exponent < LEAST_EXPONENT) {
      throw new InvalidItem(
          "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }
    if (stripped.precision() > MOST_DIGITS) {
      throw new InvalidItem("DynamoDB only supports precision up to 38 digits");
    }
    return stripped.toPlainString();
  }

  private static boolean isNormalInteger(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - start;
    if (digits == 0 || digits > MOST_DIGITS || text.charAt(start) == '0' && text.length() > 1) {
      return false;
    }
    return hasDigitsOnly(text, start);
  }

  private static boolean isShortInteger(String text) {
    return text.length() <= LONG_DIGITS && hasDigitsOnly(text, text.startsWith("-") ? 1 : 0);
  }

  private static boolean hasDigitsOnly(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
