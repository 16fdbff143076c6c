package waybill.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.ChannelId;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Reads products, channels and locations; what is known is read consistently, so what was just put is there. */
public final class Catalog {
  private final Table<Product> products;
  private final Table<Channel> channels;
  private final Table<Location> locations;
  private final Table<Calendar> calendars;
  private final Table<SourcingRules> sourcing;
  private final Table<ShippingBox> boxes;

  public Catalog(Ports ports) {
    this.products = CatalogTable.products(ports);
    this.channels = CatalogTable.channels(ports);
    this.locations = CatalogTable.locations(ports);
    this.calendars = CatalogTable.calendars(ports);
    this.sourcing = CatalogTable.sourcing(ports);
    this.boxes = CatalogTable.boxes(ports);
  }

  public Optional<Channel> channel(ChannelId id) {
    return channels.find(CatalogTable.key(id)).map(Stored::value);
  }

  /** The ids of all channels, a moment after they were first put. A company has few. */
  public List<ChannelId> channelIds() {
    return channels.listedUpTo(CatalogTable.BY_KIND, CatalogTable.CHANNEL, CatalogTable.LAST)
        .map(it -> new ChannelId(it.range())).toList();
  }

  public Optional<Location> location(LocationId id) {
    return locations.find(CatalogTable.key(id)).map(Stored::value);
  }

  /** Those of the SKUs that there are. */
  public Map<Sku, Product> products(Collection<Sku> skus) {
    var found = new TreeMap<Sku, Product>();
    products.findAll(new TreeSet<>(skus).stream().map(CatalogTable::key).toList())
        .forEach(it -> found.put(it.value().sku(), it.value()));
    return found;
  }

  /** Products by SKU, page by page; one that was first put a moment ago may be missing. @param cursor null for the first page */
  public Outcome<Page<Product>> products(int limit, String cursor) {
    return products.keys(CatalogTable.ALL_PRODUCTS, limit, cursor)
        .map(page -> new Page<>(products.findAll(page.data()).stream().map(Stored::value).toList(), page.nextCursor()));
  }

  /**
   * What an order is checked against.
   *
   * @param channel empty if there is none of the name
   * @param products also the components of those that are kits
   */
  public record Offer(Optional<Channel> channel, Map<Sku, Product> products) {}

  /** Those of the SKUs that there are, and the components of those that are kits. */
  public Map<Sku, Product> withComponents(Collection<Sku> skus) {
    return withComponents(products(skus));
  }

  /** Only kits take another read. */
  private Map<Sku, Product> withComponents(Map<Sku, Product> found) {
    List<Sku> missing = found.values().stream().flatMap(it -> it.packedFrom().stream()).map(Component::sku)
        .filter(it -> !found.containsKey(it)).toList();
    found.putAll(missing.isEmpty() ? Map.of() : products(missing));
    return found;
  }

  /** A channel and those of the SKUs that there are, read together. @param channel null if the order names none */
  public Offer offer(ChannelId channel, Collection<Sku> skus) {
    var wanted = new TreeSet<>(skus);
    Optional<Table.Key> place = Optional.ofNullable(channel).map(CatalogTable::key);
    Table.Found found = products
        .findTogether(Stream.concat(place.stream(), wanted.stream().map(CatalogTable::key)).toList());
    var there = new TreeMap<Sku, Product>();
    wanted.forEach(sku -> products.in(found, CatalogTable.key(sku)).ifPresent(it -> there.put(sku, it.value())));
    return new Offer(place.flatMap(it -> channels.in(found, it)).map(Stored::value), withComponents(there));
  }

  /** All locations, in the order of their ids. A company has few. */
  public List<Location> locations() {
    return locations.findAll(CatalogTable.LOCATIONS, "").stream().map(Stored::value).toList();
  }

  /** What a location packs into, by id. A company has few kinds of boxes. */
  public List<ShippingBox> boxes(LocationId location) {
    return boxes.findAll(CatalogTable.BOXES, "").stream().map(Stored::value).filter(it -> it.isAt(location)).toList();
  }

  /** All calendars, by their ids. A company has few. */
  public Map<CalendarId, Workdays> calendars() {
    return calendars.findAll(CatalogTable.CALENDARS, "").stream().map(Stored::value)
        .collect(Collectors.toMap(Calendar::id, Calendar::workdays));
  }

  /** By what the locations of a pool's orders are chosen; empty if only the number of parcels counts. */
  public Optional<SourcingRules> sourcingRules(StockPool pool) {
    return sourcing.find(CatalogTable.sourcing(pool)).map(Stored::value);
  }
}
