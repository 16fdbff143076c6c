package waybill.catalog;

import java.util.Map;
import waybill.messages.Sku;

/**
 * What can be sold.
 *
 * @param requiresShipping whether it is packed and carried; a digital product is not
 * @param digital how it is delivered if it is not carried; null if nothing is delivered
 * @param hsCode the customs tariff number, or null
 * @param origin the country it was made in, by ISO 3166-1 alpha-2, or null
 * @param oversell what of it may be promised beyond what is there; null for nothing
 */
public record Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
    boolean requiresShipping, Digital digital, String hsCode, String origin,
    Map<String, String> metadata, Oversell oversell) {

  public Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
      boolean requiresShipping, Digital digital, String hsCode, String origin, Map<String, String> metadata) {
    this(sku, name, weightGrams, lengthMm, widthMm, heightMm, requiresShipping, digital, hsCode, origin, metadata,
        null);
  }

  /** What of it may be promised beyond what is there. */
  public Oversell beyondStock() {
    return oversell == null ? Oversell.NONE : oversell;
  }
}
