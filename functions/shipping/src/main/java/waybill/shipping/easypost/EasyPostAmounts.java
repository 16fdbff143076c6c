package waybill.shipping.easypost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import waybill.messages.Money;

/** EasyPost's decimals as money, and our grams and millimetres as its ounces and inches. */
final class EasyPostAmounts {
  private static final BigDecimal GRAMS_PER_OUNCE = new BigDecimal("28.349523125");
  private static final BigDecimal MILLIMETRES_PER_INCH = new BigDecimal("25.4");
  private static final int MAX_DIGITS = 15;

  private EasyPostAmounts() {}

  /** Empty if there is no amount, or none of a currency that there is. Parts of the smallest unit are rounded. */
  static Optional<Money> money(Object amount, Object currency) {
    try {
      BigDecimal decimal = switch (amount) {
        case String text -> new BigDecimal(text);
        case BigDecimal number -> number;
        case Long number -> BigDecimal.valueOf(number);
        case null, default -> null;
      };
      if (decimal == null || !(currency instanceof String code) || decimal.precision() - decimal.scale() > MAX_DIGITS) {
        return Optional.empty();
      }
      int digits = Currency.getInstance(code).getDefaultFractionDigits();
      return Optional
          .of(new Money(decimal.setScale(digits, RoundingMode.HALF_UP).unscaledValue().longValueExact(), code));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Up to the next tenth, never down: half an ounce less may be another price. */
  static BigDecimal ounces(int grams) {
    return BigDecimal.valueOf(grams).divide(GRAMS_PER_OUNCE, 1, RoundingMode.UP);
  }

  /** Up to the next tenth. */
  static BigDecimal inches(int millimetres) {
    return BigDecimal.valueOf(millimetres).divide(MILLIMETRES_PER_INCH, 1, RoundingMode.UP);
  }
}
