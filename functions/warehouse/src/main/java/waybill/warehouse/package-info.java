/**
 * The building: where in a location its stock lies. Inventory counts how much there is; a {@link waybill.warehouse.Bin} says where. What a location
 * holds and no bin does is unplaced, at the dock for example, and a location without bins works as if there were no warehouse.
 */
package waybill.warehouse;
