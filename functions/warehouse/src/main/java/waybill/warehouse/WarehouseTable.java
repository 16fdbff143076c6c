package waybill.warehouse;

import waybill.messages.LocationId;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** Where things are in the warehouse's table. The bins of a location share a partition: they are read together. */
final class WarehouseTable {
  static final String NAME = "WAREHOUSE_TABLE";

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
}
