package waybill.catalog;

/**
 * Several units of a product that are traded as one: a case, a layer, a pallet.
 *
 * @param gtin the number on it, as it was put; it is not the one of the unit
 * @param units how many of the product are in it
 */
public record Pack(String gtin, int units) {}
