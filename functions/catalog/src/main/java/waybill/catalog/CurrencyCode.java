package waybill.catalog;

import java.util.Currency;
import waybill.platform.Unusable;

/** Currencies that goods are sold in: those of ISO 4217 that are in force. */
public final class CurrencyCode {

  private CurrencyCode() {}

  /**
   * @return the same code
   * @throws Unusable if it was withdrawn
   * @throws IllegalArgumentException if there is no such currency, or if it has no minor units, as gold
   */
  public static String checked(String code) {
    Currency currency = Currency.getInstance(code);
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException("gold and the like have no minor units");
    }
    Withdrawn.currency(code).ifPresent(since -> {
      throw new Unusable("withdrawn", "%s was withdrawn on %s".formatted(code, since));
    });
    return currency.getCurrencyCode();
  }
}
