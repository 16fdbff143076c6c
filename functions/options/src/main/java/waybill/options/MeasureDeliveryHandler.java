package waybill.options;

import module java.base;
import waybill.catalog.*;
import waybill.catalog.PlaceZone;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.orders.Orders;
import waybill.orders.Orders.Shipping;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.ParcelJourneys;
import waybill.shipping.ParcelJourneys.Journey;

/** Counts how long each delivered parcel took, and whether it came as promised, in the lane that it went. */
public record MeasureDeliveryHandler(ParcelJourneys journeys, Orders orders, Catalog catalog, Lanes lanes,
    InstantSource clock) implements QueueFunction<ShipmentDelivered> {
  private static final Log LOG = Log.of(MeasureDeliveryHandler.class);

  public MeasureDeliveryHandler() { this(Ports.ofProcess()); }

  public MeasureDeliveryHandler(Ports ports) {
    this(new ParcelJourneys(ports), new Orders(ports), new Catalog(ports), new Lanes(ports), ports.clock());
  }

  @Override
  public void work(ShipmentDelivered news) {
    Optional<Journey> journey = journeys.find(news.parcel());
    Optional<Shipping> order = orders.shipping(news.order())
        .filter(it -> it.address() != null && it.method() != null);
    if (journey.isEmpty() || order.isEmpty()) {
      LOG.info("Delivery not measured", "order", news.order(), "parcel", news.parcel());
      return;
    }
    measure(news, journey.get(), order.get());
  }

  private void measure(ShipmentDelivered news, Journey journey, Shipping order) {
    Channel channel = catalog.channel(order.channel()).orElseThrow();
    Destination destination = Destination.of(order.address());
    Optional<ShippingMethod> method = channel.method(order.method());
    Workdays carrier = method.flatMap(it -> it.zone(destination)).map(ShippingMethod.Zone::calendar)
        .map(it -> catalog.calendars().get(it)).orElse(Workdays.MONDAY_TO_FRIDAY);
    ZoneId there = PlaceZone.of(destination.country(), ZoneId.of(channel.timeZone()));
    Integer took = journey.whole() ? Journeys.days(journey.scans(), carrier, there).orElse(null) : null;
    Boolean inTime = order.chosen() == null ? null : (Boolean) !news.at().isAfter(order.chosen().latestAt());
    if (took == null && inTime == null) {
      LOG.info("Delivery not measured", "order", news.order(), "parcel", news.parcel());
      return;
    }
    Lane.Way way = Lane.Way.of(journey.from(), order, method);
    if (lanes.count(news.parcel(), way.to(destination), took, inTime, clock.instant())) {
      LOG.measure(Metric.count(Boolean.FALSE.equals(inTime) ? "ParcelsLate" : "ParcelsMeasured"), "Delivery measured",
          "order", news.order(), "parcel", news.parcel(), "days", took, "in_time", inTime);
    }
  }
}
