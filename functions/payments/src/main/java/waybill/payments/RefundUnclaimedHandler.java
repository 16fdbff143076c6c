package waybill.payments;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundUnclaimed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.payments.StripeAccount.Unclaimed;
import waybill.platform.*;
import waybill.platform.webhook.Accounts;

/**
 * A schedule: what becomes of money that no order has named for a day, as its account says. What is held is reported once, as are
 * payments without money and order. A refund is requested each time until it is settled, so a request that gets lost is made again.
 */
public record RefundUnclaimedHandler(Table<RecordedPayment> payments, Accounts<StripeAccount> accounts,
    Sender<RefundUnclaimed.Output> sender,
    InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(RefundUnclaimedHandler.class);

  public RefundUnclaimedHandler() { this(Ports.ofProcess()); }

  public RefundUnclaimedHandler(Ports ports) {
    this(PaymentsTable.payments(ports), StripeAccount.all(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.each(payments, PaymentsTable.unclaimedSince(payments, now.minus(RecordedPayment.PATIENCE)), LOG, it -> {
      if (it.value().isOverdue(now)) {
        end(it.value(), now);
      }
    });
  }

  private void end(RecordedPayment recorded, Instant now) {
    PaymentId payment = recorded.payment().id();
    if (!recorded.holdsMoney()) {
      LOG.report("PaymentsWithoutOrder", "Payment without an order", "payment", payment);
      leave(payment);
      return;
    }
    Object[] about = {"payment", payment, "account", recorded.payment().account(), "amount",
      recorded.amount().minorUnits(), "currency", recorded.amount().currency()};
    switch (accounts.find(recorded.payment().account()).map(StripeAccount::unclaimed).orElse(Unclaimed.HOLD)) {
      case REFUND -> {
        LOG.report("MoneyWithoutOrder", "Money without an order is refunded", about);
        sender.send(List.of(new RefundRequested(null, recorded.payment(),
            Refund.requested(payment, RefundReason.NO_ORDER, now))));
      }
      case HOLD -> {
        LOG.report("MoneyWithoutOrder", "Money without an order is held", about);
        leave(payment);
      }
      case IGNORE -> {
        LOG.info("Money without an order is none of ours", about);
        leave(payment);
      }
    }
  }

  /** What stays where it is leaves the list, or it would keep the others from being looked at. */
  private void leave(PaymentId payment) {
    payments.change(PaymentsTable.key(payment), known -> known.orElseThrow().reported());
  }
}
