package waybill.warehouse;

import java.util.Optional;
import waybill.catalog.Product;
import waybill.messages.LocationId;
import waybill.platform.Refused;

/**
 * What all that lies in a bin amounts to. Each move of the bin writes it, so two that come at once cannot fill a bin beyond what it holds.
 *
 * @param entries how many moves the bin has seen
 */
record BinLoad(LocationId locationId, BinId bin, long units, long grams, long cubicMm, int entries) {
  private static final int CUBIC_MM_A_CM3 = 1_000;

  static BinLoad none(LocationId location, BinId bin) {
    return new BinLoad(location, bin, 0, 0, 0, 0);
  }

  /** With so many units of a product more; a negative number takes them away. What the catalog does not know the size of counts none. */
  BinLoad with(Product product, int quantity) {
    long volume = (long) product.lengthMm() * product.widthMm() * product.heightMm();
    return new BinLoad(locationId, bin, units + quantity, Math.max(0, grams + (long) product.weightGrams() * quantity),
        Math.max(0, cubicMm + volume * quantity), entries);
  }

  BinLoad entered() {
    return new BinLoad(locationId, bin, units, grams, cubicMm, entries + 1);
  }

  /** Why the bin does not hold so much; empty if it does. */
  Optional<Refused> excess(Bin limits) {
    if (exceeds(units, limits.maximumUnits())) {
      return full(limits, "%d units", units, limits.maximumUnits());
    }
    if (exceeds(grams, limits.maximumWeightGrams())) {
      return full(limits, "%d grams", grams, limits.maximumWeightGrams());
    }
    return limits.maximumVolumeCm3() != null && cubicMm > (long) limits.maximumVolumeCm3() * CUBIC_MM_A_CM3
        ? full(limits, "%d cm³", Math.ceilDiv(cubicMm, CUBIC_MM_A_CM3), limits.maximumVolumeCm3())
        : Optional.empty();
  }

  private static boolean exceeds(long value, Integer most) {
    return most != null && value > most;
  }

  private static Optional<Refused> full(Bin limits, String measure, long would, int most) {
    return Optional.of(Refused.conflict("bin_full", "bin %s holds at most %s; this would be %d".formatted(limits.bin(),
        measure.formatted(most), would)).about("maximum", most));
  }

  /** How many units of a product fit in beside what is there, at most so many. */
  int room(Bin limits, Product product, int wanted) {
    long room = wanted;
    if (limits.maximumUnits() != null) {
      room = Math.min(room, limits.maximumUnits() - units);
    }
    if (limits.maximumWeightGrams() != null && product.weightGrams() > 0) {
      room = Math.min(room, (limits.maximumWeightGrams() - grams) / product.weightGrams());
    }
    long volume = (long) product.lengthMm() * product.widthMm() * product.heightMm();
    if (limits.maximumVolumeCm3() != null && volume > 0) {
      room = Math.min(room, ((long) limits.maximumVolumeCm3() * CUBIC_MM_A_CM3 - cubicMm) / volume);
    }
    return (int) Math.max(0, room);
  }
}
