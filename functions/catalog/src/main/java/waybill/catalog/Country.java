package waybill.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.platform.Unusable;

/** Countries that goods are sent to: those of ISO 3166-1 that are in force, and Kosovo, which carriers know as XK. */
public final class Country {
  public static final String RULE = "is a country by ISO 3166-1 alpha-2 that is in force, for example DE, or GB and not UK";
  private static final Set<String> CODES = Stream
      .concat(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream(), Stream.of("XK"))
      .collect(Collectors.toUnmodifiableSet());

  private Country() {}

  /** @throws Unusable if there is no such country any more @throws IllegalArgumentException if there was none */
  public static String checked(String code) {
    Withdrawn.country(code).ifPresent(since -> {
      throw new Unusable("withdrawn", "%s was withdrawn on %s".formatted(code, since));
    });
    if (!CODES.contains(code)) {
      throw new IllegalArgumentException();
    }
    return code;
  }
}
