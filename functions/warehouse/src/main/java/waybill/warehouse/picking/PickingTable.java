package waybill.warehouse.picking;

import java.util.Map;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.TimeKey;
import waybill.warehouse.Tote;

/** Where picking keeps what it knows, in the warehouse's table. */
final class PickingTable {
  static final String BY_PLACE = "by_place";
  private static final String TABLE = "WAREHOUSE_TABLE";

  private PickingTable() {}

  static Table<Round> rounds(Ports ports) {
    return new Table<>(ports, TABLE, Round.class, it -> Rounds.key(it.id()), PickingTable::indexes);
  }

  static Table<PickedOrder> picked(Ports ports) {
    return new Table<>(ports, TABLE, PickedOrder.class, it -> PickedOrder.key(it.fulfillment()));
  }

  static Table<Tote> totes(Ports ports) {
    return new Table<>(ports, TABLE, Tote.class, it -> Tote.key(it.locationId(), it.bin()));
  }

  static Table<Picker> pickers(Ports ports) {
    return new Table<>(ports, TABLE, Picker.class, it -> Picker.key(it.locationId(), it.person()));
  }

  static Table<Release> releases(Ports ports) {
    return new Table<>(ports, TABLE, Release.class, it -> Release.key(it.wave()));
  }

  static Table<ShortPick> shorts(Ports ports) {
    return new Table<>(ports, TABLE, ShortPick.class, it -> ShortPick.key(it.id()), it -> it.settled()
        ? Map.of()
        : entry(ShortPick.UNSETTLED.value(), TimeKey.of(it.at()) + "#" + it.id()));
  }

  private static Map<String, String> indexes(Round it) {
    if (it.isDone()) {
      return Map.of();
    }
    return it.holder() == null
        ? entry(Rounds.ready(it.locationId()).value(),
            "%s#%05d#%s".formatted(TimeKey.of(it.cutOff()), it.priority(), it.id()))
        : entry(Rounds.held(it.locationId()).value(), TimeKey.of(it.until()) + "#" + it.id());
  }

  private static Map<String, String> entry(String list, String range) {
    return Map.of(BY_PLACE, list, BY_PLACE + "_range", range);
  }
}
