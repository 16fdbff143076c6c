package waybill.messages;

/**
 * An order. The id is derived from its natural key, channel and reference, so that placing the same order twice meets
 * the same item without an index of references.
 */
public record OrderId(String value) implements Comparable<OrderId> {
  private static final String PREFIX = "ord_";

  public OrderId {
    IdText.requireDigest("OrderId", value, PREFIX);
  }

  public static OrderId of(ChannelId channel, String reference) {
    return new OrderId(PREFIX + IdText.digest(channel.value(), reference));
  }

  /** The order that replaces units of another one, once for what asked for it. @param cause for example a claim's id */
  public static OrderId replacing(OrderId order, String cause) {
    return new OrderId(PREFIX + IdText.digest("replacement", order.value(), cause));
  }

  String digest() {
    return value.substring(PREFIX.length());
  }

  @Override
  public int compareTo(OrderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
