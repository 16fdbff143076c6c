package waybill.inventory;

import java.util.List;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/** Whether a SKU has stock of its own. */
final class Counted {
  static final Refused NO_STOCK = Refused.conflict("kit",
      "it is a kit and has no stock of its own: name one of its components");

  private Counted() {}

  /** A product; refused if there is none, or it is a kit. */
  static Outcome<Product> product(Catalog catalog, Sku sku) {
    Product product = catalog.products(List.of(sku)).get(sku);
    if (product == null) {
      return Refused.absent("product").outcome();
    }
    return product.isKit() ? NO_STOCK.outcome() : Outcome.of(product);
  }
}
