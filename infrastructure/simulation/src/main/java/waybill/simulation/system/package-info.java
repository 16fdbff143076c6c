/** What concerns all capabilities: customers, visitors, operators and schedules, and what must hold across them. */
package waybill.simulation.system;
