/** Returns, exchanges and claims: who asks for them and who sees to them, and what must hold of their units and cents. */
package waybill.simulation.returns;
