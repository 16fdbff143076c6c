package waybill.inventory;

import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Table.Key;

/** When a lot expires, listed by that day beside those of all other products; it is written together with the lot. */
record ExpiringLot(ExpiryDate expiresOn, Sku sku, LotNumber lot) {
  static final String PARTITION = "expiring-lots#";
  /** Follows whatever a day's entries begin with. */
  static final String BEHIND = "~";

  Key key() {
    return new Key(PARTITION, expiresOn + "#" + sku + "#" + lot);
  }
}
