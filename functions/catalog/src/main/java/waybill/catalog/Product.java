package waybill.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
 * @param components what one of it is made of; none if it is not made of other products
 * @param lotTracked whether its stock is counted by lots
 * @param expires whether its lots do
 * @param minimumLifeDays for how many days a unit must still be good after the customer has it; if nobody knows when that is, after it leaves
 * @param soldFrom what is sold of a product with components; null if it has none
 * @param requires what whoever carries it must do
 * @param customs what else goes on its customs declaration
 * @param gtin its Global Trade Item Number, or null
 * @param manufacturerNumber what its manufacturer calls it, or null
 * @param packs what it is also traded in, each by a number of its own
 * @param qualityHold whether somebody must look at units that arrive before they are for sale
 * @param exchangeFor what its customer may choose instead of a unit of it that comes back, at no difference in price: its variants
 */
public record Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
    boolean requiresShipping, Digital digital, String hsCode, String origin,
    Map<String, String> metadata, Oversell oversell, List<Component> components, boolean lotTracked, boolean expires,
    int minimumLifeDays, SoldFrom soldFrom, List<Requirement> requires, ProductCustoms customs, String gtin,
    String manufacturerNumber, List<Pack> packs, boolean qualityHold, List<Sku> exchangeFor) {

  /** What is sold of a product that is made of others. */
  public enum SoldFrom {
    /** Its components: an order is packed out of them, and the kit has no stock of its own. */
    COMPONENTS,
    /** Its own stock, which work orders assemble. */
    STOCK
  }

  public Product {
    components = components == null ? List.of() : components;
    soldFrom = components.isEmpty() ? null : soldFrom == null ? SoldFrom.COMPONENTS : soldFrom;
    requires = requires == null ? List.of() : requires;
    customs = customs == null ? ProductCustoms.NONE : customs;
    packs = packs == null ? List.of() : packs;
    exchangeFor = exchangeFor == null ? List.of() : exchangeFor;
  }

  public Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
      boolean requiresShipping, Digital digital, String hsCode, String origin, Map<String, String> metadata,
      Oversell oversell, List<Component> components) {
    this(sku, name, weightGrams, lengthMm, widthMm, heightMm, requiresShipping, digital, hsCode, origin, metadata,
        oversell, components, false, false, 0, null, List.of(), null, null, null, List.of(), false, List.of());
  }

  public Product(Sku sku, String name, int weightGrams, int lengthMm, int widthMm, int heightMm,
      boolean requiresShipping, Digital digital, String hsCode, String origin, Map<String, String> metadata) {
    this(sku, name, weightGrams, lengthMm, widthMm, heightMm, requiresShipping, digital, hsCode, origin, metadata,
        null, List.of());
  }

  /**
   * A product that has stock of its own does not become a kit, which has none, nor a kit such a product. Nor does what is counted as a whole
   * become counted by lots: nobody could say which lots the units are of that are there. What a number stands for never changes either.
   */
  Outcome<Product> replacing(Optional<Product> before) {
    if (before.isPresent() && (before.get().lotTracked != lotTracked || before.get().expires != expires)) {
      String field = before.get().lotTracked != lotTracked ? "/lot_tracked" : "/expires";
      return Refused.invalid(field, "not_changeable",
          "stays as the product was put first, as its stock is counted so: put the product under another SKU")
          .outcome();
    }
    if (before.isPresent() && gtin != null && before.get().unitsOf(new Gtin(gtin)).orElse(1) != 1) {
      return Refused.invalid("/gtin", "not_changeable",
          "is the number of a pack, and what a number stands for never changes: a unit has another GTIN").outcome();
    }
    for (int i = 0; i < packs.size(); i++) {
      var number = new Gtin(packs.get(i).gtin());
      if (before.isPresent() && before.get().unitsOf(number).orElse(packs.get(i).units()) != packs.get(i).units()) {
        return Refused.invalid("/packs/%d/units".formatted(i), "not_changeable",
            "what a number stands for never changes: a pack with another number of units has another GTIN").outcome();
      }
    }
    return before.isEmpty() || before.get().isKit() == isKit()
        ? Outcome.of(this)
        : Refused.invalid(before.get().components.isEmpty() || components.isEmpty() ? "/components" : "/sold_from",
            "not_changeable", isKit()
                ? "has stock of its own and does not become a kit: put the kit under another SKU"
                : "is a kit and stays one: put what has stock of its own under another SKU")
            .outcome();
  }

  /** How many units what has this number is; empty if it is neither the product nor a pack of it. */
  public OptionalInt unitsOf(Gtin number) {
    if (gtin != null && new Gtin(gtin).equals(number)) {
      return OptionalInt.of(1);
    }
    return packs.stream().filter(it -> new Gtin(it.gtin()).equals(number)).mapToInt(Pack::units).findFirst();
  }

  /** How many units of it the smallest pack has; 1 if it has none. */
  public int caseUnits() {
    return packs.stream().mapToInt(Pack::units).min().orElse(1);
  }

  /** The age that whoever takes it must have reached; 0 if anybody may. */
  public int minimumAge() {
    return requires.stream().mapToInt(Requirement::age).max().orElse(0);
  }

  /** Its tariff number in a country, else the one of all countries; null if it has none. */
  public String hsCode(String country) {
    return customs.code(country).orElse(hsCode);
  }

  /** Whether it is sold as its components and has no stock of its own. */
  public boolean isKit() {
    return soldFrom == SoldFrom.COMPONENTS;
  }

  /** Whether it has stock of its own that is made of other products. */
  public boolean isAssembled() {
    return soldFrom == SoldFrom.STOCK;
  }

  /** What an order of it is packed out of, if that is not the product itself. */
  public List<Component> packedFrom() {
    return isKit() ? components : List.of();
  }

  /** Whether it is a kit of which a component is not shipped any more. @param products also its components */
  public boolean isIncomplete(Map<Sku, Product> products) {
    return packedFrom().stream().map(it -> products.get(it.sku())).anyMatch(it -> it == null || !it.requiresShipping());
  }

  /** What of it may be promised beyond what is there. */
  public Oversell beyondStock() {
    return oversell == null ? Oversell.NONE : oversell;
  }
}
