package waybill.orders;

import java.time.Instant;
import waybill.messages.CancelReason;

/**
 * The end of an order that is not fulfilled. It is final.
 *
 * @param key the idempotency key of the request that asked for it; null where no request did
 */
public record Cancellation(CancelReason reason, Instant at, String key) {}
