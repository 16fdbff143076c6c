package waybill.inventory;

import waybill.messages.IdText;
import waybill.messages.InboundId;

/** A part of an inbound that has arrived, derived from the key that its request may be repeated with. */
record ReceiptId(String value) {
  private static final String PREFIX = "rec_";

  public ReceiptId {
    IdText.require("ReceiptId", value, PREFIX + IdText.DIGEST);
  }

  static ReceiptId of(InboundId inbound, String idempotencyKey) {
    return new ReceiptId(PREFIX + IdText.digest(inbound.value(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
