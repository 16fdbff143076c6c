package waybill.inventory;

import waybill.messages.IdText;

/** A work order that assembles units or takes them apart, derived from the key that its request may be repeated with. */
record AssemblyId(String value) {
  private static final String PREFIX = "asm_";

  public AssemblyId {
    IdText.require("AssemblyId", value, PREFIX + IdText.DIGEST);
  }

  static AssemblyId of(String idempotencyKey) {
    return new AssemblyId(PREFIX + IdText.digest(idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
