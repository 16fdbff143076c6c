package waybill.payments;

import waybill.messages.CreditId;
import waybill.platform.Table.Key;

/**
 * That a cause has moved a credit, and by which entry: written with that, so a repeated cause moves nothing. It never expires.
 *
 * @param cause unique among all credits, so that no request moves two of them by one key
 */
record CreditCause(CreditId credit, String cause, int number) {

  static Key key(String cause) {
    return new Key("credit/" + cause, "cause");
  }

  static Key key(CreditCause it) {
    return key(it.cause);
  }
}
