/**
 * An order's life. A storefront places it once under its natural key; what was ordered is written once, and what moves is
 * a small state beside it with an axis each for payment, stock, fulfillment and delivery. {@code AdvanceOrder} is the
 * arbiter: every message that moves an order goes through it, it alone decides when the order is released, when it
 * closes itself for dispatch and when it is delivered. The other capabilities read orders through {@link waybill.orders.Orders}.
 */
package waybill.orders;
