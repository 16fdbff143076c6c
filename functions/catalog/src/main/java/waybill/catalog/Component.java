package waybill.catalog;

import waybill.messages.Sku;

/**
 * What a kit is made of.
 *
 * @param quantity its units in one kit
 * @param priceWeight how much one unit of it weighs in the kit's price, beside the others
 */
public record Component(Sku sku, int quantity, int priceWeight) {}
