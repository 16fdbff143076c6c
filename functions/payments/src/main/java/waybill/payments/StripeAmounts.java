package waybill.payments;

import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.messages.Money;

/**
 * Stripe's amounts of one currency as ISO 4217's minor units. Mostly the two are the same, but Stripe counts some
 * currencies by decimals of its own (docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies" and "Special cases"):
 * ISK and UGX have no decimals by ISO and are written with two by Stripe, so 500 is ISK 5; MGA has two by ISO and none by
 * Stripe. HUF and TWD are special in payouts only.
 *
 * @param currency by ISO 4217, in capitals
 * @param stripeDecimals the decimals of Stripe's amounts
 * @param isoDecimals the decimals of ISO 4217's minor unit
 */
record StripeAmounts(String currency, int stripeDecimals, int isoDecimals) {
  private static final Set<String> ZERO_DECIMAL = Set.of("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW",
      "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
  private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
  /** Stripe charges at most 12 digits; two more leave room for a factor without overflow. */
  private static final long MAX_AMOUNT = 99_999_999_999_999L;
  private static final Pattern CODE = Pattern.compile("[a-z]{3}");

  /** The amounts of a currency as Stripe names it, in small letters; empty if there is no such currency. */
  static Optional<StripeAmounts> in(String currency) {
    if (currency == null || !CODE.matcher(currency).matches()) {
      return Optional.empty();
    }
    String code = currency.toUpperCase(Locale.ROOT);
    try {
      int isoDecimals = Currency.getInstance(code).getDefaultFractionDigits();
      // Gold, test codes and the like have no minor unit.
      return isoDecimals < 0
          ? Optional.empty()
          : Optional.of(new StripeAmounts(code, stripeDecimals(code), isoDecimals));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int stripeDecimals(String code) {
    return ZERO_DECIMAL.contains(code) ? 0 : THREE_DECIMAL.contains(code) ? 3 : 2;
  }

  /** What Stripe's amount is as money; empty if it is negative, absurdly great, or holds a fraction of a minor unit. */
  Optional<Money> money(long amount) {
    if (amount < 0 || amount > MAX_AMOUNT) {
      return Optional.empty();
    }
    if (isoDecimals >= stripeDecimals) {
      return Optional.of(new Money(Math.multiplyExact(amount, powerOfTen(isoDecimals - stripeDecimals)), currency));
    }
    long perMinorUnit = powerOfTen(stripeDecimals - isoDecimals);
    return amount % perMinorUnit == 0 ? Optional.of(new Money(amount / perMinorUnit, currency)) : Optional.empty();
  }

  /** The most that Stripe can write of it. @throws ArithmeticException if it is of another currency */
  long within(Money money) {
    long perStripeUnit = powerOfTen(Math.max(0, isoDecimals - stripeDecimals));
    return amount(new Money(money.minorUnits() - money.minorUnits() % perStripeUnit, money.currency()));
  }

  /** Money as Stripe writes it. @throws ArithmeticException if Stripe cannot write it */
  long amount(Money money) {
    if (!money.currency().equals(currency)) {
      throw new ArithmeticException("it is of another currency");
    }
    long perStripeUnit = powerOfTen(Math.max(0, isoDecimals - stripeDecimals));
    if (money.minorUnits() % perStripeUnit != 0) {
      throw new ArithmeticException("Stripe writes no fraction of its unit");
    }
    return Math.multiplyExact(money.minorUnits() / perStripeUnit,
        powerOfTen(Math.max(0, stripeDecimals - isoDecimals)));
  }

  private static long powerOfTen(int exponent) {
    return exponent == 0 ? 1 : 10 * powerOfTen(exponent - 1);
  }
}
