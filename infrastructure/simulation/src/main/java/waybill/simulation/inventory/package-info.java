/** Inventory: who counts stock, and what must hold of it. */
package waybill.simulation.inventory;
