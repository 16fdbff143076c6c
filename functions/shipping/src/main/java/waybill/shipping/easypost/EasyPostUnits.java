package waybill.shipping.easypost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Our grams and millimetres as EasyPost's ounces and inches. */
final class EasyPostUnits {
  private static final BigDecimal GRAMS_PER_OUNCE = new BigDecimal("28.349523125");
  private static final BigDecimal MILLIMETRES_PER_INCH = new BigDecimal("25.4");

  private EasyPostUnits() {}

  /** Up to the next tenth, never down: half an ounce less may be another price. */
  static BigDecimal ounces(int grams) {
    return BigDecimal.valueOf(grams).divide(GRAMS_PER_OUNCE, 1, RoundingMode.UP);
  }

  /** Up to the next tenth. */
  static BigDecimal inches(int millimetres) {
    return BigDecimal.valueOf(millimetres).divide(MILLIMETRES_PER_INCH, 1, RoundingMode.UP);
  }
}
