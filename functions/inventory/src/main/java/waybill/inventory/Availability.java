package waybill.inventory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import waybill.catalog.Oversell;
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
    IN_STOCK,
    /** They are promised, and come later. */
    BACKORDER, PREORDER, SOLD_OUT,
    /** It is not carried, so no stock of it is counted. */
    NOT_COUNTED
  }

  /**
   * A SKU.
   *
   * @param quantity the units that were asked for
   * @param available the units that can be promised at once; null if they are not counted
   * @param policy what becomes of an order for more
   * @param promisedAt when all units are there, if some are not yet; null if nobody knows
   */
  record Entry(Sku sku, int quantity, Integer available, Status status, Oversell.Policy policy, Instant promisedAt) {

    Map<String, Object> toTree() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("sku", sku.value());
      tree.put("quantity", quantity);
      tree.put("available", available);
      tree.put("status", Records.toTree(status));
      tree.put("policy", Records.toTree(policy));
      tree.put("promised_at", Records.toTree(promisedAt));
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
   * @param supply when further units of a SKU come, read only if that decides
   */
  static Availability of(ChannelId channel, StockPool pool, List<SkuQuantity> asked, Map<Sku, Product> products,
      Map<Counter, Levels> levels, Function<Product, Supply> supply) {
    return new Availability(channel, asked.stream().map(it -> products.get(it.sku()).requiresShipping()
        ? counted(it, products.get(it.sku()), levels.getOrDefault(Counter.of(it.sku(), pool), Levels.NONE), supply)
        : new Entry(it.sku(), it.quantity(), null, Status.NOT_COUNTED, Oversell.Policy.REFUSE, null)).toList());
  }

  private static Entry counted(SkuQuantity asked, Product product, Levels level, Function<Product, Supply> supply) {
    int available = Math.toIntExact(level.available());
    Oversell terms = product.beyondStock();
    long demand = level.get(Level.BACKORDERED) + asked.quantity() - available;
    if (available >= asked.quantity() || !terms.allows(demand)) {
      Status status = available >= asked.quantity() ? Status.IN_STOCK : Status.SOLD_OUT;
      return new Entry(asked.sku(), asked.quantity(), available, status, terms.policy(), null);
    }
    return new Entry(asked.sku(), asked.quantity(), available,
        terms.policy() == Oversell.Policy.PREORDER ? Status.PREORDER : Status.BACKORDER, terms.policy(),
        supply.apply(product).day(demand));
  }
}
