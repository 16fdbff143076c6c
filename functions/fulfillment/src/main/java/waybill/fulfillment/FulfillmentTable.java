package waybill.fulfillment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.sourcing.SourcingWords;
import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.platform.Ports;
import waybill.platform.Records;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/**
 * Where fulfillments are stored: one item each, those of an order in one partition. A fulfillment's id names its order, so it is
 * found without an index. The index has three lists, by location and then by the time of opening: of what is open, of what is packed
 * and unapproved, and of what is dispatched. An order approves a dispatch within seconds, so whatever is unapproved after a minute
 * must be sent again; and what a person asks for as packed is what is dispatched.
 */
final class FulfillmentTable {
  private static final String BY_STATUS = "by_status";
  private static final Set<String> SHOWN = Set.of("id", "order_id", "location_id", "status", "lines", "lots",
      "lot_swap", "parcels", "dispatched_at");

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
      case OPEN, PACKED, REPACKING, DISPATCHED -> Map.of(BY_STATUS, list(it.status()), BY_STATUS + "_range",
          "%s#%s#%s".formatted(it.locationId(), TimeKey.of(it.openedAt()), it.id()));
      // No location has it; nothing sorts as a location's id does that begins with a "#".
      case SHORT -> it.openedAt() == null
          ? Map.of()
          : Map.of(BY_STATUS, list(it.status()), BY_STATUS + "_range",
              "#%s#%s".formatted(TimeKey.of(it.openedAt()), it.id()));
      case PLANNED, REFUSED, CANCELLED -> Map.of();
    };
  }

  /** What is to be packed again waits for its order as what is packed does. */
  private static String list(Status status) {
    return (status == Status.REPACKING ? Status.PACKED : status).name().toLowerCase(Locale.ROOT);
  }

  /** One that a person may see. */
  static Optional<Stored<Fulfillment>> find(Table<Fulfillment> fulfillments, FulfillmentId id) {
    return fulfillments.find(key(id)).filter(it -> it.value().isVisible());
  }

  /** All of an order by their numbers, a tombstone last. */
  static List<Stored<Fulfillment>> findAll(Table<Fulfillment> fulfillments, OrderId order) {
    return fulfillments.findAll(order.value(), "ful_").stream().sorted(Comparator.comparing(it -> it.value().id()))
        .toList();
  }

  /**
   * What is open or unapproved, the longest open first, or what is dispatched, the latest first.
   *
   * @param location whose; null for all, location by location
   */
  static Listing in(Status status, LocationId location) {
    return new Listing(BY_STATUS, list(status), location == null ? "" : location + "#", status == Status.DISPATCHED);
  }

  /** What a location has open, the latest first. */
  static Listing newestOpen(LocationId location) {
    return new Listing(BY_STATUS, list(Status.OPEN), location + "#", true);
  }

  /** The one of each location that has been open for longest; found by as many reads of one key as there are locations. */
  static List<Stored<Fulfillment>> longestOpen(Table<Fulfillment> fulfillments) {
    var found = new ArrayList<Stored<Fulfillment>>();
    Optional<Stored<Fulfillment>> next = firstOpen(fulfillments, "");
    while (next.isPresent()) {
      // The index may be late: it may be packed.
      next.filter(it -> it.value().status() == Status.OPEN).ifPresent(found::add);
      // "$" follows "#" and precedes whatever a location's name consists of.
      next = firstOpen(fulfillments, next.get().value().locationId() + "$");
    }
    return found;
  }

  private static Optional<Stored<Fulfillment>> firstOpen(Table<Fulfillment> fulfillments, String range) {
    return fulfillments.firstAfter(BY_STATUS, list(Status.OPEN), range).flatMap(it -> fulfillments.findAll(List.of(it))
        .stream().findFirst());
  }

  /** As the API answers with it. */
  static Map<String, Object> resource(Stored<Fulfillment> stored) {
    Map<String, Object> tree = Records.toObject(stored.value());
    tree.keySet().retainAll(SHOWN);
    tree.put("status", stored.value().status().text());
    tree.putIfAbsent("location_id", null);
    tree.putIfAbsent("dispatched_at", null);
    tree.put("packs_with", null);
    tree.put("sourcing", SourcingWords.tree(stored.value().sourced()));
    if (stored.value().status() == Status.REPACKING) {
      // What is to be packed again must not leave, though its order may yet decide that it does.
      tree.put("dispatched_at", null);
    }
    return stored.timed(tree);
  }
}
