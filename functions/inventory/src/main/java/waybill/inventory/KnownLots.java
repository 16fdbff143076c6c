package waybill.inventory;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import waybill.catalog.Product;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Violation;

/** What others may ask of lots that are known. */
public final class KnownLots {
  private final Lots lots;

  public KnownLots(Ports ports) {
    this.lots = InventoryTable.lots(ports);
  }

  /**
   * What is wrong with what is said of units' lot. A lot that nobody knows is.
   *
   * @param at the place of the two fields, with a slash at its end
   * @param today where they lie, if they are to be for sale, and so must not have expired; else null
   */
  public List<Violation> check(String at, Product product, LotNumber number, ExpiryDate expiresOn, LocalDate today) {
    return new Lot.Named(number, expiresOn).check(at, product, lots.find(product.sku(), number), false, today);
  }

  /** The last day on which a lot that is known is good; empty if it does not expire, or nobody knows it. */
  public Optional<ExpiryDate> expiresOn(Sku sku, LotNumber number) {
    return lots.find(sku, number).map(Lot::expiresOn);
  }
}
