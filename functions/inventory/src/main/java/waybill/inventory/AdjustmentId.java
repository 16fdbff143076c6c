package waybill.inventory;

import java.util.stream.Stream;
import waybill.messages.ClaimId;
import waybill.messages.IdText;
import waybill.messages.ReturnId;

/** A change of stock by hand, derived from the key that its request may be repeated with. */
record AdjustmentId(String value) implements Comparable<AdjustmentId> {
  private static final String PREFIX = "adj_";

  public AdjustmentId {
    IdText.requireDigest("AdjustmentId", value, PREFIX);
  }

  /** @param idempotencyKey the request's Idempotency-Key */
  static AdjustmentId of(String idempotencyKey) {
    return new AdjustmentId(PREFIX + IdText.digest(idempotencyKey));
  }

  /** What was found of a lot after so many movements of its location; no key has such a text. */
  static AdjustmentId of(Counter lot, int entries) {
    return new AdjustmentId(PREFIX + IdText.digest(lot.sku().value(), lot.place(), Integer.toString(entries)));
  }

  /** What was decided of a return's units; no key has such a text. @param index of the units in that decision */
  static AdjustmentId of(ReturnId returned, int disposal, int index) {
    return new AdjustmentId(
        PREFIX + IdText.digest(returned.value(), Integer.toString(disposal), Integer.toString(index)));
  }

  /** What a count of a bin corrects; no key has such a text. @param index of the difference */
  static AdjustmentId counted(String count, int index) {
    return new AdjustmentId(PREFIX + IdText.digest(count, Integer.toString(index)));
  }

  /** What a claim corrects; no key has such a text. @param index of the correction */
  static AdjustmentId of(ClaimId claim, int index) {
    return new AdjustmentId(PREFIX + IdText.digest(claim.value(), Integer.toString(index)));
  }

  /** What a text names, if that is an adjustment. */
  static Stream<AdjustmentId> named(String text) {
    return text.startsWith(PREFIX) ? Stream.of(new AdjustmentId(text)) : Stream.empty();
  }

  @Override
  public int compareTo(AdjustmentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
