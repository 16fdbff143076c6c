package waybill.inventory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.catalog.Product;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Violation;

/**
 * A lot of a product, wherever units of it lie. It begins with the first of them that come, and its day never changes. A recall is final.
 *
 * @param expiresOn the last day on which it is good; null if the product does not expire
 * @param recalled whether its maker has called it back
 */
record Lot(Sku sku, LotNumber number, ExpiryDate expiresOn, boolean recalled) {

  Lot recall() {
    return new Lot(sku, number, expiresOn, true);
  }

  /** Whether a unit that leaves on that day may be sold: it is not recalled, and good for as long as its product must be. */
  boolean isGood(LocalDate day, int minimumLifeDays) {
    return !recalled && isGoodFor(day, minimumLifeDays);
  }

  private boolean isGoodFor(LocalDate day, int minimumLifeDays) {
    return expiresOn == null || !day.plusDays(minimumLifeDays).isAfter(expiresOn.day());
  }

  /**
   * What a request says of the lot that it is about.
   *
   * @param number null if it names none
   * @param expiresOn null if it names none
   */
  record Named(LotNumber number, ExpiryDate expiresOn) {

    static Named read(Fields fields) {
      return new Named(fields.parsedOrNull("lot", LotNumber::new, LotNumber.RULE),
          fields.parsedOrNull("expires_on", ExpiryDate::new, ExpiryDate.RULE));
    }

    /**
     * Whether a product's units may be said to be of it.
     *
     * @param at the place of the two fields, with a slash at its end
     * @param known the lot of that number, if there is one
     * @param opens whether it may be a new one
     * @param today where it lies, if it must not have expired; else null
     */
    List<Violation> check(String at, Product product, Optional<Lot> known, boolean opens, LocalDate today) {
      var violations = new ArrayList<Violation>();
      if (!product.lotTracked()) {
        if (number != null) {
          violations
              .add(new Violation(at + "lot", "not_lot_tracked", "is named only of a product that is tracked by lots"));
        }
        if (expiresOn != null) {
          violations.add(new Violation(at + "expires_on", "not_lot_tracked",
              "is named only of a lot of a product that expires"));
        }
      } else if (number == null) {
        violations.add(new Violation(at + "lot", "required", "is required, as the product is tracked by lots"));
      } else if (known.isEmpty() && !opens) {
        violations.add(new Violation(at + "lot", "unknown_lot",
            "there is no such lot of the product; a lot begins with units that are received"));
      } else {
        if (today != null && known.isPresent() && known.get().recalled) {
          violations.add(new Violation(at + "lot", "recalled", "the lot is recalled: none of it is for sale again"));
        }
        day(at, product, known, today).ifPresent(violations::add);
      }
      return violations;
    }

    private Optional<Violation> day(String at, Product product, Optional<Lot> known, LocalDate today) {
      if (!product.expires()) {
        return expiresOn == null
            ? Optional.empty()
            : Optional
                .of(new Violation(at + "expires_on", "does_not_expire", "is named only of a product that expires"));
      }
      ExpiryDate own = known.map(Lot::expiresOn).orElse(expiresOn);
      if (own == null) {
        return Optional.of(new Violation(at + "expires_on", "required", "is required of a lot that is new"));
      }
      if (expiresOn != null && !own.equals(expiresOn)) {
        return Optional.of(new Violation(at + "expires_on", "wrong_expiry", "the lot expires on " + own));
      }
      return today != null && own.day().isBefore(today)
          ? Optional.of(new Violation(at + (expiresOn == null ? "lot" : "expires_on"), "expired",
              "expired on %s: what has expired is not received for sale".formatted(own)))
          : Optional.empty();
    }

    /** The lot, if it is new. */
    Optional<Lot> opened(Sku sku, Optional<Lot> known) {
      return number == null || known.isPresent()
          ? Optional.empty()
          : Optional.of(new Lot(sku, number, expiresOn, false));
    }
  }
}
