package waybill.local.providers.easypost;

import waybill.local.providers.ProviderFaults;

/** How calls to the local EasyPost are to go wrong. */
public final class EasyPostFaults extends ProviderFaults<EasyPostFaults.Call, EasyPostFaults.Kind> {

  enum Call {
    CREATE_SHIPMENT, RETRIEVE_SHIPMENT, BUY_SHIPMENT, REFUND_SHIPMENT, LABEL_SHIPMENT, CREATE_SCAN_FORM, RETRIEVE_SCAN_FORM, CREATE_TRACKER, CREATE_ADDRESS, CREATE_BATCH, RETRIEVE_BATCH, CREATE_PICKUP, RETRIEVE_PICKUP, BUY_PICKUP, CANCEL_PICKUP
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
    /** The answer is 422: no label is sold, a refund is requested too early, a number is none. */
    REFUSE,
    /** A call for the same was faster: it is done, and the answer is 422. */
    REFUSE_AFTER
  }

  EasyPostFaults() {
    super(Call.class, Kind.class);
  }
}
