package waybill.warehouse.picking;

import waybill.messages.FulfillmentId;

/**
 * What an order puts on a device.
 *
 * @param lines how many lines of it are to be picked
 */
public record Load(FulfillmentId fulfillment, int lines, int grams, int millilitres) {}
