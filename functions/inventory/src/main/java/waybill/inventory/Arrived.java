package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Fields;

/**
 * Units of a SKU that have arrived.
 *
 * @param quantity all of them
 * @param damaged how many of these are broken: they are never for sale
 * @param lot which lot they are of; null if the product is not tracked by lots
 * @param expiresOn what was said of the lot's day, or null
 * @param rejected how many of these were refused at the dock: they are not here
 * @param refusal why they were; null if none were
 */
record Arrived(Sku sku, int quantity, int damaged, LotNumber lot, ExpiryDate expiresOn, int rejected,
    RejectReason refusal) {
  private static final int MAX_QUANTITY = 1_000_000;

  static Arrived read(Fields fields) {
    Sku sku = fields.parsed("sku", Sku::new, "is a SKU");
    int quantity = fields.integer("quantity", 1, MAX_QUANTITY);
    Lot.Named lot = Lot.Named.read(fields);
    var arrived = new Arrived(sku, quantity, fields.integerOr("damaged", 0, MAX_QUANTITY, 0), lot.number(),
        lot.expiresOn(), 0, null);
    if (arrived.damaged > arrived.quantity) {
      fields.refuse("damaged", "out_of_range", "is at most the quantity, which counts all that arrived");
    }
    return arrived;
  }

  Arrived(Sku sku, int quantity, int damaged) {
    this(sku, quantity, damaged, null, null, 0, null);
  }

  Lot.Named named() {
    return new Lot.Named(lot, expiresOn);
  }

  int good() {
    return taken() - damaged;
  }

  /** Those that are here. */
  int taken() {
    return quantity - rejected;
  }

  /** How they change what their location and its pool count. */
  List<Move> moves(Receipt receipt) {
    return moves(receipt, good());
  }

  /** The same. @param forSale how many good ones are for sale: the others are quarantined */
  List<Move> moves(Receipt receipt, int forSale) {
    if (taken() == 0) {
      return List.of();
    }
    Levels change = Levels.adjustedAtLocation(forSale).plus(Levels.of(Level.DAMAGED, damaged))
        .plus(Levels.of(Level.QUARANTINED, good() - forSale));
    var moves = new ArrayList<>(List.of(new Move(Counter.of(sku, receipt.location()), change),
        new Move(Counter.of(sku, receipt.pool()), Levels.adjustedInPool(forSale))));
    if (lot != null) {
      moves.add(new Move(Counter.of(sku, receipt.location(), lot), change));
    }
    return moves;
  }

  static long units(List<Arrived> items) {
    return items.stream().mapToLong(Arrived::quantity).sum();
  }

  static long rejected(List<Arrived> items) {
    return items.stream().mapToLong(Arrived::rejected).sum();
  }

  static long damaged(List<Arrived> items) {
    return items.stream().mapToLong(Arrived::damaged).sum();
  }

  static Map<Sku, List<Arrived>> bySku(List<Arrived> items) {
    return items.stream().collect(Collectors.groupingBy(Arrived::sku));
  }
}
