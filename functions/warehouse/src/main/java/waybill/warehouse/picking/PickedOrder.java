package waybill.warehouse.picking;

import waybill.messages.FulfillmentId;
import waybill.platform.Table.Key;

/** That a fulfillment is in a round: it is in no other. */
record PickedOrder(FulfillmentId fulfillment, RoundId round) {
  static Key key(FulfillmentId id) {
    return new Key(id.value(), "picked");
  }
}
