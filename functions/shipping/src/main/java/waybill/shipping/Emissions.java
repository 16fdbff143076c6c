package waybill.shipping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.BuyReturnLabel;
import waybill.messages.Choreography.TrackShipment;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.ReturnLabelMessages.ReturnLabelWithdrawn;
import waybill.messages.ReturnLabelMessages.ReturnLabelled;
import waybill.messages.ReturnLabelMessages.ReturnMoved;
import waybill.messages.ReturnLabelMessages.ReturnUnlabelled;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentMessages.ShipmentOnHold;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentMessages.ShipmentReadyForPickup;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.messages.ShipmentMessages.ShipmentVoided;
import waybill.messages.ShipmentMessages.TrackerDue;
import waybill.messages.ShipmentStatus;
import waybill.shipping.ParcelLabel.Drafted;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Uncertain;
import waybill.shipping.ParcelLabel.Unsold;
import waybill.shipping.ParcelLabel.Voided;
import waybill.shipping.ParcelLabel.Withdrawn;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Losses;

/** What labels and trackings imply for others: the same at their first writing and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  /** How the parcel's label stands; nothing while it is being bought. */
  static List<BuyLabel.Output> of(ParcelLabel label) {
    return switch (label.stage()) {
      case Drafted _, Withdrawn _ -> List.of();
      case Voided it -> List.of(new ShipmentVoided(label.order(), label.parcel(), label.location(), label.pool(),
          label.items(), it.labelled().at(), label.lots()));
      case Unsold it -> List.of(new LabelRefused(label.order(), label.parcel(), it.detail(), it.since()));
      case Uncertain it -> List.of(new LabelUncertain(label.order(), label.parcel(), it.since()));
      case Labelled it when it.account() == null ->
        List.of(labelled(label, it.label(), it.at()), new TrackerDue(label.order(), label.parcel(),
            it.label().carrier(), it.label().trackingNumber()));
      case Labelled it -> List.of(labelled(label, it.label(), it.at()));
    };
  }

  /** How the parcel's label stands, and where the parcel is already if scans were faster than the label. */
  static List<BuyLabel.Output> of(ParcelLabel label, Tracking tracking) {
    var messages = new ArrayList<BuyLabel.Output>(of(label));
    moved(label.parcel(), tracking).ifPresent(messages::add);
    return List.copyOf(messages);
  }

  /** Where each parcel is now; nothing before a label has joined or the carrier has seen the parcel. */
  static List<TrackShipment.Output> of(Tracking tracking) {
    // What comes back with a label that is void comes back all the same.
    return tracking.parcels().stream().filter(it -> !it.voided() || it.parcel().comesBack())
        .map(Tracking.Bearer::parcel)
        .flatMap(it -> (it.comesBack() ? back(it, tracking) : moved(it, tracking)).stream())
        .map(TrackShipment.Output.class::cast).toList();
  }

  /** How the label of a return stands; nothing while it is being bought. */
  static List<BuyReturnLabel.Output> back(ParcelLabel label) {
    return switch (label.stage()) {
      case Drafted _ -> List.of();
      case Withdrawn _, Voided _ -> List.of(new ReturnLabelWithdrawn(label.order(), label.parcel(), true));
      case Unsold it -> List.of(new ReturnUnlabelled(label.order(), label.parcel(), false, it.detail(), it.since()));
      case Uncertain it -> List.of(new ReturnUnlabelled(label.order(), label.parcel(), true,
          "the carrier cannot say whether it was bought", it.since()));
      case Labelled it -> List.of(new ReturnLabelled(label.order(), label.parcel(), it.label().carrier(),
          it.label().service(), it.label().trackingNumber(), it.at()));
    };
  }

  /** Where the parcel of a return is already, if scans were faster than its label. */
  static Optional<ReturnMoved> back(ParcelId parcel, Tracking tracking) {
    return Optional.ofNullable(tracking.latest()).filter(_ -> tracking.bears(parcel))
        .filter(it -> it.status() != ShipmentStatus.UNKNOWN && it.status() != ShipmentStatus.PRE_TRANSIT)
        .map(it -> new ReturnMoved(parcel.order(), parcel, back(it, tracking), it.at(), Losses.isLost(it.code())));
  }

  /** A broker that knows it for a return calls its delivery one to the sender: here that is where it goes. */
  private static ShipmentStatus back(Scan latest, Tracking tracking) {
    boolean here = latest.status() == ShipmentStatus.RETURNED && tracking.history().stream()
        .anyMatch(it -> it.status() == ShipmentStatus.DELIVERED && it.at().equals(latest.at()));
    return here ? ShipmentStatus.DELIVERED : latest.status();
  }

  private static ShipmentLabelled labelled(ParcelLabel parcel, Label label, Instant at) {
    return new ShipmentLabelled(parcel.order(), parcel.parcel(), parcel.location(), parcel.pool(), parcel.items(),
        label.carrier(), label.service(), label.trackingNumber(), at, parcel.lots());
  }

  private static Optional<ShipmentMoved> moved(ParcelId parcel, Tracking tracking) {
    if (tracking.latest() == null || !tracking.isOf(parcel)) {
      return Optional.empty();
    }
    OrderId order = parcel.order();
    Instant at = tracking.latest().at();
    Instant estimate = tracking.estimatedDeliveryAt();
    return Optional.ofNullable(switch (tracking.latest().status()) {
      case UNKNOWN, PRE_TRANSIT -> null;
      case IN_TRANSIT -> new ShipmentInTransit(order, parcel, at, estimate);
      case OUT_FOR_DELIVERY -> new ShipmentOutForDelivery(order, parcel, at, estimate);
      case ON_HOLD -> new ShipmentOnHold(order, parcel, at, estimate, tracking.latest().code());
      case READY_FOR_PICKUP ->
        new ShipmentReadyForPickup(order, parcel, at, estimate, tracking.latest().pickup());
      case DELIVERY_FAILED -> new ShipmentDeliveryFailed(order, parcel, at, estimate, tracking.latest().code());
      case RETURNED -> new ShipmentReturned(order, parcel, at, estimate);
      case DELIVERED -> new ShipmentDelivered(order, parcel, at, estimate);
    });
  }
}
