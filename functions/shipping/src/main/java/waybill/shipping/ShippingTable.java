package waybill.shipping;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Where things are in the shipping table. The labels of an order share its partition, as the customer sees them together; a
 * tracking number has its own, as the carrier knows nothing of orders.
 */
final class ShippingTable {
  /** How the sort keys of labels start. */
  static final String PARCELS = "par_";
  private static final DueList UNLABELLED = new DueList("by_unlabelled", "scans", 1);
  /** In the same index, which is sparse. */
  private static final DueList VOIDS = new DueList("by_unlabelled", "voids", 1);
  /** In the same index. */
  private static final DueList POLLS = new DueList("by_unlabelled", "polls", 1);
  private static final int MOST_AT_ONCE = 500;

  private ShippingTable() {}

  static Table<ParcelLabel> labels(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", ParcelLabel.class, it -> key(it.order(), it.parcel()));
  }

  static Table<Tracking> trackings(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", Tracking.class, it -> key(it.trackingNumber()),
        ShippingTable::indexes);
  }

  static Table<LabelVoid> voids(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", LabelVoid.class, it -> voidKey(it.parcel()),
        it -> it.dueAt().map(due -> VOIDS.entry(it.parcel(), due)).orElse(Map.of()));
  }

  static Table<ScanPoll> polls(Ports ports) {
    return new Table<>(ports, "SHIPPING_TABLE", ScanPoll.class, it -> pollKey(it.trackingNumber()),
        it -> it.dueAt() == null ? Map.of() : POLLS.entry(it.trackingNumber(), it.dueAt()));
  }

  /** The numbers of which nothing may have been heard for hours. */
  static Stream<Key> pollsDueBy(Table<ScanPoll> polls, Instant now) {
    return POLLS.dueBy(polls, now, MOST_AT_ONCE);
  }

  static Key pollKey(TrackingNumber number) {
    return new Key("tracking#" + number, "poll");
  }

  /** The voids whose carriers are to be looked at. */
  static Stream<Key> voidsDueBy(Table<LabelVoid> voids, Instant now) {
    return VOIDS.dueBy(voids, now, MOST_AT_ONCE);
  }

  /** Sparse: only what waits for its label is listed, until a label joins or the lack of one has been reported. */
  private static Map<String, String> indexes(Tracking tracking) {
    return tracking.unreported()
        ? UNLABELLED.entry(tracking.trackingNumber(), tracking.unlabelled().since())
        : Map.of();
  }

  /** The trackings that have waited for their labels since then or longer. */
  static Stream<Key> unlabelledSince(Table<Tracking> trackings, Instant since) {
    return UNLABELLED.dueBy(trackings, since, MOST_AT_ONCE);
  }

  static Key key(OrderId order, ParcelId parcel) {
    // What comes back is not among the parcels of the order.
    return new Key(order.value(), parcel.comesBack() ? "back#" + parcel.value() : parcel.value());
  }

  static Key voidKey(ParcelId parcel) {
    return new Key(parcel.order().value(), "void#" + parcel.value());
  }

  static Key key(TrackingNumber number) {
    return new Key("tracking#" + number, "tracking");
  }
}
