/** Orders: what must hold after every write. The other capabilities' invariants read orders here. */
package waybill.simulation.orders;
