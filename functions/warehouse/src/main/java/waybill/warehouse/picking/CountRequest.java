package waybill.warehouse.picking;

import java.time.Instant;
import waybill.messages.LocationId;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.warehouse.BinId;

/**
 * That somebody must count a bin.
 *
 * @param reason what made somebody doubt what is in it
 * @param found how many units a person saw in it who was asked whether it is empty; null if nobody was
 * @param by the subject of the token of whom it comes from
 */
record CountRequest(LocationId locationId, BinId bin, Reason reason, Integer found, String by, Instant at) {

  enum Reason {
    /** A person did not find units that should have been there. */
    SHORT_PICK,
    /** It should have been empty, and was not. */
    NOT_EMPTY
  }

  static Key key(LocationId location, BinId bin) {
    return new Key("counts#" + location, bin.value());
  }

  /** The oldest first. */
  static Listing at(LocationId location) {
    return new Listing(PickingTable.BY_PLACE, "counts#" + location, "", false);
  }
}
