package waybill.shipping;

import java.util.Map;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/**
 * Where things are in the shipping table. The labels of an order share its partition, as the customer sees them together; a
 * tracking number has its own, as the carrier knows nothing of orders.
 */
final class ShippingTable {
  /** How the sort keys of labels start. */
  static final String PARCELS = "par_";
  private static final String BY_UNLABELLED = "by_unlabelled";
  private static final String SCANS = "scans";

  private ShippingTable() {}

  static Table<ParcelLabel> labels(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", ParcelLabel.class, it -> key(it.order(), it.parcel()));
  }

  static Table<Tracking> trackings(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", Tracking.class, it -> key(it.trackingNumber()),
        ShippingTable::indexes);
  }

  /** Sparse: only what waits for its label is listed, until a label joins or the lack of one has been reported. */
  private static Map<String, String> indexes(Tracking tracking) {
    return tracking.unreported()
        ? Map.of(BY_UNLABELLED, SCANS, BY_UNLABELLED + "_range",
            "%015d".formatted(tracking.unlabelled().since().toEpochMilli()))
        : Map.of();
  }

  /** A page of the trackings that wait for their labels, the longest waiting first. @param cursor null for the first page */
  static Page<Key> unlabelled(Table<Tracking> trackings, int limit, String cursor) {
    return trackings.keys(new Listing(BY_UNLABELLED, SCANS, "", false), limit, cursor).orElseThrow();
  }

  static Key key(OrderId order, ParcelId parcel) {
    return new Key(order.value(), parcel.value());
  }

  static Key key(TrackingNumber number) {
    return new Key("tracking#" + number, "tracking");
  }
}
