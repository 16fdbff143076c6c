/** Payments: Stripe's side of them, and what must hold of money. */
package waybill.simulation.payments;
