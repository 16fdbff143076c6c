package waybill.inventory;

import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.platform.Environment;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Where things are in the inventory's table. A SKU's counters share its partition, so one query shows its stock; each record
 * has a partition of its own, so that many are written at once.
 */
final class InventoryTable {
  private static final String NAME = "INVENTORY_TABLE";

  private InventoryTable() {}

  static Counters counters(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return new Counters(dynamo, environment.get(NAME), clock);
  }

  static Ledger<Reservation> reservations(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return ledger(dynamo, environment, clock, Reservation.class, "reservation");
  }

  static Ledger<Allocation> allocations(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return ledger(dynamo, environment, clock, Allocation.class, "allocation");
  }

  static Ledger<Shipment> shipments(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return ledger(dynamo, environment, clock, Shipment.class, "shipment");
  }

  static Adjustments adjustments(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    var records = new Table<>(dynamo, environment.get(NAME), Adjustment.class, Adjustments::key, clock);
    return new Adjustments(records, counters(dynamo, environment, clock), new Transactions(dynamo));
  }

  private static <M extends Record & Movement<M>> Ledger<M> ledger(DynamoDbClient dynamo, Environment environment,
      InstantSource clock, Class<M> type, String kind) {
    var records = new Table<>(dynamo, environment.get(NAME), type, it -> new Key(it.id(), kind), clock);
    return new Ledger<>(records, it -> new Key(it.id(), kind), counters(dynamo, environment, clock),
        new Transactions(dynamo));
  }
}
