package waybill.catalog;

import waybill.platform.Fields;

/**
 * A postal address.
 *
 * @param country by ISO 3166-1 alpha-2, as it is in force, or XK
 */
public record Address(String name, String company, String line1, String line2, String city, String state,
    String postalCode, String country, String phone) {
  public static Address read(Fields fields) {
    return new Address(fields.textOrNull("name", 200), fields.textOrNull("company", 200), fields.text("line1", 200),
        fields.textOrNull("line2", 200),
        fields.text("city", 100), fields.textOrNull("state", 100), fields.textOrNull("postal_code", 20),
        fields.parsed("country", Country::checked, Country.RULE),
        fields.textOrNull("phone", 40));
  }
}
