package waybill.messages;

import java.util.List;

/**
 * A fulfillment that takes part in a swap of lots.
 *
 * @param lines what it holds
 * @param before the lots that it has been allocated
 * @param after the lots that it is to have instead
 */
public record LotHolder(FulfillmentId fulfillment, List<LineQuantity> lines, List<LotQuantity> before,
    List<LotQuantity> after) {}
