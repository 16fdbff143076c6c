/**
 * An order's life. A storefront places it once under its natural key. What was ordered is written once; what deciding about it
 * takes is a small state composed of its axes, {@link waybill.orders.OrderStock}, {@link waybill.orders.OrderMoney},
 * {@link waybill.orders.OrderPacking} and {@link waybill.orders.Cancellation}; each of its parcels is an item of its own, and how
 * far all of them have come is {@link waybill.orders.OrderProgress}. {@code AdvanceOrder} is the arbiter: every message that moves
 * an order goes through it. It alone decides when the order is released, when it is closed for dispatch and when it is cancelled,
 * by its customer or an operator until something is packed, or because stock or money is missing; then it asks for stock to
 * be released and money to be refunded. What needs a person is a {@link waybill.orders.Hold}, derived from the state.
 * {@code ResendDueOrders} sends what was never sent or answered. Other capabilities read {@link waybill.orders.Orders#placed}: what
 * was ordered, and a summary. A line may order a {@link waybill.orders.Kit}: the order counts and prices it whole, and stock and
 * warehouses see its components. Nothing new goes into the order: see {@code infrastructure/decisions/0016-composed-orders.md}.
 */
package waybill.orders;
