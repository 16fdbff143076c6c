package waybill.catalog;

import waybill.messages.LocationId;

/**
 * A kind of box that orders are packed into.
 *
 * @param locationId where there are such boxes; null for all locations
 * @param innerLengthMm what goods fit into, as its width and height
 * @param lengthMm what the carrier measures, as its width and height
 * @param weightGrams of the empty box with its fill
 * @param maximumWeightGrams of the box, its fill and what is in it
 * @param cost of one, in minor units of the currency that all boxes and parcel prices are in
 * @param active whether it is proposed and packed into
 */
public record ShippingBox(BoxId id, String name, LocationId locationId, int innerLengthMm, int innerWidthMm,
    int innerHeightMm, int lengthMm, int widthMm, int heightMm, int weightGrams, int maximumWeightGrams, long cost,
    boolean active) {

  /** Whether a location packs into it. */
  public boolean isAt(LocationId location) {
    return active && (locationId == null || locationId.equals(location));
  }
}
