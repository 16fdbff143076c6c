package waybill.orders;

/** What an open order waits for first. */
public enum Awaiting {
  STOCK, PAYMENT, FULFILLMENT, DELIVERY
}
