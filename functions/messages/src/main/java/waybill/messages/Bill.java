package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a carrier charges for a parcel after all, because it was heavier, larger or elsewhere than its label said.
 *
 * @param id the broker's; a bill that is corrected keeps it
 * @param amount for the parcel in all, with what was paid for its label
 * @param at when the broker said so
 */
public record Bill(String id, Money amount, Instant at) implements Comparable<Bill> {
  private static final Comparator<Bill> LATEST = Comparator.comparing(Bill::at).thenComparing(Bill::id)
      .thenComparing(it -> it.amount.currency()).thenComparing(it -> it.amount.minorUnits());

  /** The one that stands is the greatest: the last word. */
  @Override
  public int compareTo(Bill other) {
    return LATEST.compare(this, other);
  }
}
