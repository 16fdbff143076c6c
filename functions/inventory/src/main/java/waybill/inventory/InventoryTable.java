package waybill.inventory;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.messages.StockMessages.StockFellShort;
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
  private static final String SHIPMENT = "shipment";
  static final String CHECKOUT = "checkout";

  private InventoryTable() {}

  static Counters counters(Ports ports) {
    return new Counters(ports, NAME);
  }

  /** As far as it may be promised. */
  static Counters openCounters(Ports ports) {
    return new Counters(ports, NAME, new Catalog(ports)::locations, false);
  }

  /** As far as it may be promised to orders that come now: those who wait come first. */
  static Counters queuedCounters(Ports ports) {
    return new Counters(ports, NAME, new Catalog(ports)::locations, true);
  }

  /** Their releases; what is promised comes from {@link #promises}. */
  static Ledger<Reservation> reservations(Ports ports) {
    return ledger(ports, Reservation.class, RESERVATION, counters(ports));
  }

  /** @param counters of which what is waited for is held back */
  static Ledger<Reservation> promises(Ports ports, Counters counters) {
    return ledger(ports, Reservation.class, RESERVATION, counters, oversellTerms(ports)::of,
        it -> places(places(ports), it), LotChoice.none());
  }

  /** Their releases. */
  static Ledger<Allocation> allocations(Ports ports) {
    return ledger(ports, Allocation.class, ALLOCATION, counters(ports));
  }

  /**
   * To make them: of what is counted by lots, they take the lots that expire first.
   *
   * @param fellShort hears what allocated units turn out not to be for sale
   */
  static Ledger<Allocation> newAllocations(Ports ports, Consumer<List<StockFellShort>> fellShort) {
    Counters counters = counters(ports);
    return ledger(ports, Allocation.class, ALLOCATION, counters, _ -> Owing.none(), _ -> List.of(),
        new FirstExpired(counters, lots(ports), new Catalog(ports), withdrawals(ports), fellShort, ports.clock()));
  }

  static Withdrawals withdrawals(Ports ports) {
    return new Withdrawals(new Catalog(ports), counters(ports), lots(ports), adjustments(ports), ports.clock());
  }

  static Lots lots(Ports ports) {
    return new Lots(ports, NAME);
  }

  /** @param fresh whether units come from outside */
  static ArrivingLots arrivingLots(Ports ports, boolean fresh) {
    return new ArrivingLots(new Catalog(ports), lots(ports), ports.clock(), fresh);
  }

  static Ledger<ShippedUnits> shipments(Ports ports) {
    return ledger(ports, ShippedUnits.class, SHIPMENT, counters(ports), _ -> Owing.none(), _ -> List.of(),
        new FoundShipping());
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

  static Table<Allocation> allocationRecords(Ports ports) {
    return new Table<>(ports, NAME, Allocation.class, it -> allocation(it.id()));
  }

  static Table<LotSwap> lotSwapRecords(Ports ports) {
    return new Table<>(ports, NAME, LotSwap.class, it -> LotSwap.key(it.id()));
  }

  static Corrections corrections(Ports ports) {
    return new Corrections(new Table<>(ports, NAME, Shortage.class, Corrections::key),
        allocationRecords(ports),
        reservationRecords(ports), openCounters(ports),
        new Transactions(ports.dynamo()));
  }

  private static Table<Waiting> places(Ports ports) {
    return new Table<>(ports, NAME, Waiting.class, Waiting::key);
  }

  /** Written together with a reservation that waits, so that it is never overtaken between the two. */
  private static List<TransactWriteItem> places(Table<Waiting> places, Reservation it) {
    return it.isWaiting()
        ? it.owed().keySet().stream().map(sku -> places.insertion(Waiting.of(it, sku))).toList()
        : List.of();
  }

  static Backorders backorders(Ports ports) {
    return new Backorders(places(ports), reservationRecords(ports),
        openCounters(ports), new Transactions(ports.dynamo()));
  }

  /** To keep units for them: those who wait come first. */
  static Checkouts newCheckouts(Ports ports) {
    return checkouts(ports, queuedCounters(ports));
  }

  /** To look at them, and to end them. */
  static Checkouts checkouts(Ports ports) {
    return checkouts(ports, counters(ports));
  }

  private static Checkouts checkouts(Ports ports, Counters counters) {
    return new Checkouts(checkoutRecords(ports), new Table<>(ports, NAME, Expiring.class, Expiring::key), counters,
        new Transactions(ports.dynamo()), ledger(ports, CheckoutReservation.class, CHECKOUT, counters), ports.clock());
  }

  private static Table<CheckoutReservation> checkoutRecords(Ports ports) {
    return records(ports, CheckoutReservation.class, CHECKOUT);
  }

  static Takeover takeover(Ports ports) {
    Counters counters = queuedCounters(ports);
    return new Takeover(checkoutRecords(ports), reservationRecords(ports), counters, new Transactions(ports.dynamo()),
        ledger(ports, CheckoutReservation.class, CHECKOUT, counters), oversellTerms(ports)::of,
        it -> places(places(ports), it), ports.clock());
  }

  private static OversellTerms oversellTerms(Ports ports) {
    return new OversellTerms(new Catalog(ports), inbounds(ports), ports.clock());
  }

  static Inbounds inbounds(Ports ports) {
    return new Inbounds(ports, NAME, counters(ports));
  }

  /** As far as nothing leaves a location. */
  static Transfers transfers(Ports ports) {
    return new Transfers(ports, NAME, counters(ports), List::of);
  }

  /** As far as units leave a location for them. */
  static Transfers dispatchedTransfers(Ports ports) {
    return new Transfers(ports, NAME, queuedCounters(ports), new Catalog(ports)::locations);
  }

  /** As far as nothing moves. */
  static Assemblies assemblies(Ports ports) {
    return new Assemblies(ports, NAME, counters(ports), List::of);
  }

  /** As far as components are used up for them. */
  static Assemblies completedAssemblies(Ports ports) {
    return new Assemblies(ports, NAME, queuedCounters(ports), new Catalog(ports)::locations);
  }

  static LedgerEntries entries(Ports ports) {
    return new LedgerEntries(ports, NAME);
  }

  static Table<Adjustment> adjustmentRecords(Ports ports) {
    return new Table<>(ports, NAME, Adjustment.class, Adjustments::key);
  }

  static Imports imports(Ports ports) {
    return new Imports(ports, NAME);
  }

  /** Whatever moves counters is named here, or the reconciliation reports it as drift. */
  static Reconciliation reconciliation(Ports ports, Reconciliation.Limits limits) {
    return new Reconciliation(ports, NAME, new Catalog(ports)::locations,
        Map.of(RESERVATION, Contribution.ofMovements(reservationRecords(ports)), ALLOCATION,
            Contribution.ofMovements(allocationRecords(ports)), SHIPMENT,
            Contribution.ofMovements(records(ports, ShippedUnits.class, SHIPMENT)), CHECKOUT,
            Contribution.ofMovements(checkoutRecords(ports))),
        limits);
  }

  private static <M extends Record & Movement<M>> Table<M> records(Ports ports, Class<M> type, String kind) {
    return new Table<>(ports, NAME, type, it -> new Key(it.id(), kind));
  }

  static Adjustments adjustments(Ports ports) {
    return new Adjustments(adjustmentRecords(ports), counters(ports), entries(ports), lots(ports),
        new Transactions(ports.dynamo()));
  }

  private static <M extends Record & Movement<M>> Ledger<M> ledger(Ports ports, Class<M> type, String kind,
      Counters counters) {
    return ledger(ports, type, kind, counters, _ -> Owing.none(), _ -> List.of(), LotChoice.none());
  }

  private static <M extends Record & Movement<M>> Ledger<M> ledger(Ports ports, Class<M> type, String kind,
      Counters counters, Function<List<M>, Owing<M>> owing, Function<M, List<TransactWriteItem>> beside,
      LotChoice<M> choice) {
    return new Ledger<>(records(ports, type, kind), it -> new Key(it.id(), kind), counters,
        new Transactions(ports.dynamo()), owing, beside, choice);
  }
}
