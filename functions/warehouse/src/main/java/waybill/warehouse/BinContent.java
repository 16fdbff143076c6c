package waybill.warehouse;

import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

/**
 * Units of a product that lie in a bin.
 *
 * @param lot null if the product is not counted by lots
 * @param expiresOn the last day on which the lot is good; null if it does not expire
 * @param quantity all of them, at least 1
 * @param held how many of these are promised to work that is open: nobody else takes them
 */
public record BinContent(LocationId locationId, BinId bin, Sku sku, LotNumber lot, ExpiryDate expiresOn, int quantity,
    int held) {

  public BinContent {
    if (held < 0 || held > quantity) {
      throw new IllegalArgumentException("%d of %d units are held".formatted(held, quantity));
    }
  }

  public int free() {
    return quantity - held;
  }

  /** With so many more. */
  public BinContent with(int units) {
    return new BinContent(locationId, bin, sku, lot, expiresOn, Math.addExact(quantity, units), held);
  }

  /** Without so many. @param fromHeld whether these were held, or free */
  public BinContent without(int units, boolean fromHeld) {
    return new BinContent(locationId, bin, sku, lot, expiresOn, quantity - units, fromHeld ? held - units : held);
  }

  /** If so many are not there: those that were held are the last to be missed. */
  public BinContent lacking(int units) {
    int left = quantity - units;
    return new BinContent(locationId, bin, sku, lot, expiresOn, left, Math.min(held, left));
  }

  /** With so many more held; a negative number holds fewer. */
  public BinContent holding(int units) {
    return new BinContent(locationId, bin, sku, lot, expiresOn, quantity, held + units);
  }
}
