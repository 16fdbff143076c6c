package waybill.documents;

import java.util.Set;
import waybill.messages.ParcelId;

/**
 * The visit that takes a parcel. Nobody releases it: the claim of a visit that is over counts no more.
 *
 * @param pickup the last that claimed it
 */
record PickupClaim(ParcelId parcel, PickupId pickup) {

  /** @param over those that are over among the visits that hold claims */
  PickupClaim claimedBy(PickupId next, Set<PickupId> over) {
    return over.contains(pickup) ? new PickupClaim(parcel, next) : this;
  }
}
