package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.DecideExchange;
import waybill.messages.EventMessages.OrderChanged;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Exchanging.Verdict;
import waybill.returns.Return.Word;

/**
 * {@code POST /returns/{id}/exchange}: a person waives what the goods cost more that are sent instead; charges or writes off units that never came
 * though others were sent for them; or has the money go back if what was to be sent is cancelled.
 */
public record DecideExchangeHandler(ReturnDesk desk, Sender<DecideExchange.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(DecideExchangeHandler.class);
  private static final int MOST_TEXT = 500;

  public DecideExchangeHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public DecideExchangeHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  record Form(Verdict verdict, String reason) {
    static Form read(Fields fields) {
      if (!fields.has("decision")) {
        fields.refuse("decision", "required", "is required");
      }
      var form = new Form(fields.choiceOr("decision", Verdict.WAIVE), fields.text("reason", MOST_TEXT));
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
    Return before = desk.returns().find(ReturnsTable.key(id.order())).flatMap(it -> it.value().find(id))
        .orElseThrow(() -> Problem.notFound("return"));
    Map<OrderId, List<Integer>> sending = desk.sending(Exchanging.orders(before));
    var word = new Word(request.subject(), form.reason, desk.now());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        returns -> new Exchanging(returns, desk.now()).decide(id, form.verdict, word, sending));
    Return decided = stored.value().find(id).orElseThrow();
    sender.send(news(stored.value(), decided));
    LOG.info("Exchange decided", "order", id.order(), "return", id, "decision", form.verdict);
    return ReturnDesk.answer(200, stored, decided, order);
  }

  private static List<DecideExchange.Output> news(OrderReturns returns, Return it) {
    var news = new ArrayList<DecideExchange.Output>(
        returns.unsettled(it, one -> one.worth() != null && one.worth().credit() != null));
    ReturnNews.charged(it).ifPresent(news::add);
    return news;
  }
}
