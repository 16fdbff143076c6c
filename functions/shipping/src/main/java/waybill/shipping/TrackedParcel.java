package waybill.shipping;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.ParcelId;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.platform.Records;
import waybill.shipping.TrackedOrder.Item;
import waybill.shipping.carrier.Carrier.Label;

/**
 * A parcel as its customer may see it: nothing about the recipient or where it was.
 *
 * @param service null if it is not known
 * @param estimatedDeliveryAt null if the carrier gave none
 * @param pickup where it waits for its recipient; null unless that is known
 * @param items what is in it
 * @param history the newest first
 */
record TrackedParcel(ParcelId id, String carrier, String service, String trackingNumber, ShipmentStatus status,
    Instant estimatedDeliveryAt, PickupPoint pickup, List<Item> items, List<Scan> history) {

  static TrackedParcel of(ParcelId id, Label label, List<Item> items, Tracking tracking) {
    return new TrackedParcel(id, label.carrier(), label.service(), label.trackingNumber(), tracking.status(),
        tracking.estimatedDeliveryAt(), pickup(tracking.latest()), items, tracking.history());
  }

  /** Whose number is another parcel's by now, or was never scanned. @param latest the scan that its order knows, or null */
  static TrackedParcel of(ParcelId id, Label label, List<Item> items, Scan latest) {
    return new TrackedParcel(id, label.carrier(), label.service(), label.trackingNumber(),
        latest == null ? ShipmentStatus.PRE_TRANSIT : latest.status(), null, pickup(latest), items,
        Stream.ofNullable(latest).toList());
  }

  /** As the API shows it. */
  Map<String, Object> toResource() {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("id", id.value());
    resource.put("carrier", carrier);
    resource.put("service", service);
    resource.put("tracking_number", trackingNumber);
    resource.put("status", status.name().toLowerCase(Locale.ROOT));
    resource.put("estimated_delivery_at", Records.toTree(estimatedDeliveryAt));
    resource.put("pickup", pickup == null ? null : point());
    resource.put("items", TrackedOrder.items(items));
    resource.put("history", history.stream().map(TrackedParcel::entry).toList());
    return resource;
  }

  private static PickupPoint pickup(Scan latest) {
    return latest == null ? null : latest.pickup();
  }

  private Map<String, Object> point() {
    var point = new LinkedHashMap<String, Object>();
    point.put("place", pickup.place());
    point.put("last_day", Records.toTree(pickup.lastDay()));
    return point;
  }

  private static Map<String, Object> entry(Scan scan) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("status", Records.toTree(scan.status()));
    entry.put("at", Records.toTree(scan.at()));
    entry.put("text", scan.text());
    return entry;
  }
}
