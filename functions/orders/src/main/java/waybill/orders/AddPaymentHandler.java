package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.AddPayment;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments}: names one more payment of an order that stands, also of money that other providers took. */
public record AddPaymentHandler(Orders orders, Sender<AddPayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(AddPaymentHandler.class);

  public AddPaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public AddPaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    Fields fields = request.fields();
    OrderForm.NamedPayment named = FormReader.payment(fields);
    fields.verify();
    return call.answer(OrderCommand.Kind.PAYMENT, Json.write(named),
        (content, state, before, command) -> new Paying(content, state, before, command, clock.instant())
            .add(named.isCredit() ? content.form().credit().map(named::outOf).orElse(named) : named)
            .map(it -> new Decided(it, null)),
        sender::send, LOG, "provider", named.provider(), "amount", named.amount());
  }
}
