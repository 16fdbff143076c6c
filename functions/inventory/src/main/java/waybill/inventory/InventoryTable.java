package waybill.inventory;

import waybill.catalog.Catalog;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The keys of the inventory's table. A SKU's counters share its partition, so one query shows its stock; each record
 * has a partition of its own, so that many are written at once.
 */
final class InventoryTable {
  private static final String NAME = "INVENTORY_TABLE";
  private static final String RESERVATION = "reservation";
  private static final String ALLOCATION = "allocation";

  private InventoryTable() {}

  static Counters counters(Ports ports) {
    return new Counters(ports, NAME);
  }

  /** As far as it may be promised. */
  static Counters openCounters(Ports ports) {
    return new Counters(ports, NAME, new Catalog(ports)::locations);
  }

  /** Their releases; what is promised comes from {@link #promises}. */
  static Ledger<Reservation> reservations(Ports ports) {
    return ledger(ports, Reservation.class, RESERVATION, counters(ports));
  }

  static Ledger<Reservation> promises(Ports ports) {
    return ledger(ports, Reservation.class, RESERVATION, openCounters(ports));
  }

  static Ledger<Allocation> allocations(Ports ports) {
    return ledger(ports, Allocation.class, ALLOCATION, counters(ports));
  }

  static Ledger<ShippedUnits> shipments(Ports ports) {
    return ledger(ports, ShippedUnits.class, "shipment", counters(ports));
  }

  static Key allocation(String fulfillment) {
    return new Key(fulfillment, ALLOCATION);
  }

  static Key reservation(String order) {
    return new Key(order, RESERVATION);
  }

  static Table<Reservation> reservationRecords(Ports ports) {
    return new Table<>(ports, NAME, Reservation.class, it -> reservation(it.id()));
  }

  static Corrections corrections(Ports ports) {
    return new Corrections(new Table<>(ports, NAME, Shortage.class, Corrections::key),
        new Table<>(ports, NAME, Allocation.class, it -> allocation(it.id())),
        reservationRecords(ports), openCounters(ports),
        new Transactions(ports.dynamo()));
  }

  static Inbounds inbounds(Ports ports) {
    return new Inbounds(ports, NAME, counters(ports));
  }

  static LedgerEntries entries(Ports ports) {
    return new LedgerEntries(ports, NAME);
  }

  static Adjustments adjustments(Ports ports) {
    var records = new Table<>(ports, NAME, Adjustment.class, Adjustments::key);
    return new Adjustments(records, counters(ports), entries(ports), new Transactions(ports.dynamo()));
  }

  private static <M extends Record & Movement<M>> Ledger<M> ledger(Ports ports, Class<M> type, String kind,
      Counters counters) {
    var records = new Table<>(ports, NAME, type, it -> new Key(it.id(), kind));
    return new Ledger<>(records, it -> new Key(it.id(), kind), counters,
        new Transactions(ports.dynamo()));
  }
}
