package waybill.messages;

/** The n-th claim of an order's customer. It names its order. */
public record ClaimId(String value) {
  /** How each begins, so that what asks for a refund or a replacement is told from others that do. */
  public static final String PREFIX = "clm_";

  public ClaimId {
    IdText.requireDigest("ClaimId", value, PREFIX, 3);
  }

  public static ClaimId of(OrderId order, int number) {
    return new ClaimId(PREFIX + order.digest() + "_" + number);
  }

  public OrderId order() {
    return new OrderId("ord_" + value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  public int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  @Override
  public String toString() {
    return value;
  }
}
