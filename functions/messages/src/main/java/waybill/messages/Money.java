package waybill.messages;

/**
 * An amount in minor units of a currency by ISO 4217: 1999 of EUR is 19.99 euros, 1999 of JPY is 1999 yen. Amounts of two
 * currencies are neither added nor compared; whoever tries has a fault and gets {@link OtherCurrency}.
 *
 * @param minorUnits may be negative, for example for a discount
 * @param currency three capitals
 */
public record Money(long minorUnits, String currency) implements Comparable<Money> {

  public Money {
    if (!isCode(currency)) {
      throw new IllegalArgumentException("not a currency");
    }
  }

  /** Without a pattern: sums of an order's money make hundreds of amounts. */
  private static boolean isCode(String text) {
    return text != null && text.length() == 3 && isCapital(text.charAt(0)) && isCapital(text.charAt(1))
        && isCapital(text.charAt(2));
  }

  private static boolean isCapital(char it) {
    return it >= 'A' && it <= 'Z';
  }

  /** A fault: amounts of two currencies were added or compared. */
  public static final class OtherCurrency extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    OtherCurrency(Money one, Money other) {
      super("an amount in %s cannot be added to or compared with one in %s".formatted(one.currency, other.currency));
    }
  }

  public static Money zero(String currency) {
    return new Money(0, currency);
  }

  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
  }

  public boolean isZero() {
    return minorUnits == 0;
  }

  public boolean isPositive() {
    return minorUnits > 0;
  }

  public Money max(Money other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Money min(Money other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(Money other) {
    requireSameCurrency(other);
    return Long.compare(minorUnits, other.minorUnits);
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new OtherCurrency(this, other);
    }
  }

  /** For logs and tests: {@code 1999 EUR}. */
  @Override
  public String toString() {
    return minorUnits + " " + currency;
  }
}
