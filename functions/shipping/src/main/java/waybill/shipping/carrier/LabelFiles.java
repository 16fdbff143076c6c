package waybill.shipping.carrier;

import waybill.platform.Outcome;

/** What a {@link Carrier} also is if its labels can be printed here. */
public interface LabelFiles {

  /** What a label is printed from. */
  sealed interface Printable {}

  /** The carrier's own file. */
  record Fetched(LabelFormat format, byte[] bytes) implements Printable {}

  /** The carrier has no file: Waybill draws the label. */
  record ToDraw() implements Printable {}

  /**
   * The label that was bought for this draft. Free, however often it is asked for.
   *
   * @return refused if the carrier has none in this format, or none any more. An exception means that nobody knows: it is asked for again
   */
  Outcome<Printable> label(String draft, LabelFormat format);
}
