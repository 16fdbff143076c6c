package waybill.digital;

import waybill.messages.IdText;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.Sku;

/**
 * A key that was imported. It is given once, to one unit of one line, and never again, also if it was revoked.
 *
 * @param id derived from the key, so that the same key is imported once
 * @param order whose customer has it; null while it is in the pool, as is the line
 */
record LicenceKey(Sku sku, String id, String text, Status status, OrderId order, LineId line) {

  static final String PREFIX = "key_";

  enum Status {
    AVAILABLE, GIVEN,
    /** It was given, and the shop is to switch it off where it is used. */
    REVOKED
  }

  static LicenceKey imported(Sku sku, String text) {
    return new LicenceKey(sku, PREFIX + IdText.digest(sku.value(), text), text, Status.AVAILABLE, null, null);
  }

  boolean isAvailable() {
    return status == Status.AVAILABLE;
  }

  LicenceKey given(OrderId to, LineId at) {
    if (!isAvailable()) {
      throw new IllegalStateException(id + " was given before");
    }
    return new LicenceKey(sku, id, text, Status.GIVEN, to, at);
  }

  LicenceKey revoke() {
    return new LicenceKey(sku, id, text, Status.REVOKED, order, line);
  }

  /** A key is in no text that could be logged. */
  @Override
  public String toString() {
    return "LicenceKey[" + id + "]";
  }
}
