/** The stand-in for a carrier: it prices by a table and makes up tracking numbers, so that demos and tests run without an account. */
package waybill.shipping.tablerate;
