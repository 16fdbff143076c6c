/** What invokes functions beside the gateway: event source mappings and schedules, and when all of it has come to rest. */
package waybill.local.triggers;
