package waybill.catalog;

import java.util.Map;
import waybill.messages.ChannelId;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/**
 * Where things are in the catalog's table. A product and a channel have a partition each, for orders read them all the
 * time; locations are few and read together, so they share one, and so do calendars, and boxes.
 */
final class CatalogTable {
  static final String LOCATIONS = "locations";
  static final String CALENDARS = "calendars";
  private static final String SOURCING = "sourcing";
  static final String BOXES = "boxes";
  private static final String PRODUCT = "product";
  static final String CHANNEL = "channel";
  static final String BY_KIND = "by_kind";
  /** Behind all ids. */
  static final String LAST = "~";
  static final Listing ALL_PRODUCTS = new Listing(BY_KIND, PRODUCT, "", false);

  private CatalogTable() {}

  static Table<Product> products(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", Product.class, it -> key(it.sku()),
        it -> Map.of(BY_KIND, PRODUCT, BY_KIND + "_range", it.sku().value()));
  }

  static Table<Channel> channels(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", Channel.class, it -> key(it.id()),
        it -> Map.of(BY_KIND, CHANNEL, BY_KIND + "_range", it.id().value()));
  }

  static Table<Location> locations(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", Location.class, it -> key(it.id()));
  }

  static Table<Calendar> calendars(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", Calendar.class, it -> key(it.id()));
  }

  static Table<SourcingRules> sourcing(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", SourcingRules.class, it -> sourcing(it.stockPool()));
  }

  static Key sourcing(StockPool pool) {
    return new Key(SOURCING, pool.value());
  }

  static Table<ShippingBox> boxes(Ports ports) {
    return new Table<>(ports, "CATALOG_TABLE", ShippingBox.class, it -> key(it.id()));
  }

  static Key key(BoxId box) {
    return new Key(BOXES, box.value());
  }

  static Key key(CalendarId calendar) {
    return new Key(CALENDARS, calendar.value());
  }

  static Key key(Sku sku) {
    return new Key("product#" + sku, PRODUCT);
  }

  static Key key(ChannelId channel) {
    return new Key("channel#" + channel, CHANNEL);
  }

  static Key key(LocationId location) {
    return new Key(LOCATIONS, location.value());
  }
}
