package waybill.inventory;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.catalog.Component;
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

  /** What each pool's counters stand at, and when further units of a product come, read only if that decides. */
  record Shelf(StockPool pool, Map<Counter, Levels> levels, Function<Product, Supply> supply) {

    private Levels level(Sku sku) {
      return levels.getOrDefault(Counter.of(sku, pool), Levels.NONE);
    }
  }

  /** @param products those of the SKUs: all of them, and the components of kits */
  static Availability of(ChannelId channel, List<SkuQuantity> asked, Map<Sku, Product> products, Shelf shelf) {
    return new Availability(channel, asked.stream().map(it -> entry(it, products, shelf)).toList());
  }

  private static Entry entry(SkuQuantity asked, Map<Sku, Product> products, Shelf shelf) {
    Product product = products.get(asked.sku());
    if (!product.requiresShipping()) {
      return new Entry(asked.sku(), asked.quantity(), null, Status.NOT_COUNTED, Oversell.Policy.REFUSE, null);
    }
    return product.isKit()
        ? kit(asked, product, products, shelf)
        : counted(asked.sku(), asked.quantity(), product, shelf);
  }

  private static Entry counted(Sku sku, int quantity, Product product, Shelf shelf) {
    Levels level = shelf.level(sku);
    int available = Math.toIntExact(level.available());
    Oversell terms = product.beyondStock();
    long demand = level.get(Level.BACKORDERED) + quantity - available;
    if (available >= quantity || !terms.allows(demand)) {
      Status status = available >= quantity ? Status.IN_STOCK : Status.SOLD_OUT;
      return new Entry(sku, quantity, available, status, terms.policy(), null);
    }
    return new Entry(sku, quantity, available,
        terms.policy() == Oversell.Policy.PREORDER ? Status.PREORDER : Status.BACKORDER, terms.policy(),
        shelf.supply.apply(product).day(demand));
  }

  /**
   * There are as many kits as its scarcest component suffices for, and more are promised only if all that are short of one may be. They
   * are there with the last of them.
   */
  private static Entry kit(SkuQuantity asked, Product kit, Map<Sku, Product> products, Shelf shelf) {
    if (kit.isIncomplete(products)) {
      return new Entry(asked.sku(), asked.quantity(), 0, Status.SOLD_OUT, Oversell.Policy.REFUSE, null);
    }
    int kits = kit.components().stream().mapToInt(it -> kits(it, shelf)).min().orElseThrow();
    List<Entry> scarce = kit.components().stream().filter(it -> kits(it, shelf) < Math.max(kits + 1, asked.quantity()))
        .map(it -> counted(it.sku(), asked.quantity() * it.quantity(), products.get(it.sku()), shelf)).toList();
    Oversell.Policy policy = scarce.stream().map(Entry::policy).max(STRICTEST).orElseThrow();
    if (kits >= asked.quantity()) {
      return new Entry(asked.sku(), asked.quantity(), kits, Status.IN_STOCK, policy, null);
    }
    Status status = scarce.stream().map(Entry::status).max(Comparator.naturalOrder()).orElseThrow();
    Stream<Instant> days = scarce.stream().map(Entry::promisedAt);
    boolean known = status != Status.SOLD_OUT && scarce.stream().map(Entry::promisedAt).allMatch(Objects::nonNull);
    return new Entry(asked.sku(), asked.quantity(), kits, status, policy,
        known ? days.max(Comparator.naturalOrder()).orElseThrow() : null);
  }

  private static final Comparator<Oversell.Policy> STRICTEST = Comparator
      .comparing(List.of(Oversell.Policy.BACKORDER, Oversell.Policy.PREORDER, Oversell.Policy.REFUSE)::indexOf);

  private static int kits(Component component, Shelf shelf) {
    return Math.toIntExact(shelf.level(component.sku()).available() / component.quantity());
  }
}
