/**
 * EasyPost on this machine: the calls that Waybill makes, answered as docs.easypost.com has them, with faults on demand and signed
 * webhooks. It keeps nothing on disk.
 */
package waybill.local.providers.easypost;
