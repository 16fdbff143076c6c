package waybill.search;

import module java.base;
import waybill.events.RecordedEvents;
import waybill.messages.OrderId;
import waybill.notifications.MailHistory;
import waybill.orders.*;
import waybill.platform.*;

/**
 * {@code GET /orders/{id}/history}: what people did to an order, what became of it, its mails and its money, in one order of time. It
 * is read from what each capability keeps anyway, so that it costs no write.
 */
public record GetHistoryHandler(Orders orders, RecordedEvents events, MailHistory mails, Duration kept,
    InstantSource clock) implements HttpFunction {

  public GetHistoryHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.history(Snapshot.NOBODYS));
  }

  public GetHistoryHandler(Ports ports) {
    this(new Orders(ports), new RecordedEvents(ports), new MailHistory(ports),
        Duration.ofDays(Integer.parseInt(ports.environment().get("HISTORY_DAYS"))), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    OrderId id = request.pathId("id", OrderId::new);
    List<HistoryEntry> own = orders.history(id).orElseThrow(() -> Problem.notFound("order"));
    var history = new History(Stream.of(own, events.of(id), mails.of(id)).flatMap(List::stream),
        clock.instant().minus(kept));
    return HttpResponse.json(200, Http.orProblem(history.page(limit, cursor)).toTree());
  }
}
