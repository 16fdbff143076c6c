package waybill.messages;

import java.time.Instant;
import waybill.messages.Choreography.*;

/** What customers have of a shop in place of money, and pay with. */
public interface CreditMessages {

  /**
   * A refund goes to its customer's store credit, and not to what they paid by.
   *
   * @param cause what granted it, unique among all orders
   * @param by who decided it
   */
  record CreditGranted(OrderId order, CreditId credit, String cause, Money amount, String reason, String by, Instant at)
      implements MoveCredit.Input, RefundReturn.Output, GrantRefund.Output {}

  /** An order is to be paid out of store credit. @param payment whose account is the credit */
  record CreditWanted(OrderId order, Payment payment, Money amount) implements MoveCredit.Input, PlaceOrder.Output {}

  /** What an order took out of store credit goes back to it: all that is left of it, at most so much if it says an amount, or a part. */
  record CreditReleased(OrderId order, Payment payment, Refund refund)
      implements MoveCredit.Input, AdvanceOrder.Output {}
}
