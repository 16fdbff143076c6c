package waybill.messages;

/** So many units of a SKU. */
public record SkuQuantity(Sku sku, int quantity) {}
