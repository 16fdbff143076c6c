package waybill.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What goes on the customs declaration of a product, beside its tariff number and its origin.
 *
 * @param description in plain words, for an officer; null if its name says it
 * @param hsCodes the tariff numbers of single countries, which have more digits than the one of all
 * @param value what one unit is worth where it is sold for nothing; null if it never is
 */
public record ProductCustoms(String description, List<NationalCode> hsCodes, Value value) {
  public static final ProductCustoms NONE = new ProductCustoms(null, List.of(), null);

  public ProductCustoms {
    hsCodes = hsCodes == null ? List.of() : hsCodes;
  }

  /** @param country by ISO 3166-1 alpha-2 */
  public record NationalCode(String country, String code) {}

  /** @param amount in minor units of the currency */
  public record Value(long amount, String currency) {}

  /** Its tariff number in a country; empty if it has none of its own there. */
  public Optional<String> code(String country) {
    return hsCodes.stream().filter(it -> it.country.equals(country)).map(NationalCode::code).findFirst();
  }
}
