/**
 * The page of the people who work in the building, for a phone with a scanner: what they do next, and what became of what they scanned. It has no data of
 * its own: its script calls the API's other routes with their token, as any client does.
 */
package waybill.warehouse.floor;
