package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What is given to a customer as a link or a key, without a parcel. */
public interface DigitalMessages {

  /** Something has changed that decides which links and keys the order's customer is to have. */
  record GrantsDue(OrderId order) implements DeliverDigital.Input, PlaceOrder.Output, ImportKeys.Output,
      ResendGrants.Output {}

  /**
   * How far the digital lines of an order are. The newest revision stands, in whatever order they arrive.
   *
   * @param delivered given to the customer at some time, also if it was revoked since
   * @param lapsed units never given, and refunded or cancelled since
   * @param missing units due, and not there to be given: the pool of keys is empty, or the product says no more how it is delivered
   * @param at when that changed last
   */
  record GrantsMoved(OrderId order, int revision, List<LineQuantity> delivered, int lapsed, int missing,
      Instant at) implements AdvanceOrder.Input, DeliverDigital.Output {}

  /** The customer was given a link or a key. @param delivery the how manieth time @param at when */
  record DigitalDelivered(OrderId order, int delivery, Instant at) implements NotifyCustomer.Input,
      DeliverDigital.Output {}
}
