package waybill.shipping.carrier;

import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;

/**
 * What a {@link Carrier} also is if its events may be lost: of those, parcels are looked up of which nothing was heard for hours. Brokers that
 * send an event again until it is taken need not be asked.
 */
public interface ScanLookup {

  /** All that the carrier has said of a number, as its event would say it; refused if it does not follow the number. Free. */
  Outcome<Event<TrackingNoticed>> scans(String trackingNumber);
}
