package waybill.local.providers.karrio;

import waybill.local.providers.ProviderFaults;

/** How calls to the local Karrio are to go wrong. */
public final class KarrioFaults extends ProviderFaults<KarrioFaults.Call, KarrioFaults.Kind> {

  enum Call {
    FETCH_RATES, CREATE_SHIPMENT, RETRIEVE_SHIPMENT, UPDATE_SHIPMENT, PURCHASE_SHIPMENT, CANCEL_SHIPMENT, RETRIEVE_DOCUMENT, CREATE_TRACKER, LIST_TRACKERS, CREATE_PICKUP, LIST_PICKUPS, RETRIEVE_PICKUP, CANCEL_PICKUP
  }

  enum Kind {
    /** An answer 500, and nothing was done. */
    ERROR_500_BEFORE,
    /** It is done, and the answer is 500. */
    ERROR_500_AFTER,
    /** It is done; the connection ends without an answer. */
    TIMEOUT_AFTER,
    /** The answer is 429, and nothing was done. */
    BUSY,
    /** The carrier behind Karrio refuses: the answer is 424. */
    REFUSE,
    /** Karrio does not hear from the carrier, which may have done it: the answer is 424. */
    CARRIER_AWAY
  }

  KarrioFaults() {
    super(Call.class, Kind.class);
  }
}
