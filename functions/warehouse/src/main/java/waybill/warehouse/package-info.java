/**
 * The building: where in a location its stock lies. Inventory counts how much there is; a {@link waybill.warehouse.Bin} says where. What a location
 * holds and no bin does is unplaced, at the dock for example, and a location without bins works as if there were no warehouse.
 *
 * <p>{@link waybill.warehouse.BinStock} is the one way by which what lies in bins changes: a {@link waybill.warehouse.BinMove} with its record, what it takes and
 * brings, what the bins amount to and their ledger is one transaction. {@link waybill.warehouse.Putaway} proposes where units go.
 *
 * <p>A bin is counted as a whole, by somebody who is not shown what is expected. What was expected is read from the bin's ledger, of the time of the
 * count; a {@link waybill.warehouse.Count} that differs is counted again by somebody else, reviewed, and booked by inventory as every adjustment is.
 */
package waybill.warehouse;
