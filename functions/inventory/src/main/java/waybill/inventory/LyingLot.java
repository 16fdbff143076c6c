package waybill.inventory;

import java.time.LocalDate;
import java.util.Optional;
import waybill.catalog.Product;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.platform.Violation;

/**
 * A lot as it lies at a location.
 *
 * @param lot null if nobody knows it
 * @param today at the location
 */
record LyingLot(LotNumber number, Lot lot, Levels there, Product product, LocalDate today) {

  /** Why no unit of it may be given to anybody. @param at the field that names it */
  Optional<Violation> unfit(String at) {
    if (lot == null) {
      return violation(at, "unknown_lot", "there is no such lot of the product");
    }
    if (lot.recalled()) {
      return violation(at, "recalled", "the lot is recalled: none of it leaves");
    }
    if (lot.isGood(today, product.minimumLifeDays())) {
      return Optional.empty();
    }
    return lot.isGood(today, 0)
        ? violation(at, "minimum_life", "expires on %s: the product leaves with at least %d days of use"
            .formatted(lot.expiresOn(), product.minimumLifeDays()))
        : violation(at, "expired", "expired on " + lot.expiresOn());
  }

  /** The same, for somebody who has it on that day. @param arrivesOn null if nobody knows when */
  Optional<Violation> unfit(String at, LocalDate arrivesOn) {
    return unfit(at).or(() -> arrivesOn == null || lot.isGood(arrivesOn, product.minimumLifeDays())
        ? Optional.empty()
        : violation(at, "minimum_life", "expires on %s: the customer has it on %s, with at least %d days of use"
            .formatted(lot.expiresOn(), arrivesOn, product.minimumLifeDays())));
  }

  /** That it has not so many units for this purpose. */
  Violation lacking(String at, int wanted) {
    return there.get(Level.QUARANTINED) > 0
        ? new Violation(at, "quarantined", "%d units are wanted: %d are free here, and %d are quarantined"
            .formatted(wanted, free(), there.get(Level.QUARANTINED)))
        : new Violation(at, "not_free",
            "%d units are wanted: %d are free here, and no others are allocated to what waits for a packer"
                .formatted(wanted, free()));
  }

  long free() {
    return there.available();
  }

  /** Whether more of it is allocated than is there. */
  boolean isShort() {
    return there.get(Level.SHORTFALL) > 0;
  }

  ExpiryDate expiresOn() {
    return lot.expiresOn();
  }

  private static Optional<Violation> violation(String at, String code, String detail) {
    return Optional.of(new Violation(at, code, detail));
  }
}
