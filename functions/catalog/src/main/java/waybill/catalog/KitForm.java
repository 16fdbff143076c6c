package waybill.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * The components of a kit, as a product names them, and the rules that they keep. Kits are not nested, and what was put as a product of
 * its own stays one, so no component of a kit ever becomes a kit, whoever puts what at the same time.
 */
final class KitForm {
  static final int MOST_COMPONENTS = 50;
  /** What one transaction assembles: of each of them, and of the kit, a counter of the location and of the pool, and an entry of the ledger. */
  private static final int MOST_ASSEMBLED = 31;
  private static final int MOST_UNITS = 1_000;
  private static final int MAX_WEIGHT = 1_000_000_000;

  private KitForm() {}

  /** To be verified by the caller. */
  static List<Component> read(Sku kit, Fields product) {
    List<Form> forms = product.listOrEmpty("components", MOST_COMPONENTS, KitForm::component);
    refuseRepeated(kit, product, forms);
    long weighed = forms.stream().filter(it -> it.weight() != null).count();
    if (weighed > 0 && weighed < forms.size()) {
      product.refuse("components", "price_weight_missing", "either all of them name a price_weight or none does");
    } else if (weighed > 0 && forms.stream().allMatch(it -> it.weight() == 0)) {
      product.refuse("components", "price_weight_missing", "one of them has a price_weight above 0");
    }
    return forms.stream().map(Form::component).toList();
  }

  /** @param weight null if it names none */
  private record Form(Sku sku, int quantity, Integer weight) {
    private Component component() {
      return new Component(sku, quantity, weight == null ? 1 : weight);
    }
  }

  private static Form component(Fields fields) {
    return new Form(fields.parsed("sku", Sku::new, "is a SKU"), fields.integer("quantity", 1, MOST_UNITS),
        fields.has("price_weight") ? fields.integer("price_weight", 0, MAX_WEIGHT) : null);
  }

  private static void refuseRepeated(Sku kit, Fields product, List<Form> forms) {
    var seen = new HashSet<Sku>();
    for (int i = 0; i < forms.size(); i++) {
      Sku sku = forms.get(i).sku();
      if (kit.equals(sku)) {
        product.refuse(at(i, "contains_itself", "is the kit itself"));
      } else if (sku != null && !seen.add(sku)) {
        product.refuse(at(i, "repeated", "is named twice: say how many units of it a kit has"));
      }
    }
  }

  /** @param components those that were read. @return null if there are none. To be verified by the caller. */
  static Product.SoldFrom soldFrom(Fields product, List<Component> components) {
    if (components.isEmpty()) {
      if (product.has("sold_from")) {
        product.refuse("sold_from", "not_allowed", "is for products with components");
      }
      return null;
    }
    Product.SoldFrom soldFrom = product.choiceOr("sold_from", Product.SoldFrom.COMPONENTS);
    if (soldFrom == Product.SoldFrom.STOCK && components.size() > MOST_ASSEMBLED) {
      product.refuse("components", "too_many",
          "what is assembled into stock has at most %d components".formatted(MOST_ASSEMBLED));
    }
    return soldFrom;
  }

  /** @param known those of its components that there are */
  static Outcome<Product> checked(Product product, Map<Sku, Product> known) {
    var errors = new ArrayList<Violation>();
    if (!product.components().isEmpty() && !product.requiresShipping()) {
      errors.add(new Violation("/components", "not_allowed", "are for products with requires_shipping: true"));
    }
    if (product.isKit() && product.beyondStock().policy() != Oversell.Policy.REFUSE) {
      errors.add(
          new Violation("/oversell", "not_allowed", "is not for a kit: it is oversold as its components are"));
    }
    IntStream.range(0, product.components().size())
        .mapToObj(it -> check(it, known.get(product.components().get(it).sku()), product)).filter(Objects::nonNull)
        .forEach(errors::add);
    return errors.isEmpty() ? Outcome.of(product) : Refused.invalid(errors).outcome();
  }

  private static Violation check(int place, Product component, Product product) {
    if (component == null) {
      return at(place, "unknown", "there is no such product");
    }
    if (component.isKit()) {
      return at(place, "contains_kit", "is a kit, and kits are not nested: name what it is made of");
    }
    if (product.isAssembled() && component.isAssembled()) {
      return at(place, "contains_kit", "is assembled itself, and assemblies are not nested: name what it is made of");
    }
    return component.requiresShipping()
        ? null
        : at(place, "not_shipped", "is not shipped: a kit is packed out of what is");
  }

  private static Violation at(int place, String code, String detail) {
    return new Violation("/components/%d/sku".formatted(place), code, detail);
  }
}
