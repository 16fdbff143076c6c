package waybill.inventory;

import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.ShortageId;
import waybill.messages.ShortageReason;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * Units that a packer did not find, taken off what is on hand, and why. It is written together with the counters, and never changes.
 *
 * @param missing what was reported, per SKU
 * @param corrected how many of them were taken off, per SKU: fewer if others had been given them meanwhile, or if a count had taken
 *     them off before
 * @param doubtful the units that were still counted as free there, per SKU
 * @param actor who reported it, by their token
 */
record Shortage(ShortageId id, OrderId order, FulfillmentId fulfillment, LocationId location, StockPool pool,
    ShortageReason reason, List<SkuQuantity> missing, List<SkuQuantity> corrected, List<SkuQuantity> doubtful,
    String actor) {

  static Shortage of(ShortageReported reported, StockPool pool, List<SkuQuantity> corrected,
      List<SkuQuantity> doubtful) {
    return new Shortage(reported.shortage(), reported.order(), reported.fulfillment(), reported.location(), pool,
        reported.reason(), LineQuantity.bySku(reported.lines()), corrected, doubtful, reported.actor());
  }

  LedgerEntry.Cause cause() {
    return new LedgerEntry.Cause(LedgerEntry.Reason.valueOf(reason.name()), actor, List.of(id.value()), null);
  }
}
