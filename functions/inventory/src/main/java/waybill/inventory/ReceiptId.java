package waybill.inventory;

import waybill.messages.IdText;

/** A part of an inbound or a transfer that has arrived, derived from the key that its request may be repeated with. */
record ReceiptId(String value) {
  private static final String PREFIX = "rec_";

  public ReceiptId {
    IdText.require("ReceiptId", value, PREFIX + IdText.DIGEST);
  }

  /** @param arrival the id of the inbound or the transfer */
  static ReceiptId of(Object arrival, String idempotencyKey) {
    return new ReceiptId(PREFIX + IdText.digest(arrival.toString(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
