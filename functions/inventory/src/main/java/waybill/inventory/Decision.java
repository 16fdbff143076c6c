package waybill.inventory;

import java.util.List;
import java.util.Map;
import waybill.messages.SkuQuantity;

/**
 * Who of those that want the same stock gets it.
 *
 * @param granted in the order in which they are to be written
 * @param refused with the units that each is short of
 */
record Decision<M>(List<M> granted, Map<M, List<SkuQuantity>> refused) {}
