package waybill.warehouse;

import waybill.messages.LocationId;
import waybill.messages.Sku;

/**
 * A place in a location that holds units: a shelf, a pallet's place, a tote.
 *
 * @param zone which part of the building it is in, or null
 * @param aisle or null
 * @param position how far into the aisle, from 0
 * @param level how high, from 0
 * @param storageType which kind of goods are put away there, for example {@code pallet}
 * @param walkingSequence when somebody who walks the whole building comes by, the least first
 * @param maximumHeightMm how high goods may be, or null if any
 * @param maximumWeightGrams how much it bears, or null if any
 * @param maximumVolumeCm3 or null if any
 * @param maximumUnits or null if any
 * @param locked whether nothing may be put in or taken out
 * @param pickFace of what it always has some for orders to be picked of; null if that is not so
 */
public record Bin(LocationId locationId, BinId bin, Purpose purpose, String zone, String aisle, int position, int level,
    String storageType, int walkingSequence, Integer maximumHeightMm, Integer maximumWeightGrams,
    Integer maximumVolumeCm3, Integer maximumUnits, boolean locked, PickFace pickFace) {

  /**
   * A product that is filled up from the reserve.
   *
   * @param minimum with so many units or fewer that nobody was promised, more are brought
   * @param maximum how many units are in the bin then, at the most
   */
  public record PickFace(Sku sku, int minimum, int maximum) {}

  /** What a bin is for. */
  public enum Purpose {
    /** Orders are picked out of it. */
    PICK,
    /** It holds what does not fit into the bins that orders are picked out of. */
    BULK,
    /** What has arrived and is not put away. */
    RECEIVING,
    /** What nobody may take before somebody has looked at it. */
    QUARANTINE,
    /** It moves, and belongs to one fulfillment at a time. */
    TOTE
  }
}
