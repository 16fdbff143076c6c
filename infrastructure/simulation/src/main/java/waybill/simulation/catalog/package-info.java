/** The catalog: who sets the shop up, and who changes it. */
package waybill.simulation.catalog;
