/** What actors and invariants stand on: the world they live in, items as they are stored, and the steps that records may take. */
package waybill.simulation.world;
