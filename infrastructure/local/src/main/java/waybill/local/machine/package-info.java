/** What every part of the cloud stands on: the folder of its data, the clock, loopback, JSON, and the log. */
package waybill.local.machine;
