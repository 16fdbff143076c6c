package waybill.platform;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import waybill.messages.Money;

/** Money as people read it. */
public final class MoneyText {
  private MoneyText() {}

  /** With as many digits as the currency has, which a format of the language would not follow by itself. */
  public static String of(Money amount, Locale reader) {
    Currency unit = Currency.getInstance(amount.currency());
    int digits = Math.max(0, unit.getDefaultFractionDigits());
    NumberFormat format = NumberFormat.getCurrencyInstance(reader);
    format.setCurrency(unit);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(BigDecimal.valueOf(amount.minorUnits(), digits));
  }
}
