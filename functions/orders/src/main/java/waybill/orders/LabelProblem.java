package waybill.orders;

import java.time.Instant;
import java.util.Comparator;

/**
 * Why a parcel has no label yet, although it is packed.
 *
 * @param detail what a person should know; null if the reason says it all
 */
record LabelProblem(Hold.Reason reason, String detail, Instant since) implements Comparable<LabelProblem> {
  private static final Comparator<LabelProblem> NEWS = Comparator.comparing(LabelProblem::since)
      .thenComparing(LabelProblem::reason)
      .thenComparing(LabelProblem::detail, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** News may come late and in any order: the newest stands. */
  @Override
  public int compareTo(LabelProblem other) {
    return NEWS.compare(this, other);
  }
}
