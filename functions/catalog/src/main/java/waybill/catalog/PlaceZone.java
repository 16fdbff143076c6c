package waybill.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Properties;

/**
 * The clock that a customer's parcel is delivered by: that of the country, if it has one, else that of the shop. A country with
 * several, for example the United States, is not resolved further, as a carrier's scan does not say where it was made.
 */
public final class PlaceZone {
  private static final Properties COUNTRIES = read();

  private PlaceZone() {}

  /** @param country by ISO 3166-1 alpha-2; null if nothing is carried anywhere */
  public static ZoneId of(String country, ZoneId shops) {
    String zone = country == null ? null : COUNTRIES.getProperty(country);
    return zone == null ? shops : ZoneId.of(zone);
  }

  private static Properties read() {
    try (InputStream file = PlaceZone.class.getResourceAsStream("zones.properties")) {
      var zones = new Properties();
      zones.load(file);
      return zones;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
