package waybill.shipping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.orders.OrderStatus;

/** An order as whoever has its tracking link may see it. @param parcels those that have their labels */
record TrackedOrder(OrderStatus status, List<TrackedParcel> parcels) {

  boolean isCancelled() {
    return status == OrderStatus.CANCELLED;
  }

  /** As the API shows it. */
  Map<String, Object> toResource() {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("status", status.name().toLowerCase(Locale.ROOT));
    resource.put("parcels", parcels.stream().map(TrackedParcel::toResource).toList());
    return resource;
  }
}
