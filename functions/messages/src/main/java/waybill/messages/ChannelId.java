package waybill.messages;

/** A sales channel, as the merchant names it: a shop, a marketplace, a distributor's portal. */
public record ChannelId(String value) implements Comparable<ChannelId> {

  public ChannelId {
    IdText.require("ChannelId", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public int compareTo(ChannelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
