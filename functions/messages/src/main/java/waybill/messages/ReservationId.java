package waybill.messages;

/** Units that a checkout keeps until its order is placed, derived from the key that its request may be repeated with. */
public record ReservationId(String value) {
  private static final String PREFIX = "res_";

  public ReservationId {
    IdText.requireDigest("ReservationId", value, PREFIX);
  }

  /** @param idempotencyKey the request's Idempotency-Key, which is the channel's own */
  public static ReservationId of(ChannelId channel, String idempotencyKey) {
    return new ReservationId(PREFIX + IdText.digest(channel.value(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
