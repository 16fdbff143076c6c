package waybill.shipping.carrier;

import java.util.Optional;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.webhook.Provider;

/** A carrier, or a broker of carriers, that Waybill can work with. Its package implements this once. */
public interface CarrierProvider {

  /** By which accounts and stored data name it: small letters, digits and underscores. It never changes. */
  String code();

  /** Where the account's labels are bought; empty if this provider sells none. */
  default Optional<Carrier> carrier(CarrierAccount account) {
    return Optional.empty();
  }

  /** How this provider signs and sends scans; empty if it sends none. */
  default Optional<Provider<CarrierAccount, TrackingNoticed>> webhook() {
    return Optional.empty();
  }

  /** Why an event of a provider brings no news. */
  enum NoNews {
    /** A test's event at an account for real parcels, or the other way round. */
    MODE,
    /** The event is not about a tracked parcel. */
    TYPE,
    /** The event has no status that says where the parcel is. */
    STATUS,
    /** The event has a status that this version of Waybill does not know: it is taken for nothing, and counted. */
    UNKNOWN
  }
}
