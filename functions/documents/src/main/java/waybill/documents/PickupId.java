package waybill.documents;

import waybill.catalog.CarrierAccountId;
import waybill.messages.IdText;
import waybill.messages.LocationId;

/** A visit of a carrier's driver. */
record PickupId(String value) {
  private static final String PREFIX = "pku_";

  PickupId {
    IdText.requireDigest("PickupId", value, PREFIX);
  }

  /** The same key names the same visit of an account's carrier at a location. */
  static PickupId of(CarrierAccountId account, LocationId location, String idempotencyKey) {
    return new PickupId(
        PREFIX + IdText.digest("pickup", account.carrier(), account.account(), location.value(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
