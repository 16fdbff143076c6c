package waybill.inventory;

import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.LotSwapAsked;
import waybill.messages.LocationId;
import waybill.messages.LotHolder;
import waybill.messages.LotNumber;
import waybill.messages.LotSwapId;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Table.Key;

/**
 * What was decided of a swap of lots. It is written together with the allocations and the counters that it changes, or alone if it was refused, and never
 * changes: a request that is received twice is decided once.
 *
 * @param holders the fulfillments whose lots it changes
 * @param refused why nothing was swapped; null if it was
 */
record LotSwap(LotSwapId id, OrderId order, FulfillmentId fulfillment, LocationId location, Sku sku, LotNumber from,
    LotNumber to, List<FulfillmentId> holders, String refused) {

  static LotSwap of(LotSwapAsked asked, String refused) {
    return new LotSwap(asked.swap(), asked.order(), asked.fulfillment(), asked.location(), asked.sku(), asked.from(),
        asked.to(), asked.holders().stream().map(LotHolder::fulfillment).toList(), refused);
  }

  static Key key(LotSwapId id) {
    return new Key(id.value(), "swap");
  }
}
