package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of units that come back. */
public interface ReturnMessages {

  /** Units that came back. @param lot null if the product is not tracked by lots */
  record ReturnedUnits(Sku sku, int quantity, ReturnedTo to, LotNumber lot, ExpiryDate expiresOn) {}

  /** Units whose money goes back. @param lineId as they were packed: of a kit its component. @param percent of what they are worth */
  record RefundedUnits(LineId lineId, int quantity, int percent) {}

  /**
   * It is decided what becomes of units that were counted: stock and money both follow from this one fact.
   *
   * @param disposal the how manieth decision of the return
   * @param units what lies at the location since; empty if nothing came
   * @param refunds empty if no money goes back
   * @param feePercent of what goes back for units, which the merchant keeps for restocking
   * @param shipping whether what the customer paid for shipping goes back, too
   * @param by who decided it
   */
  record ReturnDisposed(OrderId order, ReturnId returned, int disposal, LocationId location, List<ReturnedUnits> units,
      List<RefundedUnits> refunds, int feePercent, boolean shipping, String by, Instant at)
      implements RestockReturn.Input, RefundReturn.Input, ReceiveReturn.Output, DisposeReturn.Output,
      SweepReturns.Output {}

  /**
   * The order has granted the money of a disposition.
   *
   * @param amount what goes back in all
   * @param refunds by which refunds, one a payment
   */
  record ReturnRefunded(OrderId order, ReturnId returned, int disposal, Money amount, List<RefundId> refunds,
      Instant at) implements SettleReturn.Input, RefundReturn.Output {}

  /** The customer may send it back. @param until when it must be there */
  record ReturnApproved(OrderId order, ReturnId returned, Instant until, Instant at)
      implements NotifyCustomer.Input, RequestReturn.Output, DecideReturn.Output, SweepReturns.Output {}

  /** The customer may not send it back. */
  record ReturnRejected(OrderId order, ReturnId returned, Instant at)
      implements NotifyCustomer.Input, DecideReturn.Output, SweepReturns.Output {}

  /** What came back was looked at, and its money is on its way. @param amount may be nothing */
  record ReturnSettled(OrderId order, ReturnId returned, int disposal, Money amount, Instant at)
      implements NotifyCustomer.Input, SettleReturn.Output {}
}
