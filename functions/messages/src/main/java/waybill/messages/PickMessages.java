package waybill.messages;

import waybill.messages.Choreography.*;

/** What becomes of units that are picked out of bins. */
public interface PickMessages {

  /** A person did not find units in a bin: whoever else is to take units of it there takes them elsewhere. */
  record PickFellShort(PickId pick, LocationId location)
      implements
      SettlePicks.Input,
      ActOnWork.Output,
      ResendPicks.Output {}

  /**
   * No bin of the location has units that an order was to be picked: it does without them, as if its packer had reported it.
   *
   * @param reference names what they were missing of, once a fulfillment
   * @param lot null if the product is not tracked by lots
   * @param actor who did not find them, by their token
   */
  record UnitsNotPicked(OrderId order, FulfillmentId fulfillment, String reference, LineId line, int quantity,
      LotNumber lot, String actor) implements ShareShortfall.Input, SettlePicks.Output {}
}
