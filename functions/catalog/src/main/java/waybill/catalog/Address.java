package waybill.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import waybill.platform.Fields;

/**
 * A postal address.
 *
 * @param country by ISO 3166-1 alpha-2, as it is in force, or XK
 */
public record Address(String name, String company, String line1, String line2, String city, String state,
    String postalCode, String country, String phone) {
  /** Countries that write the postal code behind the city and the state. */
  private static final Set<String> CITY_FIRST = Set.of("US", "CA", "AU", "GB", "IE", "NZ", "IN");

  public static Address read(Fields fields) {
    return new Address(fields.textOrNull("name", 200), fields.textOrNull("company", 200), fields.text("line1", 200),
        fields.textOrNull("line2", 200),
        fields.text("city", 100), fields.textOrNull("state", 100), fields.textOrNull("postal_code", 20),
        fields.parsed("country", Country::checked, Country.RULE),
        fields.textOrNull("phone", 40));
  }

  /**
   * As it stands on a letter: every part of it that was given but the phone number, and its country in words.
   *
   * @param reader whose language the country is named in
   */
  public List<String> lines(Locale reader) {
    String place = CITY_FIRST.contains(country)
        ? joined(" ", joined(", ", city, state), postalCode)
        : joined(", ", joined(" ", postalCode, city), state);
    return Stream.of(name, company, line1, line2, place, Locale.of("", country).getDisplayCountry(reader))
        .filter(Objects::nonNull).filter(it -> !it.isBlank()).toList();
  }

  private static String joined(String separator, String... parts) {
    return String.join(separator, Stream.of(parts).filter(Objects::nonNull).filter(it -> !it.isBlank()).toList());
  }
}
