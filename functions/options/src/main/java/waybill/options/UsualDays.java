package waybill.options;

import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Destination;
import waybill.catalog.ShippingMethod;
import waybill.messages.LocationId;
import waybill.orders.Orders.Shipping;
import waybill.platform.Ports;

/** Reads how long parcels usually take, as their lanes have been learned, for those who watch parcels. */
public final class UsualDays {
  private final Catalog catalog;
  private final Lanes lanes;

  public UsualDays(Ports ports) {
    this.catalog = new Catalog(ports);
    this.lanes = new Lanes(ports);
  }

  /**
   * On how many working days of the carrier nearly all parcels came that went this way.
   *
   * @param from the location that the parcel left; null if nobody knows
   * @return empty if too few have gone it, or nothing says which way it is
   */
  public Optional<Integer> slowest(LocationId from, Shipping order) {
    if (from == null || order.address() == null || order.method() == null) {
      return Optional.empty();
    }
    Destination destination = Destination.of(order.address());
    Optional<ShippingMethod> method = catalog.channel(order.channel())
        .flatMap((Channel it) -> it.method(order.method()));
    Lane.Way way = Lane.Way.of(from, order, method);
    return Lane.slowest(way, destination, lanes.find(way.to(destination)));
  }
}
