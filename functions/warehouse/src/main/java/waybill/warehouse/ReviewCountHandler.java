package waybill.warehouse;

import module java.base;
import waybill.messages.Choreography.ReviewCount;
import waybill.platform.*;

/** {@code POST /counts/{id}/review}: decides what becomes of what differs. What is approved is in the bin's books before it answers, and in stock's a moment later. */
public record ReviewCountHandler(CountDesk desk, Sender<ReviewCount.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ReviewCountHandler.class);

  public ReviewCountHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.counts().find(WarehouseTable.key(CountId.of("PRIMING"))));
  }

  public ReviewCountHandler(Ports ports) { this(new CountDesk(ports), new Sender<>(ports)); }

  /** What may be decided. */
  enum Decision {
    APPROVE, RECOUNT, CANCEL
  }

  /** @param rootCause null unless it is approved */
  record Form(Decision decision, Count.RootCause rootCause, String note) {

    static Form read(Fields fields) {
      if (!fields.has("decision")) {
        fields.refuse("decision", "required", "is required");
      }
      Decision decision = fields.choiceOr("decision", Decision.APPROVE);
      Count.RootCause cause = fields.has("root_cause") ? fields.choiceOr("root_cause", Count.RootCause.FOUND) : null;
      if (decision == Decision.APPROVE && fields.has("decision") && cause == null) {
        fields.refuse("root_cause", "required", "is required of what is approved");
      }
      return new Form(decision, cause, fields.textOrNull("note", 500));
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    CountId id = request.pathId("id", CountId::new);
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Stored<Count> decided = Http.orProblem(desk.change(id, it -> switch (form.decision()) {
      case APPROVE -> desk.approve(it, form.rootCause(), form.note(), request.subject());
      case RECOUNT -> it.again();
      case CANCEL -> it.cancelled();
    }));
    // Also of one that is posted: what is sent may have been lost with the one who asked first.
    Stored<Count> stored = decided.value().verdict() == null
        ? decided
        : Http.orProblem(desk.post(decided.value(), news -> sender.send(List.of(news))));
    LOG.info("Count reviewed", "count", id, "decision", form.decision(), "status", stored.value().status());
    return HttpResponse.resource(200, stored, CountView.of(stored));
  }
}
