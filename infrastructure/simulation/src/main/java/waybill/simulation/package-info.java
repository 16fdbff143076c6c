/**
 * Searches for an order of events that breaks a promise. A capability's actors and invariants are in the folder that is named as it;
 * {@code Simulation} joins the actors, {@code Invariants} the invariants.
 */
package waybill.simulation;
