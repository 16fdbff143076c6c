package waybill.shipping;

import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Environment;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Where things are in the shipping table. An order's shipments share its partition, for the customer sees them together; a
 * tracking number has its own, for the carrier knows nothing of orders.
 */
final class ShippingTable {
  /** How the sort keys of shipments start. */
  static final String PARCELS = "par_";

  private ShippingTable() {}

  static Table<Shipment> shipments(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return new Table<>(dynamo, environment.get("SHIPPING_TABLE"), Shipment.class, it -> key(it.order(), it.parcel()),
        clock);
  }

  static Table<Tracking> trackings(DynamoDbClient dynamo, Environment environment, InstantSource clock) {
    return new Table<>(dynamo, environment.get("SHIPPING_TABLE"), Tracking.class, it -> key(it.trackingNumber()),
        clock);
  }

  static Key key(OrderId order, ParcelId parcel) {
    return new Key(order.value(), parcel.value());
  }

  static Key key(TrackingNumber number) {
    return new Key("tracking#" + number, "tracking");
  }
}
