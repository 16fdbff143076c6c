package waybill.payments;

import waybill.messages.CreditId;
import waybill.platform.Table.Key;

/** That a cause has moved a credit, and by which entry: written with that, so a repeated cause moves nothing. It never expires. */
record CreditCause(CreditId credit, String cause, int number) {

  static Key key(CreditId credit, String cause) {
    return new Key(credit.value() + "/" + cause, "cause");
  }

  static Key key(CreditCause it) {
    return key(it.credit, it.cause);
  }
}
