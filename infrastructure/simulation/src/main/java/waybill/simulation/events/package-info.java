/** Events: the feed grows at its end only, and has what storefronts follow. */
package waybill.simulation.events;
