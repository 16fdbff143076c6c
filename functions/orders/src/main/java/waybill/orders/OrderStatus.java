package waybill.orders;

/** Whether an order goes on. */
public enum OrderStatus {
  OPEN, COMPLETED, CANCELLED
}
