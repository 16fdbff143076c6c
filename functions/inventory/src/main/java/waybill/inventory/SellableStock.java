package waybill.inventory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Product;
import waybill.inventory.Availability.Entry;
import waybill.inventory.Availability.Status;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Ports;

/** Says whether, and when, units could be promised to a channel's order. It is what is so now: only a reservation keeps it. */
public final class SellableStock {
  private final Counters counters;
  private final OversellTerms terms;

  public SellableStock(Ports ports) {
    this.counters = InventoryTable.queuedCounters(ports);
    this.terms = new OversellTerms(new Catalog(ports), InventoryTable.inbounds(ports), ports.clock());
  }

  /** What could be promised of an order. */
  public sealed interface Promisable {}

  /** All of it lies there. */
  public record Now() implements Promisable {}

  /** The last of it comes then. */
  public record From(Instant day) implements Promisable {}

  /** All of it could be promised, and nobody knows for when. */
  public record SomeDay(List<Sku> skus) implements Promisable {}

  /** These cannot be promised. */
  public record SoldOut(List<Sku> skus) implements Promisable {}

  /** @param products those of the items, and the components of kits */
  public Promisable of(Channel channel, List<SkuQuantity> items, Map<Sku, Product> products) {
    var shelf = new Availability.Shelf(channel.stockPool(),
        counters.read(products.keySet().stream().map(it -> Counter.of(it, channel.stockPool())).toList()),
        it -> terms.supply(it.sku(), channel.stockPool(), it.beyondStock()));
    return of(Availability.of(channel.id(), items, products, shelf).data());
  }

  static Promisable of(List<Entry> entries) {
    List<Sku> soldOut = entries.stream().filter(it -> it.status() == Status.SOLD_OUT).map(Entry::sku).toList();
    if (!soldOut.isEmpty()) {
      return new SoldOut(soldOut);
    }
    List<Entry> later = entries.stream()
        .filter(it -> it.status() == Status.BACKORDER || it.status() == Status.PREORDER).toList();
    List<Sku> unknown = later.stream().filter(it -> it.promisedAt() == null).map(Entry::sku).toList();
    return unknown.isEmpty()
        ? later.stream().map(Entry::promisedAt).filter(Objects::nonNull).max(Comparator.naturalOrder())
            .<Promisable>map(From::new).orElseGet(Now::new)
        : new SomeDay(unknown);
  }
}
