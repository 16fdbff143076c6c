package waybill.shipping.carrier;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
}
