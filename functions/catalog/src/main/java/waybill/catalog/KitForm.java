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

  /** @param known those of its components that there are */
  static Outcome<Product> checked(Product product, Map<Sku, Product> known) {
    var errors = new ArrayList<Violation>();
    if (product.isKit() && !product.requiresShipping()) {
      errors.add(new Violation("/components", "not_allowed", "are for products with requires_shipping: true"));
    }
    if (product.isKit() && product.beyondStock().policy() != Oversell.Policy.REFUSE) {
      errors.add(
          new Violation("/oversell", "not_allowed", "is not for a kit: it is oversold as its components are"));
    }
    IntStream.range(0, product.components().size())
        .mapToObj(it -> check(it, known.get(product.components().get(it).sku()))).filter(Objects::nonNull)
        .forEach(errors::add);
    return errors.isEmpty() ? Outcome.of(product) : Refused.invalid(errors).outcome();
  }

  private static Violation check(int place, Product component) {
    if (component == null) {
      return at(place, "unknown", "there is no such product");
    }
    if (component.isKit()) {
      return at(place, "contains_kit", "is a kit, and kits are not nested: name what it is made of");
    }
    return component.requiresShipping()
        ? null
        : at(place, "not_shipped", "is not shipped: a kit is packed out of what is");
  }

  private static Violation at(int place, String code, String detail) {
    return new Violation("/components/%d/sku".formatted(place), code, detail);
  }
}
