package waybill.shipping;

import java.util.List;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Finds orders by the tracking numbers of their parcels. */
public final class ParcelFinder {
  private final Table<Tracking> trackings;

  public ParcelFinder(Ports ports) {
    this.trackings = ShippingTable.trackings(ports);
  }

  /** The orders whose parcels bear this number now, however it is written; none if it is no tracking number. */
  public List<OrderId> orders(String number) {
    return TrackingNumber.parse(number).flatMap(it -> trackings.find(ShippingTable.key(it))).map(Stored::value).stream()
        .flatMap(it -> it.parcels().stream()).map(Tracking.Bearer::parcel).map(ParcelId::order).distinct().toList();
  }
}
