package waybill.orders;

import waybill.catalog.DeliveryOption;
import waybill.messages.OrderId;
import waybill.platform.Table.Key;

/**
 * How an order is to be delivered, as its checkout was offered: an item of its own, written before the order and never changed. What has become of the
 * promise is seen from the order's parcels and from the stock that it waits for.
 */
record OrderDelivery(OrderId order, DeliveryOption option) {
  private static final String DELIVERY = "delivery#";

  /** Under the option's id, so that another order that was refused under the same reference leaves nothing that counts. */
  Key key() {
    return key(order, option.id().value());
  }

  static Key key(OrderId order, String option) {
    return new Key(order.value(), DELIVERY + option);
  }
}
