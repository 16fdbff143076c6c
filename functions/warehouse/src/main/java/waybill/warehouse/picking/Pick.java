package waybill.warehouse.picking;

import java.util.List;
import java.util.Objects;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.warehouse.BinId;

/**
 * Units of an order's line that are to be taken out of a bin.
 *
 * @param spot where the bin stands in its zone; null if that is not known
 * @param name what people call the product
 * @param gtin the number of its bar code; null if it has none
 * @param lot null if it is not tracked by lots, as is its expiry
 * @param quantity how many are to be taken
 * @param picked how many are in a tote
 */
record Pick(BinId bin, String zone, Block.Spot spot, Sku sku, String name, String gtin, LotNumber lot,
    ExpiryDate expiresOn, FulfillmentId fulfillment, LineId line, int quantity, int picked) {

  int left() {
    return quantity - picked;
  }

  boolean isOpen() {
    return left() > 0;
  }

  Pick put(int units) {
    return with(quantity, picked + units);
  }

  /** With so many units fewer to take. */
  Pick without(int units) {
    return with(quantity - units, picked);
  }

  private Pick with(int wanted, int done) {
    return new Pick(bin, zone, spot, sku, name, gtin, lot, expiresOn, fulfillment, line, wanted, done);
  }

  /** The same line out of another bin. */
  Pick from(Source source, int units) {
    return new Pick(source.bin(), source.zone(), source.spot(), sku, name, gtin, source.lot(), source.expiresOn(),
        fulfillment, line, units, 0);
  }

  /** Where it takes its units. */
  Source source(int units) {
    return new Source(bin, zone, spot, lot, expiresOn, units);
  }

  boolean isSameContent(Pick other) {
    return bin.equals(other.bin) && sku.equals(other.sku) && Objects.equals(lot, other.lot);
  }

  /** Whether a code is the one of the product: its SKU, or its GTIN with or without leading zeros. */
  boolean isUnit(String code) {
    return sku.value().equals(code) || gtin != null && digits(gtin).equals(digits(code));
  }

  private static String digits(String code) {
    return code.matches("[0-9]+") ? code.replaceFirst("^0+", "") : code;
  }

  /** As people read it. */
  String product() {
    return name == null || name.isBlank() ? sku.value() : "%s (%s)".formatted(sku, name);
  }

  /**
   * Units that nothing else is to take out of a bin.
   *
   * @param free how many
   */
  record Source(BinId bin, String zone, Block.Spot spot, LotNumber lot, ExpiryDate expiresOn, int free) {}

  static int units(List<Pick> picks) {
    return picks.stream().mapToInt(Pick::quantity).sum();
  }
}
