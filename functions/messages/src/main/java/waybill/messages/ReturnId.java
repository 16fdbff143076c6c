package waybill.messages;

/** The n-th return of an order. It names its order. */
public record ReturnId(String value) {
  /** How each begins, so that what asks for a replacement is told from others that do. */
  public static final String PREFIX = "ret_";

  public ReturnId {
    IdText.requireDigest("ReturnId", value, PREFIX, 3);
  }

  public static ReturnId of(OrderId order, int number) {
    return new ReturnId(PREFIX + order.digest() + "_" + number);
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
