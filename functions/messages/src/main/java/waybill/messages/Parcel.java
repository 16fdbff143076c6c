package waybill.messages;

import java.util.List;

/**
 * A packed box and what is in it.
 *
 * @param carrier the carrier, if the packer bought the label elsewhere; else null
 * @param trackingNumber the number on that label; null exactly when the carrier is
 * @param lots which lots its units come from; null if none of its products is tracked by lots
 */
public record Parcel(ParcelId id, List<LineQuantity> lines, int weightGrams, int lengthMm, int widthMm, int heightMm,
    String carrier, String trackingNumber, List<LotQuantity> lots) {

  public Parcel {
    lots = LotQuantity.orNull(lots);
  }

  public Parcel(ParcelId id, List<LineQuantity> lines, int weightGrams, int lengthMm, int widthMm, int heightMm,
      String carrier, String trackingNumber) {
    this(id, lines, weightGrams, lengthMm, widthMm, heightMm, carrier, trackingNumber, null);
  }

  /** The same of these lots. */
  public Parcel of(List<LotQuantity> from) {
    return new Parcel(id, lines, weightGrams, lengthMm, widthMm, heightMm, carrier, trackingNumber, from);
  }
}
