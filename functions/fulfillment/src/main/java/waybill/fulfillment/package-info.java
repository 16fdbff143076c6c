/**
 * From which locations an order ships, and what was packed. {@code PlanFulfillment} splits a released order over the locations
 * that keep its promise for the least money; each part is a fulfillment, which inventory then allocates or refuses. A refused part is planned again for another
 * location; an allocated one is open, and {@code ListFulfillments} lists it for the packers. {@code GetCartons} proposes boxes for
 * its units ({@code waybill.fulfillment.cartons}). {@code PackFulfillment} records the
 * parcels, which hold exactly the planned units, and sends them to the order, which approves their dispatch; until it has approved,
 * {@code ResendPacked} sends them again. {@code ReportShortage} takes units that a packer does not find from a fulfillment; inventory
 * corrects stock by them, and they are planned elsewhere. What no location has is a fulfillment that is short, for which {@code
 * ResendShortages} has every location looked through again and again; it also has what waits for a packer at a closed location planned
 * elsewhere. {@code SwapLots} records that a packer found another lot than the one that was allocated: inventory decides, and until then nothing is
 * packed. {@code RepackFulfillment} has what was packed taken out of its parcels, if its order and the labels allow that. {@code CancelFulfillment} cancels the fulfillments of a cancelled order, and ensures that
 * none is planned later.
 */
package waybill.fulfillment;
