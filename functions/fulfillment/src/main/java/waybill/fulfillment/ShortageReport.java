package waybill.fulfillment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LotQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.ShortageId;
import waybill.messages.ShortageReason;
import waybill.messages.SkuQuantity;

/**
 * What a packer did not find, an item of its own that is written together with the fulfillment that it takes the units from and with the
 * one that they wait as.
 *
 * @param waitsAs the fulfillment that holds the missing units from now on
 * @param previous the order's report before this one, if stock was not corrected by it yet; else null
 * @param left what was left of the fulfillment
 * @param planned how many units of what is missing the order's fulfillments had, apart from those that no location has, per SKU
 * @param note for people; may be null
 * @param by the subject of the packer's token
 * @param doubtful the units that were still counted as free at its location when stock was corrected, per SKU
 * @param counted whether no packer reports it, but a count that found the location short
 * @param lots which lots the missing units are of; null if none of the products is tracked by lots
 * @param plannedAt when the units were planned elsewhere, or found to be short; null until then
 */
record ShortageReport(ShortageId id, FulfillmentId fulfillmentId, FulfillmentId waitsAs, ShortageId previous,
    LocationId locationId, List<LineQuantity> lines, List<LineQuantity> left, List<SkuQuantity> planned,
    ShortageReason reason, String note, String by, Instant at, List<SkuQuantity> doubtful, Instant plannedAt,
    boolean counted, List<LotQuantity> lots) {

  ShortageReport {
    lots = LotQuantity.orNull(lots);
  }

  /** For how long the order is not sent back to where its units were missing, unless more stock comes there. */
  private static final Duration DOUBTFUL_FOR = Duration.ofDays(1);

  OrderId orderId() {
    return fulfillmentId.order();
  }

  /** Stock was corrected, and its units are planned. @param free what is counted as free at its location all the same */
  ShortageReport planned(List<SkuQuantity> free, Instant now) {
    return new ShortageReport(id, fulfillmentId, waitsAs, previous, locationId, lines, left, planned, reason, note, by,
        at,
        free, now, counted, lots);
  }

  /** The lot of a line's missing units; null if the product is not tracked by lots. */
  LotNumber lot(LineId line) {
    return LotQuantity.orNone(lots).stream().filter(it -> it.lineId().equals(line)).map(LotQuantity::lot).findFirst()
        .orElse(null);
  }

  boolean isPlanned() {
    return plannedAt != null;
  }

  boolean isDoubtful(Instant now) {
    return isPlanned() && now.isBefore(plannedAt.plus(DOUBTFUL_FOR));
  }
}
