package waybill.shipping.customs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import waybill.catalog.CustomsTerms;
import waybill.catalog.Destination;

/**
 * What is due at the border, as far as it is known before: a duty is a fee, and value added tax is due on it.
 *
 * @param duty in minor units
 * @param tax on the duty, at the destination's normal rate
 * @param paidBy who owes it
 */
public record Duty(String currency, long duty, long tax, PaidBy paidBy) {

  public enum PaidBy {
    RECIPIENT, SHOP
  }

  public long total() {
    return duty + tax;
  }

  /** One line of a consignment. @param hsCode of six digits or more */
  public record Charged(String hsCode) {}

  /**
   * The flat duty of the EU: three euros for each tariff number of a consignment that is worth up to 150 euros. Each parcel is a consignment.
   *
   * @param goods what the consignment is worth, in minor units of the currency
   * @return empty if it is not charged, or if nobody knows it here: above 150 euros, by the tariff, or in another currency
   */
  public static Optional<Duty> of(Destination from, Destination to, List<Charged> lines, long goods, String currency,
      CustomsTerms terms, LocalDate day) {
    if (!Declaring.isNeeded(from, to) || !CustomsArea.isEu(to) || !CustomsRules.takesFlatDuty(day)
        || !currency.equals(CustomsRules.EU_CURRENCY) || goods > CustomsRules.EU_LOW_VALUE_CENTS) {
      return Optional.empty();
    }
    long codes = lines.stream().map(it -> it.hsCode.substring(0, CustomsRules.HS_DIGITS)).distinct().count();
    long duty = codes * CustomsRules.EU_FLAT_DUTY_CENTS;
    return Optional.of(new Duty(currency, duty, tax(duty, to.country()),
        terms.ioss() != null || terms.incoterm() == CustomsTerms.Incoterm.DDP ? PaidBy.SHOP : PaidBy.RECIPIENT));
  }

  private static long tax(long duty, String country) {
    return BigDecimal.valueOf(duty).multiply(CustomsRules.vatRate(country))
        .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** Of several consignments. */
  public Duty plus(Duty other) {
    return new Duty(currency, duty + other.duty, tax + other.tax, paidBy);
  }
}
