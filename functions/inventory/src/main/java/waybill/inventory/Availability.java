package waybill.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.catalog.Product;
import waybill.messages.ChannelId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Records;

/**
 * What a channel may sell of SKUs, as a storefront shows it. It is what was so a moment ago: only a reservation keeps it.
 *
 * @param data one entry a SKU, in the order in which they were asked for
 */
record Availability(ChannelId channel, List<Entry> data) {

  /** Whether as many units as were asked for can be promised at once. */
  enum Status {
    IN_STOCK, SOLD_OUT,
    /** It is not carried, so no stock of it is counted. */
    NOT_COUNTED
  }

  /**
   * A SKU.
   *
   * @param quantity the units that were asked for
   * @param available the units that can be promised at once; null if they are not counted
   */
  record Entry(Sku sku, int quantity, Integer available, Status status) {

    Map<String, Object> toTree() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("sku", sku.value());
      tree.put("quantity", quantity);
      tree.put("available", available);
      tree.put("status", Records.toTree(status));
      return tree;
    }
  }

  /** Also what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("channel", channel.value());
    tree.put("data", data.stream().map(Entry::toTree).toList());
    return tree;
  }

  /**
   * @param pool what the channel sells from
   * @param products those of the SKUs: all of them
   * @param levels what the pool's counters stand at; one that is not there stands at nothing
   */
  static Availability of(ChannelId channel, StockPool pool, List<SkuQuantity> asked, Map<Sku, Product> products,
      Map<Counter, Levels> levels) {
    return new Availability(channel, asked.stream().map(it -> products.get(it.sku()).requiresShipping()
        ? counted(it, levels.getOrDefault(Counter.of(it.sku(), pool), Levels.NONE))
        : new Entry(it.sku(), it.quantity(), null, Status.NOT_COUNTED)).toList());
  }

  private static Entry counted(SkuQuantity asked, Levels level) {
    return new Entry(asked.sku(), asked.quantity(), Math.toIntExact(level.available()),
        level.available() >= asked.quantity() ? Status.IN_STOCK : Status.SOLD_OUT);
  }
}
