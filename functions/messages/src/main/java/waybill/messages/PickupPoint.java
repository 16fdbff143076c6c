package waybill.messages;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.LocalDate;

/**
 * Where a parcel waits for its recipient.
 *
 * @param place as the carrier writes it; null if the carrier does not say
 * @param lastDay the last on which it can be picked up; null if that is not known
 */
public record PickupPoint(String place, LocalDate lastDay) implements Comparable<PickupPoint> {

  @Override
  public int compareTo(PickupPoint other) {
    return comparing(PickupPoint::lastDay, nullsFirst(naturalOrder()))
        .thenComparing(PickupPoint::place, nullsFirst(naturalOrder())).compare(this, other);
  }
}
