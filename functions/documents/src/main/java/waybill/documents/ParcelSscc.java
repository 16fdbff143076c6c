package waybill.documents;

import waybill.messages.ParcelId;

/** A parcel's serial shipping container code, for ever. @param sscc its 18 digits */
record ParcelSscc(ParcelId parcel, String sscc) {}
