package waybill.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
 * @param counts how many of it there were when somebody counted; where nobody did, there are always enough
 */
public record ShippingBox(BoxId id, String name, LocationId locationId, int innerLengthMm, int innerWidthMm,
    int innerHeightMm, int lengthMm, int widthMm, int heightMm, int weightGrams, int maximumWeightGrams, long cost,
    boolean active, List<Counted> counts) {

  public ShippingBox {
    counts = counts == null ? List.of() : counts;
  }

  /** How many of it a location had at a time, each location once. */
  public record Counted(LocationId locationId, int quantity, Instant countedAt) {}

  /** Empty if nobody counted it there. */
  public Optional<Counted> counted(LocationId location) {
    return counts.stream().filter(it -> it.locationId.equals(location)).findFirst();
  }

  /** Whether a location packs into it. */
  public boolean isAt(LocationId location) {
    return active && (locationId == null || locationId.equals(location));
  }
}
