package waybill.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * What can be sold.
 *
 * @param requiresShipping whether it is packed and carried; a digital product is not
 * @param digital how it is delivered if it is not carried; null if nothing is delivered
 * @param hsCode the customs tariff number, or null
 * @param origin the country it was made in, by ISO 3166-1 alpha-2, or null
 * @param oversell what of it may be promised beyond what is there; null for nothing
 * @param components what it is packed out of, if it is a kit, which has no stock of its own; else none
 * @param lotTracked whether its stock is counted by lots
 * @param expires whether its lots do
 * @param minimumLifeDays for how many days after it leaves a unit must still be good
 */
public record Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
    boolean requiresShipping, Digital digital, String hsCode, String origin,
    Map<String, String> metadata, Oversell oversell, List<Component> components, boolean lotTracked, boolean expires,
    int minimumLifeDays) {

  public Product {
    components = components == null ? List.of() : components;
  }

  public Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
      boolean requiresShipping, Digital digital, String hsCode, String origin, Map<String, String> metadata,
      Oversell oversell, List<Component> components) {
    this(sku, name, weightGrams, lengthMm, widthMm, heightMm, requiresShipping, digital, hsCode, origin, metadata,
        oversell, components, false, false, 0);
  }

  public Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
      boolean requiresShipping, Digital digital, String hsCode, String origin, Map<String, String> metadata) {
    this(sku, name, weightGrams, lengthMm, widthMm, heightMm, requiresShipping, digital, hsCode, origin, metadata,
        null, List.of());
  }

  /**
   * A product that has stock of its own does not become a kit, which has none, nor a kit such a product. Nor does what is counted as a whole
   * become counted by lots: nobody could say which lots the units are of that are there.
   */
  Outcome<Product> replacing(Optional<Product> before) {
    if (before.isPresent() && (before.get().lotTracked != lotTracked || before.get().expires != expires)) {
      String field = before.get().lotTracked != lotTracked ? "/lot_tracked" : "/expires";
      return Refused.invalid(field, "not_changeable",
          "stays as the product was put first, as its stock is counted so: put the product under another SKU")
          .outcome();
    }
    return before.isEmpty() || before.get().isKit() == isKit()
        ? Outcome.of(this)
        : Refused.invalid("/components", "not_changeable", isKit()
            ? "has stock of its own and does not become a kit: put the kit under another SKU"
            : "is a kit and stays one: put what has stock of its own under another SKU").outcome();
  }

  public boolean isKit() {
    return !components.isEmpty();
  }

  /** Whether it is a kit of which a component is not shipped any more. @param products also its components */
  public boolean isIncomplete(Map<Sku, Product> products) {
    return components.stream().map(it -> products.get(it.sku())).anyMatch(it -> it == null || !it.requiresShipping());
  }

  /** What of it may be promised beyond what is there. */
  public Oversell beyondStock() {
    return oversell == null ? Oversell.NONE : oversell;
  }
}
