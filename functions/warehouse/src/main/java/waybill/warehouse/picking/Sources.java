package waybill.warehouse.picking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Stored;
import waybill.warehouse.Bin;
import waybill.warehouse.BinContent;
import waybill.warehouse.BinId;
import waybill.warehouse.BinStock;
import waybill.warehouse.Replenishment;
import waybill.warehouse.picking.Pick.Source;

/** Which bins units are taken out of. What one order is to take, no other is. */
final class Sources {
  private final Layout layout;
  private final Function<Sku, List<BinContent>> contents;
  private final Map<BinContent, Integer> taken = new HashMap<>();

  /** @param contents of a product, wherever it lies at the location */
  Sources(Layout layout, Function<Sku, List<BinContent>> contents) {
    var known = new HashMap<Sku, List<BinContent>>();
    this.layout = layout;
    this.contents = sku -> known.computeIfAbsent(sku, contents);
  }

  /** Wherever a product lies at a location. */
  static List<BinContent> lying(BinStock stock, LocationId location, Sku sku) {
    return stock.lying(location, sku).stream().map(Stored::value).toList();
  }

  /**
   * Picking places before those for bulk; of these what expires first; then a bin that has all of them, so that a person walks to one; then the one
   * with the most.
   *
   * @param lot null if the product is not tracked by lots
   * @param without bins that they are not taken out of
   * @return as many as there are
   */
  List<Pick> pick(Pick wanted, LotNumber lot, int units, Set<BinId> without) {
    List<BinContent> there = contents.apply(wanted.sku()).stream()
        .filter(it -> Objects.equals(it.lot(), lot) && !without.contains(it.bin()) && isOpen(it.bin()) && free(it) > 0)
        .sorted(Comparator.comparing((BinContent it) -> layout.bin(it.bin()).purpose())
            .thenComparing(BinContent::expiresOn, Comparator.nullsLast(Comparator.<ExpiryDate>naturalOrder()))
            .thenComparing(it -> free(it) < units)
            .thenComparing(it -> -free(it)).thenComparing(BinContent::bin))
        .toList();
    var picks = new ArrayList<Pick>();
    int left = units;
    for (BinContent content : there) {
      int some = Math.min(left, free(content));
      if (some > 0) {
        var source = new Source(content.bin(), layout.bin(content.bin()).zone(), layout.spot(content.bin()),
            content.lot(), content.expiresOn(), some);
        picks.add(wanted.from(source, some));
        taken.merge(content, some, Integer::sum);
        left -= some;
      }
    }
    return picks;
  }

  /** As if they had not been picked. */
  void forget(List<Pick> picks) {
    picks.forEach(pick -> contents.apply(pick.sku()).stream()
        .filter(it -> it.bin().equals(pick.bin()) && Objects.equals(it.lot(), pick.lot()))
        .forEach(it -> taken.merge(it, -pick.quantity(), Integer::sum)));
  }

  /** What is to come into a pick face is picked there. */
  void hold(Replenishment brought) {
    brought.lines().forEach(line -> contents.apply(brought.sku()).stream()
        .filter(it -> it.bin().equals(line.from()) && Objects.equals(it.lot(), line.lot()))
        .forEach(it -> taken.merge(it, line.quantity(), Integer::sum)));
  }

  private boolean isOpen(BinId id) {
    Bin bin = layout.bin(id);
    return bin != null && !bin.locked()
        && (bin.purpose() == Bin.Purpose.PICK || bin.purpose() == Bin.Purpose.BULK);
  }

  private int free(BinContent content) {
    return content.free() - taken.getOrDefault(content, 0);
  }
}
