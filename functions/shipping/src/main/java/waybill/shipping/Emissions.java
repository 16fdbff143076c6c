package waybill.shipping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.Message;
import waybill.messages.Message.LabelUncertain;
import waybill.messages.Message.ShipmentDelivered;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.messages.Message.ShipmentInTransit;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Message.ShipmentMoved;
import waybill.messages.Message.ShipmentOutForDelivery;
import waybill.messages.Message.ShipmentReadyForPickup;
import waybill.messages.Message.ShipmentReturned;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;
import waybill.shipping.Shipment.Uncertain;

/** What shipments and trackings tell the others: the same at their first writing and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  /** How the parcel's label stands; nothing while it is being bought. */
  static List<Message> of(Shipment shipment) {
    return switch (shipment.stage()) {
      case Drafted _ -> List.of();
      case Uncertain it -> List.of(new LabelUncertain(shipment.order(), shipment.parcel(), it.since()));
      case Labelled it -> List.of(labelled(shipment, it.label(), it.at()));
    };
  }

  /** How the parcel's label stands, and where the parcel is already, where scans were faster than the label. */
  static List<Message> of(Shipment shipment, Tracking tracking) {
    var messages = new ArrayList<>(of(shipment));
    moved(shipment.parcel(), tracking).ifPresent(messages::add);
    return List.copyOf(messages);
  }

  /** Where each parcel is now; nothing while no label has joined, or while the carrier has not seen the parcel. */
  static List<ShipmentMoved> of(Tracking tracking) {
    return tracking.parcels().stream().flatMap(parcel -> moved(parcel, tracking).stream()).toList();
  }

  private static ShipmentLabelled labelled(Shipment shipment, Label label, Instant at) {
    return new ShipmentLabelled(shipment.order(), shipment.parcel(), shipment.location(), shipment.pool(),
        shipment.items(), label.carrier(),
        label.service(), label.trackingNumber(), at);
  }

  private static Optional<ShipmentMoved> moved(ParcelId parcel, Tracking tracking) {
    if (tracking.latest() == null) {
      return Optional.empty();
    }
    OrderId order = parcel.order();
    Instant at = tracking.latest().at();
    Instant estimate = tracking.estimatedDeliveryAt();
    return Optional.ofNullable(switch (tracking.latest().status()) {
      case PRE_TRANSIT -> null;
      case IN_TRANSIT -> new ShipmentInTransit(order, parcel, at, estimate);
      case OUT_FOR_DELIVERY -> new ShipmentOutForDelivery(order, parcel, at, estimate);
      case READY_FOR_PICKUP -> new ShipmentReadyForPickup(order, parcel, at, estimate);
      case DELIVERY_FAILED -> new ShipmentDeliveryFailed(order, parcel, at, estimate);
      case RETURNED -> new ShipmentReturned(order, parcel, at, estimate);
      case DELIVERED -> new ShipmentDelivered(order, parcel, at, estimate);
    });
  }
}
