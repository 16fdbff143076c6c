package waybill.payments;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundUnclaimed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.platform.*;

/**
 * A schedule: money that no order has named for a day is given back, and payments without money and order are told of once.
 * Money is asked for each time until its refund is claimed, so a request that gets lost is made again.
 */
public record RefundUnclaimedHandler(Table<RecordedPayment> payments, Sender<RefundUnclaimed.Output> sender,
    InstantSource clock)
    implements
      ScheduledFunction {
  private static final Log LOG = Log.of(RefundUnclaimedHandler.class);

  public RefundUnclaimedHandler() { this(Ports.ofProcess()); }

  public RefundUnclaimedHandler(Ports ports) {
    this(PaymentsTable.payments(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    var failures = new AtomicInteger();
    PaymentsTable.unclaimedSince(payments, now.minus(RecordedPayment.PATIENCE)).forEach(key -> {
      try {
        payments.find(key).map(Stored::value).filter(it -> it.isOverdue(now)).ifPresent(it -> end(key, it, now));
      } catch (RuntimeException e) {
        failures.incrementAndGet();
        LOG.error("failed", e, "payment", key.pk());
      }
    });
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " payments without an order are left for the next time");
    }
  }

  private void end(Table.Key key, RecordedPayment recorded, Instant now) {
    PaymentId payment = recorded.payment().id();
    if (recorded.holdsMoney()) {
      LOG.report("MoneyWithoutOrder", "Money without an order is given back", "payment", payment, "amount",
          recorded.amount().minorUnits(), "currency", recorded.amount().currency());
      sender.send(List.of(new RefundRequested(null, recorded.payment(),
          Refund.requested(payment, RefundReason.NO_ORDER, now))));
    } else {
      LOG.report("PaymentsWithoutOrder", "Payment without an order", "payment", payment);
      payments.change(key, known -> known.orElseThrow().told());
    }
  }
}
