package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of units that come back. */
public interface ReturnMessages {

  /** Units that came back. @param lot null if the product is not tracked by lots */
  record ReturnedUnits(Sku sku, int quantity, ReturnedTo to, LotNumber lot, ExpiryDate expiresOn) {}

  /**
   * Units whose money goes back, or is kept for what is sent instead.
   *
   * @param lineId as they were packed: of a kit its component
   * @param percent of what they are worth
   * @param exchanged null if nothing is sent instead
   */
  record RefundedUnits(LineId lineId, int quantity, int percent, Exchanged exchanged) {
    public RefundedUnits(LineId lineId, int quantity, int percent) {
      this(lineId, quantity, percent, null);
    }
  }

  /** Something else is sent for units. @param price of all of it; null if it costs what they are worth */
  record Exchanged(Long price) {}

  /** What of the units' worth is kept for what is sent instead. @param price of that, of which the customer owes what is not kept */
  record KeptWorth(LineId lineId, int quantity, long price, long amount) {}

  /**
   * It is decided what becomes of units that were counted: stock and money both follow from this one fact.
   *
   * @param disposal the how manieth decision of the return
   * @param units what lies at the location since; empty if nothing came
   * @param refunds empty if no money goes back
   * @param feePercent of what goes back for units, which the merchant keeps for restocking
   * @param shipping whether what the customer paid for shipping goes back, too
   * @param credit what goes back of worth that was kept for what was sent instead of units, as that has come back, or was never sent
   * @param toCredit whether what goes back goes to the customer's store credit
   * @param by who decided it
   */
  record ReturnDisposed(OrderId order, ReturnId returned, int disposal, LocationId location, List<ReturnedUnits> units,
      List<RefundedUnits> refunds, int feePercent, boolean shipping, long credit, boolean toCredit, String by,
      Instant at)
      implements RestockReturn.Input, RefundReturn.Input, RequestReturn.Output, DecideReturn.Output,
      DecideExchange.Output, ReceiveReturn.Output, DisposeReturn.Output, SettleReturn.Output, FollowReturnLabel.Output,
      SweepReturns.Output {}

  /**
   * The order has granted the money of a disposition.
   *
   * @param amount what goes back in all
   * @param refunds by which refunds, one a payment
   * @param kept for what is sent instead
   * @param credited whether it goes to the customer's store credit
   */
  record ReturnRefunded(OrderId order, ReturnId returned, int disposal, Money amount, List<RefundId> refunds,
      List<KeptWorth> kept, boolean credited, Instant at) implements SettleReturn.Input, RefundReturn.Output {}

  /**
   * A person has decided that what is in a parcel comes back.
   *
   * @param cause what asked for it, an incident's id
   * @param number one more each time that this cause asks, as it was refused before
   * @param broughtBack whether its carrier brings it; else its customer sends what was delivered
   * @param by the subject of the request in which that was decided
   */
  record ReturnAsked(OrderId order, ParcelId parcel, String cause, int number, boolean broughtBack, String by,
      Instant at) implements OpenReturn.Input, ResolveIncident.Output, CheckParcels.Output {}

  /**
   * What became of it.
   *
   * @param number of the asking that is answered
   * @param opened the return by which it comes back; null if that was refused
   * @param refused why, for people; null if it was not
   */
  record ReturnAnswered(OrderId order, String cause, int number, ReturnId opened, String refused)
      implements WatchParcel.Input, OpenReturn.Output {}

  /** The customer may send it back. @param until when it must be there */
  record ReturnApproved(OrderId order, ReturnId returned, Instant until, Instant at)
      implements NotifyCustomer.Input, RequestReturn.Output, SubmitReturn.Output, DecideReturn.Output,
      OpenReturn.Output, SweepReturns.Output {}

  /** The customer may not send it back. */
  record ReturnRejected(OrderId order, ReturnId returned, Instant at)
      implements NotifyCustomer.Input, DecideReturn.Output, SweepReturns.Output {}

  /**
   * What came back was looked at, and its money is on its way.
   *
   * @param amount may be nothing
   * @param due what is to be paid before the goods leave that are sent instead; null if none are
   * @param credited whether the amount is the customer's store credit
   */
  record ReturnSettled(OrderId order, ReturnId returned, int disposal, Money amount, Money due, boolean credited,
      Instant at)
      implements NotifyCustomer.Input, SettleReturn.Output {}
}
