package waybill.fulfillment;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.platform.Environment;
import waybill.platform.Records;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/**
 * Where fulfillments are: one item each, those of an order in one partition. A fulfillment's id names its order, so it is
 * found without an index; the index lists what a packer works on, by location and then by the time it opened.
 */
final class FulfillmentTable {
  private static final String BY_STATUS = "by_status";
  private static final Set<String> SHOWN = Set.of("id", "order_id", "location_id", "status", "lines", "parcels");

  private FulfillmentTable() {}

  static Table<Fulfillment> fulfillments(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return new Table<>(dynamo, environment.get("FULFILLMENT_TABLE"), Fulfillment.class, it -> key(it.id()),
        FulfillmentTable::indexes, clock);
  }

  static Key key(FulfillmentId id) {
    return new Key(id.order().value(), id.value());
  }

  private static Map<String, String> indexes(Fulfillment it) {
    return switch (it.status()) {
      // Whole seconds: times with and without a fraction do not sort as text.
      case OPEN, PACKED -> Map.of(BY_STATUS, name(it.status()), BY_STATUS + "_range",
          "%s#%s#%s".formatted(it.locationId(), it.openedAt().truncatedTo(ChronoUnit.SECONDS), it.id()));
      case PLANNED, REFUSED -> Map.of();
    };
  }

  /** @param location whose fulfillments; null for all, location by location */
  static Listing listing(Status status, LocationId location) {
    return new Listing(BY_STATUS, name(status), location == null ? "" : location + "#", false);
  }

  private static String name(Status status) {
    return (String) Records.toTree(status);
  }

  /** As the API shows it. */
  static Map<String, Object> resource(Stored<Fulfillment> stored) {
    Map<String, Object> tree = Records.toObject(stored.value());
    tree.keySet().retainAll(SHOWN);
    return stored.timed(tree);
  }
}
