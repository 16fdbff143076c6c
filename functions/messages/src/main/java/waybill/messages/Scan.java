package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a carrier said about a parcel at some time. Scans are totally ordered: by stage, then by time, then by status. A
 * parcel stands at the greatest scan seen, so late, doubled and reordered scans never move it back, and every order of
 * arrival ends the same.
 */
public record Scan(ShipmentStatus status, Instant at) implements Comparable<Scan> {
  private static final Comparator<Scan> PROGRESS = Comparator.<Scan>comparingInt(it -> it.status.stage())
      .thenComparing(Scan::at).thenComparing(Scan::status);

  /** The later of two; either may be null, which is before everything. */
  public static Scan later(Scan one, Scan other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.compareTo(one) > 0 ? other : one;
  }

  @Override
  public int compareTo(Scan other) {
    return PROGRESS.compare(this, other);
  }
}
