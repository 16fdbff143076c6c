/**
 * An order's life. A storefront places it once under its natural key; what was ordered is written once, and what moves is
 * a small state beside it with an axis each for payment, stock, fulfillment and delivery. {@code AdvanceOrder} is the
 * arbiter: every message that moves an order goes through it, it alone decides when the order is released, when it
 * closes itself for dispatch, when it is delivered and when it is cancelled: by its customer or an operator until something
 * is packed, or by itself without stock or money. Then it asks for stock and money to be let go. What needs a person is a
 * {@link waybill.orders.Hold}, derived from the state. {@code ResendDueOrders} brings back what nobody sent or answered. The
 * other capabilities read orders through {@link waybill.orders.Orders}.
 */
package waybill.orders;
