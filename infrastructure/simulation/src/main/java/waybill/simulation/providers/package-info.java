/** The companies that functions call, as far as they are the simulation's own: a carrier, and the way to the local Stripe. */
package waybill.simulation.providers;
