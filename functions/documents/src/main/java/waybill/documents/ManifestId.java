package waybill.documents;

import waybill.catalog.CarrierAccountId;
import waybill.messages.IdText;
import waybill.messages.LocationId;

/** A form of a day's labels. */
record ManifestId(String value) {
  private static final String PREFIX = "man_";

  ManifestId {
    IdText.requireDigest("ManifestId", value, PREFIX);
  }

  /** The same key names the same form of an account's labels at a location. */
  static ManifestId of(CarrierAccountId account, LocationId location, String idempotencyKey) {
    return new ManifestId(
        PREFIX + IdText.digest("manifest", account.carrier(), account.account(), location.value(), idempotencyKey));
  }

  @Override
  public String toString() {
    return value;
  }
}
