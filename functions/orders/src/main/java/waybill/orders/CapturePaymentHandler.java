package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.CapturePayment;
import waybill.orders.Capturing.CaptureForm;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments/{payment_id}/captures}: captures what its provider holds, or says that money has come which other providers took. */
public record CapturePaymentHandler(Orders orders, Sender<CapturePayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(CapturePaymentHandler.class);

  public CapturePaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public CapturePaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    PaymentId payment = request.pathId("payment_id", PaymentId::new);
    CaptureForm form = form(request.fields());
    return call.answer(OrderCommand.Kind.CAPTURE, "captured " + form.amount() + " " + form.last(),
        (content, state, before, command) -> new Paying(content, state, before, command, clock.instant())
            .capture(payment, form)
            .map(it -> new Decided(it, null)),
        sender::send, LOG, "payment", payment);
  }

  static CaptureForm form(Fields fields) {
    var form = new CaptureForm(fields.has("amount") ? fields.whole("amount", 1, FormReader.MAX_AMOUNT) : null,
        fields.has("final") ? fields.flag("final") : null);
    fields.verify();
    return form;
  }
}
