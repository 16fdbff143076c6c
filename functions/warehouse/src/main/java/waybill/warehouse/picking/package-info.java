/**
 * How a building picks what its orders are made of. {@link waybill.warehouse.picking.WavePlan} says which orders are picked together and which of
 * them miss their carrier, {@link waybill.warehouse.picking.Batching} which fit on one device, and {@link waybill.warehouse.picking.Walk} in which
 * order a person walks to their bins.
 */
package waybill.warehouse.picking;
