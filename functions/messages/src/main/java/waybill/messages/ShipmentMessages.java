package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of labels, and where parcels are. */
public interface ShipmentMessages {

  /** News about one of an order's parcels. */
  sealed interface ParcelNews extends AdvanceOrder.Input {
    ParcelId parcel();
  }

  /**
   * Whether labels of these parcels are or will be in use, after their dispatch was withdrawn.
   *
   * @param withdrawn none is or will be: what was bought is void; else some may be, and nothing is withdrawn
   */
  record WithdrawalAnswered(OrderId order, List<ParcelId> parcels,
      boolean withdrawn) implements AdvanceOrder.Input, BuyLabel.Output {}

  /** It cannot be found out whether the parcel's label was bought: a person must ask the carrier. */
  record LabelUncertain(OrderId order, ParcelId parcel, Instant at) implements ParcelNews, BuyLabel.Output {}

  /**
   * Nobody sells the parcel's label: no carrier account takes it, or the carrier refuses it. Nothing was paid.
   *
   * @param detail why, for people; nothing personal
   * @param at since when
   */
  record LabelRefused(OrderId order, ParcelId parcel, String detail,
      Instant at) implements ParcelNews, BuyLabel.Output {}

  /**
   * The parcel has its label, and may leave.
   *
   * @param items what it holds, one entry a SKU
   * @param lots which lots these come from; null if none of the products is tracked by lots
   */
  record ShipmentLabelled(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
      String carrier, String service,
      String trackingNumber,
      Instant at,
      List<LotQuantity> lots) implements ParcelNews, NotifyCustomer.Input, ShipStock.Input, StoreLabel.Input,
      WatchParcel.Input,
      BuyLabel.Output {

    public ShipmentLabelled {
      lots = LotQuantity.orNull(lots);
    }

    public ShipmentLabelled(OrderId order, ParcelId parcel, LocationId location, StockPool pool,
        List<SkuQuantity> items, String carrier, String service, String trackingNumber, Instant at) {
      this(order, parcel, location, pool, items, carrier, service, trackingNumber, at, null);
    }
  }

  /**
   * The parcel's label is void before its carrier saw the parcel: what it holds is where it was. That comes before or after the news that it
   * had its label.
   *
   * @param items what it held, one entry a SKU
   * @param at when it was labelled
   * @param lots which lots these came from; null if none of the products is tracked by lots
   */
  record ShipmentVoided(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
      Instant at, List<LotQuantity> lots) implements ShipStock.Input, BuyLabel.Output {

    public ShipmentVoided {
      lots = LotQuantity.orNull(lots);
    }
  }

  /**
   * The scans of a parcel are wanted whose label was bought elsewhere.
   *
   * @param carrier as the packer named it
   */
  record TrackerDue(OrderId order, ParcelId parcel, String carrier,
      String trackingNumber) implements RegisterTracker.Input, BuyLabel.Output {}

  /**
   * A carrier's event about a tracking number, verified.
   *
   * @param scans what the carrier has said so far, in any order
   * @param estimatedDeliveryAt when the carrier expects to deliver, or null
   * @param event the provider's id of the event
   * @param bill what the carrier charges for the parcel after all; null if the event is not about that
   */
  record TrackingNoticed(String trackingNumber, List<Scan> scans, Instant estimatedDeliveryAt,
      String event, Bill bill) implements TrackShipment.Input, ReceiveTracking.Output, PollTracking.Output {

    public TrackingNoticed(String trackingNumber, List<Scan> scans, Instant estimatedDeliveryAt, String event) {
      this(trackingNumber, scans, estimatedDeliveryAt, event, null);
    }
  }

  /** A parcel has moved. */
  sealed interface ShipmentMoved extends ParcelNews, WatchParcel.Input, BuyLabel.Output, TrackShipment.Output {
    /** When, by the carrier. */
    Instant at();

    /** When the carrier expects to deliver, or null. */
    Instant estimatedDeliveryAt();

    default Scan scan() {
      ShipmentStatus status = switch (this) {
        case ShipmentInTransit _ -> ShipmentStatus.IN_TRANSIT;
        case ShipmentOutForDelivery _ -> ShipmentStatus.OUT_FOR_DELIVERY;
        case ShipmentOnHold _ -> ShipmentStatus.ON_HOLD;
        case ShipmentReadyForPickup _ -> ShipmentStatus.READY_FOR_PICKUP;
        case ShipmentDeliveryFailed _ -> ShipmentStatus.DELIVERY_FAILED;
        case ShipmentReturned _ -> ShipmentStatus.RETURNED;
        case ShipmentDelivered _ -> ShipmentStatus.DELIVERED;
      };
      return new Scan(status, at(), null, null, this instanceof ShipmentReadyForPickup it ? it.pickup() : null);
    }
  }

  record ShipmentInTransit(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved {}

  record ShipmentOutForDelivery(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved, NotifyCustomer.Input {}

  /** The carrier keeps it until something is settled. @param code why, as the carrier or broker writes it; null if it gave none */
  record ShipmentOnHold(OrderId order, ParcelId parcel, Instant at, Instant estimatedDeliveryAt,
      String code) implements ShipmentMoved {}

  /** @param pickup where it waits; null if nothing is known of that */
  record ShipmentReadyForPickup(OrderId order, ParcelId parcel, Instant at, Instant estimatedDeliveryAt,
      PickupPoint pickup) implements ShipmentMoved, NotifyCustomer.Input {}

  /** @param code why, as the carrier or broker writes it; null if it gave none */
  record ShipmentDeliveryFailed(OrderId order, ParcelId parcel, Instant at, Instant estimatedDeliveryAt,
      String code) implements ShipmentMoved, NotifyCustomer.Input {

    public ShipmentDeliveryFailed(OrderId order, ParcelId parcel, Instant at, Instant estimatedDeliveryAt) {
      this(order, parcel, at, estimatedDeliveryAt, null);
    }
  }

  record ShipmentReturned(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved, OpenReturn.Input {}

  record ShipmentDelivered(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved, MeasureDelivery.Input, FollowClaims.Input {}
}
