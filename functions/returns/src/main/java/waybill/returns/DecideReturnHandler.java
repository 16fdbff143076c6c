package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.DecideReturn;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Requesting.Verdict;
import waybill.returns.Return.Word;

/** {@code POST /returns/{id}/decision}: a person approves a return, rejects it, or cancels it before anything of it was counted. */
public record DecideReturnHandler(ReturnDesk desk, Sender<DecideReturn.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(DecideReturnHandler.class);
  private static final int MOST_TEXT = 500;

  public DecideReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public DecideReturnHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  record Form(Verdict verdict, String reason) {
    static Form read(Fields fields) {
      if (!fields.has("decision")) {
        fields.refuse("decision", "required", "is required");
      }
      var form = new Form(fields.choiceOr("decision", Verdict.APPROVE), fields.textOrNull("reason", MOST_TEXT));
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReturnId id = request.pathId("id", ReturnId::new);
    Form form = Form.read(request.fields());
    Placed order = desk.order(id.order());
    var word = new Word(request.subject(), form.reason, desk.now());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        before -> new Requesting(before, Goods.of(order), null, Map.of(), desk.now()).decide(id, form.verdict, word));
    Return decided = stored.value().find(id).orElseThrow();
    sender.send(news(stored.value(), decided));
    LOG.info("Return decided", "order", id.order(), "return", id, "decision", form.verdict);
    return ReturnDesk.answer(200, stored, decided, order);
  }

  private static List<DecideReturn.Output> news(OrderReturns returns, Return it) {
    var news = new ArrayList<DecideReturn.Output>(returns.unsettled(it, one -> one.worth() != null));
    ReturnNews.approved(it).ifPresent(news::add);
    ReturnNews.rejected(it).ifPresent(news::add);
    ReturnNews.labelAsked(it).ifPresent(news::add);
    ReturnNews.labelUnwanted(it).ifPresent(news::add);
    return news;
  }
}
