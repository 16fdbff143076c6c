/**
 * Stock, counted twice: as promised to orders, per SKU and pool, and as it lies on the shelves, per SKU and location. No
 * counter is ever negative, and every unit that moves is in the record that moved it: an order's reservation,
 * a fulfillment's allocation, a parcel's shipment, somebody's adjustment. Such a {@link waybill.inventory.Movement} and its
 * counters are written in one transaction on the condition that the record is not there yet, so that a message that is received
 * twice moves stock once and always gets the same answer.
 *
 * <p>A checkout keeps units for some minutes before there is an order. The order that names such a {@link
 * waybill.inventory.CheckoutReservation} takes it over in one transaction, so that its units are never free in between; what no order names
 * is freed by a sweep.
 *
 * <p>What is cancelled is released: the record becomes a release and its counters are moved back, once, on the condition that the
 * record is still what was read. If there is none yet, a tombstone takes its place, and a later request for the stock is refused by
 * it. So a release and what it releases may arrive in any order, at the same time, and again after weeks.
 *
 * <p>What a packer does not find is taken off what is on hand, allocated and promised in one transaction, by a {@link
 * waybill.inventory.Shortage} that says why. The units that replace it are promised together with their allocation, wherever there
 * are some that nobody was promised.
 *
 * <p>A thousand orders for one SKU would all write the same counter. {@link waybill.inventory.Coalescing} therefore decides a
 * whole batch at once, the earliest order first, and {@link waybill.inventory.Ledger} writes up to ninety orders in a
 * transaction that touches each counter once.
 *
 * <p>What lies at a location may be counted by {@link waybill.inventory.Lot}s, each beside the location and by the same numbers. Allocations
 * take the {@link waybill.inventory.FirstExpired}, packers swap them by a {@link waybill.inventory.LotExchange}, and {@link waybill.inventory.Withdrawals} take what must not be sold any more out of what is for
 * sale.
 *
 * <p>What is to come to a location, by an inbound or by a transfer from another location, is an {@link waybill.inventory.Arrival}: its
 * pool expects it, and orders may be promised it, until it is received. Units in transit are counted by the location that they go to.
 *
 * <p>A work order, an {@link waybill.inventory.Assembly}, makes units of a product out of its components, or takes them apart: each part of it that
 * is completed moves all of their counters in one transaction. It uses up only what is free.
 */
package waybill.inventory;
