package waybill.messages;

/** The store credit of a customer: the ledger of what a shop owes them, in one currency and one channel. */
public record CreditId(String value) {
  private static final String PREFIX = "crd_";
  /** As a payment's provider: what is paid by it. */
  public static final String PROVIDER = "store_credit";

  public CreditId {
    IdText.requireDigest("CreditId", value, PREFIX);
  }

  /** @param customer the shop's id of the customer */
  public static CreditId of(ChannelId channel, String customer, String currency) {
    return new CreditId(PREFIX + IdText.digest(channel.value(), customer, currency));
  }

  @Override
  public String toString() {
    return value;
  }
}
