package waybill.inventory;

import waybill.messages.IdText;

/** A part of a work order that is done, derived from the key that its request may be repeated with. */
record CompletionId(String value) {
  private static final String PREFIX = "cpl_";

  public CompletionId {
    IdText.require("CompletionId", value, PREFIX + IdText.DIGEST);
  }

  static CompletionId of(AssemblyId assembly, String idempotencyKey) {
    return new CompletionId(PREFIX + IdText.digest(assembly.value(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
