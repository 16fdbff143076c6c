/** EasyPost: the labels of its carriers, their refunds and trackers over HTTP, and its webhooks with the few fields that Waybill uses. */
package waybill.shipping.easypost;
