/** EasyPost's webhooks: their signature, and the few fields of a tracker event that Waybill uses. It sells no labels here yet. */
package waybill.shipping.easypost;
