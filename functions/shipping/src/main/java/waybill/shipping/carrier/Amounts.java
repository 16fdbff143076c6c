package waybill.shipping.carrier;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import waybill.messages.Money;

/** The decimals of brokers as money. */
public final class Amounts {
  private static final int MAX_DIGITS = 15;

  private Amounts() {}

  /** Empty if there is no amount, or none of a currency that there is. Parts of the smallest unit are rounded. */
  public static Optional<Money> money(Object amount, Object currency) {
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
}
