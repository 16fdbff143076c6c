package waybill.shipping.carrier;

import waybill.messages.Parcel;

/**
 * The weight that a carrier charges for: the actual one, or what the parcel's volume counts for if that is more, up to the next step.
 *
 * @param cubicCentimetresPerKilogram the carrier's divisor, for example 5000
 * @param stepGrams what weights are rounded up to, for example 500
 */
public record BillableWeight(int cubicCentimetresPerKilogram, int stepGrams) {

  public BillableWeight {
    if (cubicCentimetresPerKilogram < 1 || stepGrams < 1) {
      throw new IllegalArgumentException("a divisor and a step are positive");
    }
  }

  public int grams(Parcel parcel) {
    return grams(parcel.weightGrams(), parcel.lengthMm(), parcel.widthMm(), parcel.heightMm());
  }

  int grams(int weightGrams, int lengthMm, int widthMm, int heightMm) {
    // Cubic millimetres by a divisor in cubic centimetres a kilogram is grams.
    long volume = Math.multiplyExact(Math.multiplyExact((long) lengthMm, widthMm), heightMm);
    long grams = Math.max(weightGrams, Math.ceilDiv(volume, cubicCentimetresPerKilogram));
    return Math.toIntExact(Math.multiplyExact(Math.ceilDiv(grams, stepGrams), stepGrams));
  }
}
