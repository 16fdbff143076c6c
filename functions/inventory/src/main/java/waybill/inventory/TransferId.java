package waybill.inventory;

import waybill.messages.IdText;

/** Units on their way between two locations, derived from the key that their request may be repeated with. */
record TransferId(String value) {
  private static final String PREFIX = "trf_";

  public TransferId {
    IdText.require("TransferId", value, PREFIX + IdText.DIGEST);
  }

  static TransferId of(String idempotencyKey) {
    return new TransferId(PREFIX + IdText.digest(idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
