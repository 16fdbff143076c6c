package waybill.messages;

/** A photo that somebody has sent about an order. The same photo of an order has the same id. */
public record PhotoId(String value) {
  private static final String PREFIX = "pho_";

  public PhotoId {
    IdText.requireDigest("PhotoId", value, PREFIX);
  }

  /** @param content its bytes as Base64 */
  public static PhotoId of(OrderId order, String content) {
    return new PhotoId(PREFIX + IdText.digest(order.value(), content));
  }

  @Override
  public String toString() {
    return value;
  }
}
