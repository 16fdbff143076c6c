/** What goes wrong with parcels on their way: who reports it, and what must be so of incidents. */
package waybill.simulation.incidents;
