package waybill.messages;

import java.util.Locale;

/**
 * What the feed says about an order, or about the stock of a product. Only what a storefront follows is an event; how far the order is
 * otherwise, it reads from the order. Followers must expect new types.
 */
public enum EventType {
  ORDER_PLACED, ORDER_CONFIRMED, ORDER_PAYMENT_FAILED, ORDER_HELD, ORDER_CANCELLED, ORDER_REFUNDED,
  /** Its lines were changed, or a change of them has failed. */
  ORDER_CHANGED,
  /** It leaves in one parcel with another order of its customer. */
  ORDER_MERGED,
  /** Units of it are not there yet, or the day has moved on which they are to come. */
  ORDER_BACKORDERED,
  /** It has its label. */
  PARCEL_SHIPPED, PARCEL_OUT_FOR_DELIVERY, PARCEL_READY_FOR_PICKUP, PARCEL_DELIVERY_FAILED, PARCEL_RETURNED,
  /** All its parcels are delivered. */
  ORDER_DELIVERED,
  /** Units of it may come back, or its carrier brings them back. */
  RETURN_OPENED,
  /** The shop has paid for their way back: the label can be printed. */
  RETURN_LABELLED,
  /** Their carrier has them. */
  RETURN_IN_TRANSIT,
  /** Their carrier has lost them. */
  RETURN_LOST,
  /** Units of it came back, and were counted. */
  RETURN_RECEIVED,
  /** It is decided what becomes of units that came back, and their money is granted. */
  RETURN_SETTLED,
  /** Goods were sent in advance of units that never came, and a person has decided that the customer owes them. */
  RETURN_CHARGED,
  /** Its customer claims that something is missing, wrong or damaged, or never arrived. */
  CLAIM_OPENED, CLAIM_DENIED,
  /** What was claimed is refunded or sent again. */
  CLAIM_RESOLVED,
  /** A parcel that never arrived, as was claimed, has arrived. */
  CLAIM_PARCEL_FOUND,
  /** Something went wrong with a parcel of it on its way. */
  INCIDENT_OPENED,
  /** That has ended, by itself or by a person's decision. */
  INCIDENT_RESOLVED,
  /** A mail about it came back or was refused, or its reader complained. */
  ORDER_MAIL_FAILED,
  /** Of a product's stock in a pool no more is free than its threshold. */
  STOCK_LOW,
  /** Nothing of it is free. */
  STOCK_SOLD_OUT,
  /** Something of it is free again. */
  STOCK_BACK_IN_STOCK;

  /** As the API spells it: {@code order.payment_failed}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
