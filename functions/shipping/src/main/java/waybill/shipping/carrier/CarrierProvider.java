package waybill.shipping.carrier;

import java.util.Optional;

/** A carrier, or a broker of carriers, that Waybill can work with. Its package implements this once. */
public interface CarrierProvider {

  /** By which accounts and stored data name it: small letters, digits and underscores. It never changes. */
  String code();

  /** Where the account's labels are bought; empty if this provider sells none. */
  default Optional<Carrier> carrier(CarrierAccount account) {
    return Optional.empty();
  }

  /** How this provider sends scans; empty if it sends none. */
  default Optional<TrackingWebhook> trackingWebhook() {
    return Optional.empty();
  }
}
