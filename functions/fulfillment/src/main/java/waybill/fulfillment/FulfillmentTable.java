package waybill.fulfillment;

import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.platform.Ports;
import waybill.platform.Records;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/**
 * Where fulfillments are: one item each, those of an order in one partition. A fulfillment's id names its order, so it is
 * found without an index. The index lists what a location works on, by location and then by the time it opened: what is
 * open and what is packed, under one value, so that packing writes nothing into it. It is also the mark of what is due: who
 * is packed and still in it has not been answered by its order.
 */
final class FulfillmentTable {
  private static final String BY_STATUS = "by_status";
  private static final String ACTIVE = "active";
  private static final Set<String> SHOWN = Set.of("id", "order_id", "location_id", "status", "lines", "parcels");

  private FulfillmentTable() {}

  static Table<Fulfillment> fulfillments(Ports ports) {
    return new Table<>(ports, "FULFILLMENT_TABLE", Fulfillment.class, it -> key(it.id()),
        FulfillmentTable::indexes);
  }

  static Key key(FulfillmentId id) {
    return new Key(id.order().value(), id.value());
  }

  private static Map<String, String> indexes(Fulfillment it) {
    return switch (it.status()) {
      // Whole seconds: times with and without a fraction do not sort as text.
      case OPEN, PACKED -> Map.of(BY_STATUS, ACTIVE, BY_STATUS + "_range",
          "%s#%s#%s".formatted(it.locationId(), it.openedAt().truncatedTo(ChronoUnit.SECONDS), it.id()));
      case PLANNED, DISPATCHED, REFUSED, CANCELLED -> Map.of();
    };
  }

  /** One that a person may see. */
  static Optional<Stored<Fulfillment>> find(Table<Fulfillment> fulfillments, FulfillmentId id) {
    return fulfillments.find(key(id)).filter(it -> !it.value().isTombstone());
  }

  /** All of an order by their numbers, a tombstone last. */
  static List<Stored<Fulfillment>> findAll(Table<Fulfillment> fulfillments, OrderId order) {
    return fulfillments.findAll(order.value(), "").stream().sorted(Comparator.comparing(it -> it.value().id()))
        .toList();
  }

  /** What is open and what is packed. @param location whose; null for all, location by location */
  static Listing active(LocationId location) {
    return new Listing(BY_STATUS, ACTIVE, location == null ? "" : location + "#", false);
  }

  /** As the API shows it. */
  static Map<String, Object> resource(Stored<Fulfillment> stored) {
    Map<String, Object> tree = Records.toObject(stored.value());
    tree.keySet().retainAll(SHOWN);
    return stored.timed(tree);
  }
}
