package waybill.payments;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundUnclaimed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.platform.*;
import waybill.platform.webhook.Accounts;

/**
 * A schedule: money that no order has named for a day is reported each time, and refunded where its account says so; payments without money
 * and order are reported once. A refund is requested each time until it is claimed, so a request that gets lost is made again.
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
    if (recorded.holdsMoney()) {
      boolean refunds = accounts.find(recorded.payment().account())
          .filter(it -> it.unclaimed() == StripeAccount.Unclaimed.REFUND).isPresent();
      LOG.report("MoneyWithoutOrder",
          refunds ? "Money without an order is refunded" : "Money without an order is held", "payment", payment,
          "amount", recorded.amount().minorUnits(), "currency", recorded.amount().currency());
      if (!refunds) {
        return;
      }
      sender.send(List.of(new RefundRequested(null, recorded.payment(),
          Refund.requested(payment, RefundReason.NO_ORDER, now))));
    } else {
      LOG.report("PaymentsWithoutOrder", "Payment without an order", "payment", payment);
      payments.change(PaymentsTable.key(payment), known -> known.orElseThrow().reported());
    }
  }
}
