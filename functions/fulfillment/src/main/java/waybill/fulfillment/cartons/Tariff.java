package waybill.fulfillment.cartons;

/**
 * What a carrier charges for a parcel: by the greater of its weight and its volume over the divisor, in steps.
 *
 * @param base for each parcel, in minor units
 * @param perStep for each step begun, in minor units
 * @param stepGrams how heavy a step is
 * @param divisor cubic centimetres a kilogram; 0 if only the weight counts
 */
public record Tariff(long base, long perStep, int stepGrams, int divisor) {
  /** A carrier that costs nothing, so that only the boxes do. */
  public static final Tariff NONE = new Tariff(0, 0, 1_000, 0);

  public Tariff {
    if (base < 0 || perStep < 0 || stepGrams < 1 || divisor < 0) {
      throw new IllegalArgumentException("no carrier charges like that");
    }
  }

  /** What a parcel is charged by, in grams, which never is less than it weighs. */
  public long billableGrams(Size outer, int grams) {
    // Cubic millimetres by a divisor in cubic centimetres a kilogram is grams.
    return divisor == 0 ? grams : Math.max(grams, Math.ceilDiv(outer.volume(), divisor));
  }

  public long price(Size outer, int grams) {
    return base + perStep * Math.ceilDiv(billableGrams(outer, grams), stepGrams);
  }

  /** What a box costs with so much in it, until it is at the customer's. */
  long landed(Box box, int goodsGrams) {
    return box.cost() + price(box.outer(), box.emptyGrams() + goodsGrams);
  }
}
