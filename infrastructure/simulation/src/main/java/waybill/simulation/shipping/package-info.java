/** Shipping: the carrier's side of a parcel, and what must hold of labels. */
package waybill.simulation.shipping;
