/**
 * Whether an address can be delivered to, as far as that follows from its country alone: the postal code and the state, military and
 * boxed addresses, and lines that no label holds. A better form is proposed and never written over what the customer gave.
 */
package waybill.catalog.addresses;
