/** Who sends for carriers, and what must always be so of their visits. */
package waybill.simulation.documents;
