package waybill.warehouse;

import java.time.Instant;
import java.util.List;
import waybill.messages.LocationId;
import waybill.platform.Table.Key;
import waybill.platform.TimeKey;

/**
 * A move in the ledger of one of its bins.
 *
 * @param number which of the bin's moves it is, from 1
 * @param incoming whether its units came into the bin, or left it
 */
record BinEntry(LocationId locationId, BinId bin, int number, BinMoveId move, boolean incoming,
    List<BinMove.Line> lines, BinMove.Reason reason, Instant at) {

  static String partition(LocationId location, BinId bin) {
    return "entries#" + location + "#" + bin;
  }

  /** Two moves of a bin at the same time are still two. */
  Key key() {
    return new Key(partition(locationId, bin), TimeKey.of(at) + "#" + number);
  }
}
