package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** For how long carriers take an unused label back, as far as they say so. Of all others the carrier itself decides. */
final class VoidWindow {
  /** How long a void is tried if the carrier says nothing. */
  static final Duration USUAL = Duration.ofDays(30);
  private static final Map<String, Duration> BY_CARRIER = Map.of("USPS", Duration.ofDays(30), "UPS",
      Duration.ofDays(90), "UPSDAP", Duration.ofDays(90), "FEDEX", Duration.ofDays(90), "FEDEXDEFAULT",
      Duration.ofDays(90), "FEDEXSMARTPOST", Duration.ofDays(90));

  private VoidWindow() {}

  /** When the carrier no longer takes the label back; empty if it does not say. */
  static Optional<Instant> endsAt(String carrier, Instant labelledAt) {
    return Optional.ofNullable(BY_CARRIER.get(carrier.toUpperCase(Locale.ROOT))).map(labelledAt::plus);
  }
}
