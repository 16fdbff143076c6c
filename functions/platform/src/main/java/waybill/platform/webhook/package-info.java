/**
 * Webhooks of providers: whose account a request is for, whether its signature is good, what of its body we use, and how it is
 * answered. A provider's package says how it signs and what its events mean; all else is here, once.
 */
package waybill.platform.webhook;
