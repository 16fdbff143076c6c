package waybill.shipping.carrier;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

/** For how long carriers keep a parcel at a pickup point, as they publish it. Of all others nobody can say. */
public final class PickupDays {
  private static final Map<String, Integer> BY_CARRIER = Map.ofEntries(Map.entry("ups", 7), Map.entry("upsdap", 7),
      Map.entry("usps", 15), Map.entry("canadapost", 15), Map.entry("dhlpaket", 7), Map.entry("dhlparcelde", 7),
      Map.entry("dpd", 7), Map.entry("gls", 7), Map.entry("hermes", 7), Map.entry("royalmail", 18));

  private PickupDays() {}

  /** The last day on which a parcel can be picked up; empty if its carrier does not say how long it waits. */
  public static Optional<LocalDate> lastDay(String carrier, LocalDate arrived) {
    String letters = carrier == null ? "" : carrier.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return Optional.ofNullable(BY_CARRIER.get(letters)).map(arrived::plusDays);
  }

  /** With the last day of those that wait for their recipient: it counts from their arrival, however often the carrier reminds. */
  public static Stream<Scan> waiting(List<Scan> scans, String carrier) {
    var all = new ArrayList<Scan>();
    LocalDate arrived = null;
    for (Scan it : scans.stream().sorted(Comparator.comparing(Scan::at)).toList()) {
      if (it.status() == ShipmentStatus.READY_FOR_PICKUP) {
        arrived = arrived == null ? it.at().atZone(ZoneOffset.UTC).toLocalDate() : arrived;
        LocalDate last = lastDay(carrier, arrived).orElse(null);
        String place = it.pickup() == null ? null : it.pickup().place();
        all.add(new Scan(it.status(), it.at(), it.code(), it.text(),
            place == null && last == null ? null : new PickupPoint(place, last)));
      } else {
        arrived = it.status() == ShipmentStatus.UNKNOWN ? arrived : null;
        all.add(it);
      }
    }
    return all.stream();
  }
}
