package waybill.shipping.carrier;

import java.time.Instant;
import java.util.List;
import waybill.messages.Scan;

/** What a provider's event means to Waybill. */
public sealed interface TrackingEvent {

  /** The provider's id of the event. */
  String id();

  /** The provider's name for this kind of event. */
  String type();

  /**
   * A parcel may have moved.
   *
   * @param scans all that the event reports, in any order; at least one
   * @param estimatedDeliveryAt null if the carrier gave none
   */
  record News(String id, String type, String trackingNumber, List<Scan> scans,
      Instant estimatedDeliveryAt) implements TrackingEvent {}

  /** The event has nothing that Waybill uses. */
  record Ignored(String id, String type, Reason reason) implements TrackingEvent {}

  enum Reason {
    /** A test's event at an account for real parcels, or the other way round. */
    MODE,
    /** The event is not about a tracked parcel. */
    TYPE,
    /** The event has no status that Waybill knows. */
    STATUS
  }
}
