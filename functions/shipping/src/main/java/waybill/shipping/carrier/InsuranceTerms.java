package waybill.shipping.carrier;

import java.util.Optional;
import java.util.function.Supplier;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * For how much an account insures its parcels: all for the same amount, or each for what its goods were sold for.
 *
 * @param amount of every parcel, in the smallest unit; null for the value of its goods
 * @param from the least value that is insured; null for any. Only if there is no amount, as {@code upTo}
 * @param upTo the most that a parcel is insured for; null for its value
 */
public record InsuranceTerms(String currency, Long amount, Long from, Long upTo) {

  public InsuranceTerms {
    if (currency == null || !currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("insurance names its currency");
    }
    if (isNone(amount) || isNone(from) || isNone(upTo) || amount != null && (from != null || upTo != null)
        || from != null && upTo != null && from > upTo) {
      throw new IllegalArgumentException(
          "insurance is for an amount, or from one value up to another, and none is zero");
    }
  }

  private static boolean isNone(Long limit) {
    return limit != null && limit <= 0;
  }

  /**
   * For how much a parcel is insured.
   *
   * @param goods what its goods were sold for; asked for only if that counts
   * @return empty if it is worth too little; refused if it was sold in a currency that the account does not insure in
   */
  public Outcome<Optional<Money>> of(Supplier<Money> goods) {
    if (amount != null) {
      return Outcome.of(Optional.of(new Money(amount, currency)));
    }
    Money value = goods.get();
    if (!value.currency().equals(currency)) {
      return Refused.conflict("insurance_currency", "the goods were sold in %s, and the account insures in %s"
          .formatted(value.currency(), currency)).outcome();
    }
    boolean worthIt = value.isPositive() && (from == null || value.minorUnits() >= from);
    return Outcome.of(worthIt
        ? Optional.of(new Money(upTo == null ? value.minorUnits() : Math.min(upTo, value.minorUnits()), currency))
        : Optional.empty());
  }
}
