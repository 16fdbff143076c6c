package waybill.payments;

import module java.base;
import waybill.messages.Choreography.MoveCredit;
import waybill.messages.CreditMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.payments.CreditEntry.Draft;
import waybill.payments.CreditEntry.Kind;
import waybill.platform.*;

/**
 * Moves store credit: a refund is put into it, an order is paid out of it, and what an order has taken goes back to it; each once, however often it
 * is asked for. To its order it is a payment like any other.
 */
public record MoveCreditHandler(Credits credits, Sender<MoveCredit.Output> sender, InstantSource clock)
    implements QueueFunction<MoveCredit.Input> {
  private static final Log LOG = Log.of(MoveCreditHandler.class);

  public MoveCreditHandler() { this(Ports.ofProcess()); }

  public MoveCreditHandler(Ports ports) { this(Credits.of(ports), new Sender<>(ports), ports.clock()); }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void work(MoveCredit.Input news) {
    switch (news) {
      case CreditGranted it -> grant(it);
      case CreditWanted it -> spend(it);
      case CreditReleased it -> release(it);
    }
  }

  private void grant(CreditGranted it) {
    CreditEntry entry = credits.move(it.credit(), it.cause(), new Draft(Kind.REFUND, it.amount().minorUnits(),
        it.reason(), it.cause(), it.order(), it.by(), it.at())).orElseThrow();
    LOG.info("Store credit given", "order", it.order(), "credit", it.credit(), "entry", entry.number(), "amount",
        entry.amount());
  }

  private void spend(CreditWanted it) {
    CreditSpending spending = credits.spend(it.order(), it.payment(), it.amount(), now());
    if (spending.closed()) {
      return; // It goes back, which its order has asked for, and hears of.
    }
    boolean paid = spending.spent() > 0;
    var payment = spending.of(it.payment());
    sender.send(
        List.of(paid ? new PaymentCaptured(it.order(), payment) : new PaymentFailed(it.order(), payment)));
    LOG.info(paid ? "Paid out of store credit" : "Not as much store credit", "order", it.order(), "credit",
        spending.credit(), "amount", it.amount().minorUnits());
  }

  private void release(CreditReleased it) {
    CreditSpending spending = credits.release(it.order(), it.payment(), it.refund(), now());
    var answer = spending.answer(it.refund());
    sender.send(List.of(new PaymentRefunded(it.order(),
        spending.spent() > 0 ? spending.of(it.payment()) : it.payment(), answer)));
    LOG.info("Store credit put back", "order", it.order(), "credit", spending.credit(), "refund", answer.id(), "status",
        answer.status());
  }
}
