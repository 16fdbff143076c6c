/** Fulfillment: who packs. */
package waybill.simulation.fulfillment;
