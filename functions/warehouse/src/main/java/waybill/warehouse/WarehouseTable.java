package waybill.warehouse;

import java.util.Map;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/**
 * Where things are in the warehouse's table. The bins of a location share a partition: they are read together. What lies in a bin is a partition of
 * its own, and {@code by_place} lists where in a location a product lies.
 */
final class WarehouseTable {
  static final String NAME = "WAREHOUSE_TABLE";
  static final String CONTENT = "content#";
  static final String BY_PLACE = "by_place";
  static final String POSTINGS = "postings";

  private WarehouseTable() {}

  static Table<Bin> bins(Ports ports) {
    return new Table<>(ports, NAME, Bin.class, it -> key(it.locationId(), it.bin()));
  }

  static String bins(LocationId location) {
    return "bins#" + location;
  }

  static Key key(LocationId location, BinId bin) {
    return new Key(bins(location), bin.value());
  }

  static Table<BinContent> contents(Ports ports) {
    return new Table<>(ports, NAME, BinContent.class, it -> key(it.locationId(), it.bin(), it.sku(), it.lot()),
        it -> Map.of(BY_PLACE, product(it.locationId(), it.sku()), BY_PLACE + "_range",
            it.bin() + "#" + lot(it.lot())));
  }

  static String contents(LocationId location, BinId bin) {
    return "bin#" + location + "#" + bin;
  }

  static Key key(LocationId location, BinId bin, Sku sku, LotNumber lot) {
    return new Key(contents(location, bin), CONTENT + sku + "#" + lot(lot));
  }

  private static String lot(LotNumber lot) {
    return lot == null ? "" : lot.value();
  }

  private static String product(LocationId location, Sku sku) {
    return "product#" + location + "#" + sku;
  }

  static Listing lying(LocationId location, Sku sku) {
    return new Listing(BY_PLACE, product(location, sku), "", false);
  }

  static Table<BinLoad> loads(Ports ports) {
    return new Table<>(ports, NAME, BinLoad.class, it -> load(it.locationId(), it.bin()));
  }

  static Key load(LocationId location, BinId bin) {
    return new Key(contents(location, bin), "load");
  }

  static Table<Tote> totes(Ports ports) {
    return new Table<>(ports, NAME, Tote.class, it -> Tote.key(it.locationId(), it.bin()));
  }

  static Table<BinMove> moves(Ports ports) {
    return new Table<>(ports, NAME, BinMove.class, it -> key(it.id()));
  }

  static Key key(BinMoveId id) {
    return new Key(id.value(), "move");
  }

  static Table<BinEntry> entries(Ports ports) {
    return new Table<>(ports, NAME, BinEntry.class, BinEntry::key);
  }

  static Table<Placed> placed(Ports ports) {
    return new Table<>(ports, NAME, Placed.class, it -> placed(it.locationId(), it.sku(), it.lot()));
  }

  static Key placed(LocationId location, Sku sku, LotNumber lot) {
    return new Key("placed#" + location + "#" + sku, "lot#" + lot(lot));
  }

  /** Counts that are open are listed by their location. */
  static Table<Count> counts(Ports ports) {
    return new Table<>(ports, NAME, Count.class, it -> key(it.id()),
        it -> it.status().isOpen()
            ? Map.of(BY_PLACE, openCounts(it.locationId()), BY_PLACE + "_range", it.bin() + "#" + it.id())
            : Map.of());
  }

  static Key key(CountId id) {
    return new Key(id.value(), "count");
  }

  /** Of all locations, the oldest first. */
  static Table<Posting> postings(Ports ports) {
    return new Table<>(ports, NAME, Posting.class, it -> posting(it.id()),
        it -> Map.of(BY_PLACE, POSTINGS, BY_PLACE + "_range", TimeKey.of(it.at()) + "#" + it.id()));
  }

  static Key posting(CountId id) {
    return new Key(id.value(), "posting");
  }

  static final Listing REPLENISHMENTS = new Listing(BY_PLACE, "replenishments", "", false);

  /** Those that are open, one a pick face; of all locations, the oldest first. */
  static Table<Replenishment> replenishments(Ports ports) {
    return new Table<>(ports, NAME, Replenishment.class, it -> replenishment(it.locationId(), it.bin()),
        it -> Map.of(BY_PLACE, REPLENISHMENTS.value(), BY_PLACE + "_range",
            TimeKey.of(it.at()) + "#" + it.locationId() + "#" + it.bin()));
  }

  static String replenishments(LocationId location) {
    return "replenishments#" + location;
  }

  static Key replenishment(LocationId location, BinId bin) {
    return new Key(replenishments(location), bin.value());
  }

  private static String openCounts(LocationId location) {
    return "counted#" + location;
  }

  static Listing counts(LocationId location) {
    return new Listing(BY_PLACE, openCounts(location), "", false);
  }

  static Listing counts(LocationId location, BinId bin) {
    return new Listing(BY_PLACE, openCounts(location), bin + "#", false);
  }
}
