package waybill.incidents;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import waybill.catalog.Destination;
import waybill.catalog.PlaceZone;
import waybill.options.Disruption;
import waybill.orders.Orders.Shipping;

/** Where the parcels of an order go, as far as disruptions touch that. */
final class Redating {

  private Redating() {}

  /** @param order null if nobody knows it */
  static Delayed of(List<Disruption> known, Shipping order) {
    Destination to = order == null || order.address() == null ? null : Destination.of(order.address());
    ZoneId clock = PlaceZone.of(to == null ? null : to.country(), ZoneOffset.UTC);
    return new Delayed(known, to, clock);
  }
}
