package waybill.inventory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import waybill.messages.Sku;
import waybill.platform.Fields;

/**
 * Units of a SKU that have arrived.
 *
 * @param quantity all of them
 * @param damaged how many of these are broken: they are never for sale
 */
record Arrived(Sku sku, int quantity, int damaged) {
  private static final int MAX_QUANTITY = 1_000_000;

  static Arrived read(Fields fields) {
    var arrived = new Arrived(fields.parsed("sku", Sku::new, "is a SKU"), fields.integer("quantity", 1, MAX_QUANTITY),
        fields.integerOr("damaged", 0, MAX_QUANTITY, 0));
    if (arrived.damaged > arrived.quantity) {
      fields.refuse("damaged", "out_of_range", "is at most the quantity, which counts all that arrived");
    }
    return arrived;
  }

  int good() {
    return quantity - damaged;
  }

  /** How they change what their location and its pool count. */
  List<Move> moves(Receipt receipt) {
    return List.of(
        new Move(Counter.of(sku, receipt.location()),
            Levels.adjustedAtLocation(good()).plus(Levels.of(Level.DAMAGED, damaged))),
        new Move(Counter.of(sku, receipt.pool()), Levels.adjustedInPool(good())));
  }

  static long units(List<Arrived> items) {
    return items.stream().mapToLong(Arrived::quantity).sum();
  }

  static long damaged(List<Arrived> items) {
    return items.stream().mapToLong(Arrived::damaged).sum();
  }

  static Map<Sku, Arrived> bySku(List<Arrived> items) {
    return items.stream().collect(Collectors.toMap(Arrived::sku, it -> it));
  }
}
