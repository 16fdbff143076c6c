package waybill.shipping;

import java.util.Locale;
import java.util.Optional;

/** A carrier's number of a parcel. People write them in groups and in small letters: blanks go, letters become capitals. */
record TrackingNumber(String value) {
  private static final int MAX_LENGTH = 100;

  TrackingNumber {
    value = value.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not a TrackingNumber");
    }
  }

  /** Empty if it can be no tracking number. */
  static Optional<TrackingNumber> parse(String text) {
    try {
      return Optional.of(new TrackingNumber(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
