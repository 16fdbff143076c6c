/** The tables that the template declares, of this cloud or elsewhere. */
package waybill.local.tables;
