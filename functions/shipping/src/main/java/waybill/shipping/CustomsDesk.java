package waybill.shipping;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import waybill.catalog.Address;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.CustomsTerms;
import waybill.catalog.Destination;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.orders.Orders;
import waybill.orders.Sale;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.shipping.customs.Declaration;
import waybill.shipping.customs.Declaring;

/** Declares parcels by what their orders and products say now. */
public final class CustomsDesk {
  private final Catalog catalog;
  private final Function<OrderId, Optional<Sale>> sales;
  private final InstantSource clock;

  CustomsDesk(Catalog catalog, Function<OrderId, Optional<Sale>> sales, InstantSource clock) {
    this.catalog = catalog;
    this.sales = sales;
    this.clock = clock;
  }

  public CustomsDesk(Ports ports) {
    this(new Catalog(ports), new Orders(ports)::sale, ports.clock());
  }

  /**
   * Reads nothing for a parcel that crosses no border.
   *
   * @return empty if it crosses none; refused with all that customs would miss
   */
  public Outcome<Optional<Declaration>> declare(OrderId order, Parcel parcel, Location from, Address to,
      Optional<Channel> channel) {
    if (!Declaring.isNeeded(from.address(), to)) {
      return Outcome.of(Optional.empty());
    }
    Sale sale = sales.apply(order).orElseThrow(() -> new IllegalStateException(order + " is not placed"));
    Map<Sku, Product> products = catalog.products(parcel.lines().stream().map(LineQuantity::sku).distinct().toList());
    return new Declaring(Destination.of(from.address()), Destination.of(to),
        channel.map(Channel::customs).orElse(CustomsTerms.NONE), clock.instant().atZone(ZoneOffset.UTC).toLocalDate())
        .declare(parcel, sale, products).map(Optional::of);
  }
}
