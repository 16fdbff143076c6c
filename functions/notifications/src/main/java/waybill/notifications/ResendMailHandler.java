package waybill.notifications;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ResendMail;
import waybill.messages.OrderMessages.MailRequested;
import waybill.notifications.Originals.Due;
import waybill.orders.*;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/mails}: an operator has a mail sent again that was due for an order. It leaves a moment later, to the order's address as it is now,
 * and says what is so now.
 */
public record ResendMailHandler(Orders orders, Markers markers, Resends resends, Addresses addresses,
    Sender<ResendMail.Output> sender, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ResendMailHandler.class);

  public ResendMailHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> markers.about(Snapshot.NOBODYS));
  }

  public ResendMailHandler(Ports ports) {
    this(new Orders(ports), new Markers(ports), new Resends(ports), new Addresses(ports), new Sender<>(ports),
        ports.clock());
  }

  /** What a request asks for. @param about which mail of several; null for the latest */
  record Form(String kind, String about) {
    static Form read(Fields fields) {
      var form = new Form(fields.text("kind", 40), fields.textOrNull("about", 100));
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    String key = request.idempotencyKey();
    Form form = Form.read(request.fields());
    Orders.Placed order = orders.placed(id).orElseThrow(() -> Problem.notFound("order"));
    Resend resend = Http.orProblem(before(id, key, form)
        .orElseGet(() -> due(form, order).then(due -> resends.ask(new Resend(id, Resend.id(id, key), due.kind(),
            due.about(), request.subject(), clock.instant().truncatedTo(ChronoUnit.MILLIS))))));
    sender.send(List.of(new MailRequested(id, resend.kind(), resend.about(), resend.id(), resend.at())));
    LOG.info("Mail requested again", "order", id, "kind", resend.kind());
    var view = new LinkedHashMap<String, Object>();
    view.put("kind", resend.kind());
    view.put("about",
        new MailAgain(new MailRequested(id, resend.kind(), resend.about(), resend.id(), resend.at())).about());
    view.put("created_at", TimeText.of(resend.at()));
    return HttpResponse.json(202, view);
  }

  /** A repeated request is what it was, whatever has become of the order since. */
  private Optional<Outcome<Resend>> before(OrderId id, String key, Form form) {
    return resends.about(id).stream().filter(it -> it.id().equals(Resend.id(id, key))).findFirst()
        .map(it -> resends.ask(new Resend(id, it.id(), form.kind(), form.about() == null ? it.about() : form.about(),
            it.by(), it.at())));
  }

  private Outcome<Due> due(Form form, Orders.Placed order) {
    List<Marker> mails = markers.about(order.content().id()).stream().map(Stored::value).toList();
    List<Due> all = Originals.due(form.kind(), mails, order.summary());
    Optional<Due> due = all.reversed().stream().filter(it -> form.about() == null || form.about().equals(it.about()))
        .findFirst();
    Optional<Mail> mail = due.flatMap(it -> Originals.mail(it, order.summary()));
    if (mail.isEmpty()) {
      return Refused.conflict("mail_not_due", "no such mail was due for the order").outcome();
    }
    if (Originals.isUntrue(mail.get(), order.summary(), clock.instant())) {
      return Refused.conflict("mail_superseded", "the order has moved on: the mail would say what is no longer so")
          .outcome();
    }
    boolean suppressed = addresses.find(order.content().form().customer().email()).map(Stored::value)
        .filter(AddressStanding::isSuppressed).isPresent();
    return suppressed
        ? Refused.conflict("address_suppressed", "the customer's address gets no mails: release it first").outcome()
        : Outcome.of(due.get());
  }
}
