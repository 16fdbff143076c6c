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
 * @param held how many of these are promised to work that is open, or to a count: nobody else takes them
 * @param doubt what of these is promised to a count; null if nothing is
 */
public record BinContent(LocationId locationId, BinId bin, Sku sku, LotNumber lot, ExpiryDate expiresOn, int quantity,
    int held, Doubt doubt) {

  public BinContent {
    if (held < 0 || held > quantity || doubt != null && (doubt.units < 1 || doubt.units > held)) {
      throw new IllegalArgumentException("%d of %d units are held, %s".formatted(held, quantity, doubt));
    }
  }

  /** Units that somebody did not find. @param count the count of the bin that says whether they are there */
  public record Doubt(int units, CountId count) {}

  private BinContent with(int units, int holding, int doubtful, CountId count) {
    int most = Math.min(doubtful, holding);
    return new BinContent(locationId, bin, sku, lot, expiresOn, units, holding,
        most <= 0 ? null : new Doubt(most, count));
  }

  private CountId count() {
    return doubt == null ? null : doubt.count;
  }

  public int free() {
    return quantity - held;
  }

  public int inDoubt() {
    return doubt == null ? 0 : doubt.units;
  }

  /** With so many more. */
  public BinContent with(int units) {
    return with(Math.addExact(quantity, units), held, inDoubt(), count());
  }

  /** Without so many. @param fromHeld whether these were held, or free */
  public BinContent without(int units, boolean fromHeld) {
    return with(quantity - units, fromHeld ? held - units : held, inDoubt(), count());
  }

  /** Without so many of those in doubt. */
  BinContent missing(int units) {
    return with(quantity - units, held - units, inDoubt() - units, count());
  }

  /** If so many are not there: first those that are free, then those in doubt; those that open work holds are the last to be missed. */
  public BinContent lacking(int units) {
    int left = quantity - units;
    int holding = Math.min(held, left);
    return with(left, holding, inDoubt() - (held - holding), count());
  }

  /** With so many more held; a negative number holds fewer. */
  public BinContent holding(int units) {
    return with(quantity, held + units, inDoubt(), count());
  }

  /** With so many of those that work held in doubt, at the most; a count of the bin says whether they are there. */
  public BinContent doubting(int units, CountId count) {
    return with(quantity, held, inDoubt() + units, count);
  }

  /** The count is over: nothing is in doubt. */
  BinContent counted() {
    return with(quantity, held - inDoubt(), 0, null);
  }
}
