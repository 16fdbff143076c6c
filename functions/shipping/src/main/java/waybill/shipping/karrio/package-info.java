/**
 * Karrio, the open shipping gateway that a merchant runs himself: the labels of his own carrier accounts, their cancellation and trackers
 * over HTTP, and its webhooks with the few fields that Waybill uses.
 */
package waybill.shipping.karrio;
