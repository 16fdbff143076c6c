package waybill.messages;

/** The functions that a queue feeds. One name in every spelling: {@code ReserveStock}, {@code RESERVE_STOCK}, {@code reserve-stock}. */
public enum Verb {
  RESERVE_STOCK, RECORD_PAYMENT, ADVANCE_ORDER, PLAN_FULFILLMENT, ALLOCATE_STOCK, BUY_LABEL, SHIP_STOCK, TRACK_SHIPMENT, NOTIFY_CUSTOMER, RELEASE_STOCK, CANCEL_FULFILLMENT, REFUND_PAYMENT;

  /** The environment name that holds the address of this function's queue. */
  public String queueVariable() {
    return name() + "_QUEUE";
  }

  /** The function's name in the template, in logs and as a class: {@code ReserveStock}. */
  public String functionName() {
    var name = new StringBuilder();
    for (String word : name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }
}
