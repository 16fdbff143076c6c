package waybill.documents;

import waybill.messages.ParcelId;

/**
 * The visit that takes a parcel. Nobody releases it: a claim counts only while its visit collects parcels, or has this one.
 *
 * @param pickup the last that claimed it
 */
record PickupClaim(ParcelId parcel, PickupId pickup) {

  /** Unless another visit has claimed it by now. @param before a visit whose claim does not count; null for none */
  PickupClaim claimedBy(PickupId next, PickupId before) {
    return pickup.equals(before) ? new PickupClaim(parcel, next) : this;
  }
}
