package waybill.warehouse;

import java.time.Instant;
import java.util.List;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

/**
 * Units that go from one place of a location to another. How many the location holds stays as it is.
 *
 * @param from null if they come from the dock, where what was not put away lies
 * @param to null if they go back there
 * @param lines one a product and lot
 * @param held whether they were held in the bin that they leave, or free
 * @param heightMm how high what carries them is, a pallet for example; null if they stand by themselves
 * @param actor who moves them, by their token
 * @param reference what it belongs to, or null
 */
public record BinMove(BinMoveId id, LocationId locationId, BinId from, BinId to, List<Line> lines, boolean held,
    Integer heightMm, Reason reason, String actor, String reference, Instant at) {
  /** What fits one transaction: each line is in up to three items. */
  public static final int MAX_LINES = 30;

  /** Why units are moved. */
  public enum Reason {
    PUTAWAY, MOVED, REPLENISHED, PICKED, PACKED, MISSING, UNDONE, COUNTED
  }

  /** @param expiresOn of the lot, or null */
  public record Line(Sku sku, LotNumber lot, ExpiryDate expiresOn, int quantity) {}

  /** Whether the same is asked for, by whomever and whenever. */
  boolean isSameAs(BinMove other) {
    return at(other.at, other.actor).equals(other);
  }

  private BinMove at(Instant time, String by) {
    return new BinMove(id, locationId, from, to, lines, held, heightMm, reason, by, reference, time);
  }
}
