package waybill.catalog;

import java.util.HashSet;
import java.util.List;
import waybill.platform.Fields;
import waybill.platform.Violation;

/** The GTINs of a product and of its packs. */
final class PacksForm {
  private static final int MOST_PACKS = 10;
  private static final int MOST_UNITS = 100_000;

  private PacksForm() {}

  static String gtin(String text) {
    new Gtin(text);
    return text;
  }

  /** To be verified by the caller. */
  static List<Pack> read(Fields product) {
    return product.listOrEmpty("packs", MOST_PACKS,
        it -> new Pack(it.parsed("gtin", PacksForm::gtin, Gtin.RULE), it.integer("units", 2, MOST_UNITS)));
  }

  /** A number says how many units there are, so none stands for two of its packs. */
  static void check(Product product, Fields fields) {
    var seen = new HashSet<Gtin>();
    if (product.gtin() != null) {
      seen.add(new Gtin(product.gtin()));
    }
    for (int i = 0; i < product.packs().size(); i++) {
      String gtin = product.packs().get(i).gtin();
      if (gtin != null && !seen.add(new Gtin(gtin))) {
        fields.refuse(new Violation("/packs/%d/gtin".formatted(i), "repeated",
            "is the number of the unit or of another pack already"));
      }
    }
    if (!product.packs().isEmpty() && product.isKit()) {
      fields.refuse("packs", "not_allowed", "is for products that have stock of their own");
    }
  }
}
