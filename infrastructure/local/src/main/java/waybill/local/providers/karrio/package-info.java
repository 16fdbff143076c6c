/**
 * A Karrio server on this machine: the calls that Waybill makes, answered as the server 2026.1.32 answers them, with faults on demand and
 * its webhooks. It keeps nothing on disk.
 */
package waybill.local.providers.karrio;
