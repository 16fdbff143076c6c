/** The local Stripe: payments, refunds, faults, and the webhooks that report them. */
package waybill.local.providers.stripe;
