/**
 * Stock, counted twice: as promised to orders, per SKU and pool, and as it lies on the shelves, per SKU and location. No
 * counter is ever negative, and every unit that moves is written down by the record that moved it: an order's reservation,
 * a fulfillment's allocation, a parcel's shipment, somebody's adjustment. Such a {@link waybill.inventory.Movement} and its
 * counters are written in one transaction on the condition that the record is not there yet, so that a message that comes
 * twice moves stock once and gets the same answer for ever.
 *
 * <p>What is cancelled is released: the record is turned round and its counters are moved back, once, on the condition that the
 * record is still what was read. Where there is none yet a tombstone takes its place, and whoever wants the stock later loses to
 * it. So a release and what it releases may come in any order, at once, and again after weeks.
 *
 * <p>A thousand orders for one SKU would all want the same counter. {@link waybill.inventory.Coalescing} therefore decides a
 * whole batch at once, the earliest order first, and {@link waybill.inventory.Ledger} writes up to ninety orders in a
 * transaction that touches each counter once.
 */
package waybill.inventory;
