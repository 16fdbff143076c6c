package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.VoidPayment;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments/{payment_id}/voids}: the order no longer waits for this payment, and what is held of it is released. */
public record VoidPaymentHandler(Orders orders, Sender<VoidPayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(VoidPaymentHandler.class);

  public VoidPaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public VoidPaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    PaymentId payment = request.pathId("payment_id", PaymentId::new);
    return call.answer(OrderCommand.Kind.VOID, "void",
        (content, state, before, command) -> new Paying(content, state, before, command, clock.instant())
            .release(payment).map(it -> new Decided(it, null)),
        sender::send, LOG, "payment", payment);
  }
}
