/**
 * Reads the SAM templates: which tables, queues, functions, routes and schedules they declare, with every parameter,
 * condition and name resolved. The embedded cloud, the simulation and the benchmarks start what is read here, so none of
 * them can differ from what is deployed. What the readers do not understand they refuse by name.
 */
package waybill.template;
