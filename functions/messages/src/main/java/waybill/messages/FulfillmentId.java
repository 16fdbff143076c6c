package waybill.messages;

/** The n-th fulfillment of an order: the part of it that one location packs. It names its order. */
public record FulfillmentId(String value) implements Comparable<FulfillmentId> {
  private static final String PREFIX = "ful_";

  public FulfillmentId {
    IdText.requireDigest("FulfillmentId", value, PREFIX, 4);
  }

  public static FulfillmentId of(OrderId order, int number) {
    return new FulfillmentId(PREFIX + order.digest() + "_" + number);
  }

  public OrderId order() {
    return new OrderId("ord_" + value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  public int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  @Override
  public int compareTo(FulfillmentId other) {
    int byOrder = order().compareTo(other.order());
    return byOrder != 0 ? byOrder : Integer.compare(number(), other.number());
  }

  @Override
  public String toString() {
    return value;
  }
}
