package waybill.shipping;

import waybill.messages.Message.TrackingNoticed;

/** What an event of EasyPost's means to us. */
sealed interface EasyPostEvent {

  /** A parcel may have moved. @param type the event's description, as EasyPost calls it */
  record News(String type, TrackingNoticed message) implements EasyPostEvent {}

  /** Nothing that is used. */
  record Ignored(String id, String type, Reason reason) implements EasyPostEvent {}

  enum Reason {
    /** It is a test's at an account for real parcels, or the other way round. */
    MODE,
    /** It is about something else than a tracker. */
    TYPE,
    /** The tracker tells no status that we know. */
    STATUS
  }
}
