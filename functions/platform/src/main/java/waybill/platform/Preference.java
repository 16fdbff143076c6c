package waybill.platform;

import java.util.List;
import java.util.Locale;

/** What a client prefers, by {@code Accept} or {@code Accept-Language} (RFC 9110, 12.4.2 and 12.5). */
public final class Preference {
  private static final int MAX_RANGES = 50;
  private static final int MAX_PARAMETERS = 10;

  private Preference() {}

  /** The one that is preferred; of equals, and without a preference, the first. @param header null if it was not sent */
  public static String among(List<String> offered, String header) {
    String best = offered.getFirst();
    double bestQuality = 0;
    for (String offer : header == null ? List.<String>of() : offered) {
      double quality = quality(header, offer);
      if (quality > bestQuality) {
        best = offer;
        bestQuality = quality;
      }
    }
    return best;
  }

  /** By the most specific range that the offer is in; 0 if it is in none. */
  private static double quality(String header, String offer) {
    double quality = 0;
    int specificity = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", MAX_RANGES + 1)) {
      String[] parts = range.split(";", MAX_PARAMETERS);
      int fit = fit(parts[0].strip(), offer);
      if (fit > specificity) {
        specificity = fit;
        quality = quality(parts);
      }
    }
    return quality;
  }

  /** 0 if the offer is not in the range, and higher the more closely the range describes it. */
  private static int fit(String range, String offer) {
    if (range.equals(offer)) {
      return 4;
    }
    // A reader of de-AT reads de.
    if (range.startsWith(offer + "-")) {
      return 3;
    }
    if (range.endsWith("/*") && !range.equals("*/*") && offer.startsWith(range.substring(0, range.length() - 1))) {
      return 2;
    }
    return range.equals("*/*") || range.equals("*") ? 1 : 0;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
        return Double.parseDouble(parameter.substring(2));
      }
    }
    return 1;
  }
}
