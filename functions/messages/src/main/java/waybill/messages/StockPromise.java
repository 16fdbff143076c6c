package waybill.messages;

import java.time.Instant;

/**
 * What an order was promised of a SKU that was not there.
 *
 * @param units that are still not there
 * @param originally when they were first said to come; null if nobody knew
 * @param now when they are said to come now; null if nobody knows
 */
public record StockPromise(Sku sku, int units, Instant originally, Instant now) {}
