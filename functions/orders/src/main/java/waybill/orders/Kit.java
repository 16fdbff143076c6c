package waybill.orders;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;

/**
 * What a line that orders a kit is packed out of, as it was when the line was sold: what becomes of the kit in the catalog later does not
 * change it. Stock and warehouses know its components as lines of their own; the order's lines, prices and changes count whole kits.
 *
 * @param line that orders it
 */
public record Kit(LineId line, List<Component> components) {

  /**
   * One of its components.
   *
   * @param quantity its units in one kit
   * @param priceWeight how much one unit of it weighs in the kit's price, beside the others
   * @param without units of it that the line's kits do without, as no location had them; 0 as it was sold
   */
  public record Component(LineId id, Sku sku, String name, int quantity, int priceWeight, int without) {

    int units(int kits) {
      return Math.multiplyExact(kits, quantity) - without;
    }

    /** How many kits these units complete. */
    private int kits(int units) {
      return (units + without) / quantity;
    }

    /** How many kits these units are of. */
    private int begun(int units) {
      return Math.ceilDiv(units, quantity);
    }
  }

  /** @param products also its components */
  static Kit of(LineId line, Product kit, Map<Sku, Product> products) {
    return new Kit(line, IntStream.range(0, kit.components().size()).mapToObj(it -> {
      waybill.catalog.Component made = kit.components().get(it);
      return new Component(line.component(it + 1), made.sku(), products.get(made.sku()).name(), made.quantity(),
          made.priceWeight(), 0);
    }).toList());
  }

  /** The same, with so many units of each component in all. @param kits how many of it there are */
  Kit having(int kits, ToIntFunction<LineId> units) {
    return new Kit(line, components.stream().map(it -> new Component(it.id, it.sku, it.name, it.quantity,
        it.priceWeight, kits * it.quantity - units.applyAsInt(it.id))).toList());
  }

  /** What so many kits are packed out of. */
  List<LineQuantity> packedOutOf(int kits) {
    return components.stream().map(it -> new LineQuantity(it.id, it.sku, it.units(kits)))
        .filter(it -> it.quantity() > 0).toList();
  }

  int unitsPerKit() {
    return components.stream().mapToInt(Component::quantity).sum();
  }

  /** How many whole kits there are of so many units of each component. */
  int whole(ToIntFunction<LineId> units) {
    return components.stream().mapToInt(it -> it.kits(units.applyAsInt(it.id))).min().orElse(0);
  }

  /** How many kits so many units of each component are of. */
  int begun(ToIntFunction<LineId> units) {
    return components.stream().mapToInt(it -> it.begun(units.applyAsInt(it.id))).max().orElse(0);
  }
}
