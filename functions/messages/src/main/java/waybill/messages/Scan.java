package waybill.messages;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a carrier said about a parcel at some time. Scans are totally ordered: by stage, then by time, then by status. A
 * parcel stands at the greatest scan seen, so late, doubled and reordered scans never move it back, and every order of
 * arrival ends the same.
 *
 * <p>A delivery is retracted by a scan on the road that is more than an {@link #DELIVERY_STANDS hour} later: the driver had scanned the
 * wrong parcel. Within the hour it stands, as a carrier's clocks differ and depots report vans late.
 *
 * @param code as the carrier or broker writes it; null if it gave none
 * @param text the carrier's words; null if it gave none
 * @param pickup where it waits for its recipient; null unless it does
 */
public record Scan(ShipmentStatus status, Instant at, String code, String text,
    PickupPoint pickup) implements Comparable<Scan> {
  /** How much later a scan on the road must be to retract a delivery. */
  public static final Duration DELIVERY_STANDS = Duration.ofHours(1);
  private static final Comparator<Scan> PROGRESS = Comparator.<Scan>comparingInt(it -> it.status.stage())
      .thenComparing(Scan::countsFrom).thenComparing(Scan::status)
      .thenComparing(Scan::pickup, nullsFirst(naturalOrder())).thenComparing(Scan::text, nullsFirst(naturalOrder()))
      .thenComparing(Scan::code, nullsFirst(naturalOrder()));

  /** A scan of which only the status matters. */
  public Scan(ShipmentStatus status, Instant at) {
    this(status, at, null, null, null);
  }

  private Instant countsFrom() {
    return status == ShipmentStatus.DELIVERED ? at.plus(DELIVERY_STANDS) : at;
  }

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
