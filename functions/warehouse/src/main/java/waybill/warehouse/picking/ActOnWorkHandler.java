package waybill.warehouse.picking;

import module java.base;
import waybill.messages.Choreography.ActOnWork;
import waybill.messages.PickMessages.PickFellShort;
import waybill.platform.*;
import waybill.warehouse.picking.Picking.Done;

/** {@code POST /work/{id}/actions}: a person says what no scan says, once an Idempotency-Key. */
public record ActOnWorkHandler(Picking picking, Sender<ActOnWork.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ActOnWorkHandler.class);
  private static final int MOST_UNITS = 1_000_000;

  public ActOnWorkHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> picking.find(WorkDesk.NOBODYS));
  }

  public ActOnWorkHandler(Ports ports) { this(new Picking(ports), new Sender<>(ports)); }

  enum Action {
    /** What is next comes last. */
    SKIP,
    /** The rest of the units is not in the bin. */
    MISSING, TOTE_FULL, EMPTY, NOT_EMPTY,
    /** Somebody else is to go on. */
    RELEASE
  }

  /** @param quantity how many units are still in the bin that should be empty; null if that is not said */
  record Form(Action action, Integer quantity) {
    static Form read(Fields fields) {
      if (!fields.has("action")) {
        fields.refuse("action", "required", "is required");
      }
      Action action = fields.choiceOr("action", Action.SKIP);
      Integer quantity = null;
      if (action == Action.NOT_EMPTY) {
        quantity = fields.has("quantity") ? (Integer) fields.integer("quantity", 1, MOST_UNITS) : null;
      } else if (fields.has("quantity")) {
        fields.refuse("quantity", "not_expected", "is said only of a bin that is not empty");
      }
      var form = new Form(action, quantity);
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    RoundId id = request.pathId("id", RoundId::new);
    String key = request.idempotencyKey();
    Form form = Form.read(request.fields());
    WorkDesk.requireLocation(request, picking, id);
    Picking.Reader person = WorkDesk.reader(request);
    Words words = person.words();
    Done done = Http.orProblem(switch (form.action) {
      case SKIP -> picking.change(id, key, person, it -> it.skip(words));
      case MISSING -> picking.change(id, key, person, it -> it.missing(words));
      case TOTE_FULL -> picking.change(id, key, person, it -> it.toteFull(words));
      case EMPTY -> picking.change(id, key, person, it -> it.looked(words, true, null));
      case NOT_EMPTY -> picking.change(id, key, person, it -> it.looked(words, false, form.quantity));
      case RELEASE -> picking.release(id, key, person);
    });
    if (done.pick() != null) {
      ShortPick pick = done.pick();
      LOG.info("Units not found", "work", id, "pick", pick.id(), "location", pick.locationId(), "bin", pick.bin(),
          "sku", pick.sku(), "missing", pick.missing(), "lacking", pick.lacking());
      if (!pick.settled()) {
        sender.send(List.of(new PickFellShort(pick.id(), pick.locationId())));
      }
    }
    return WorkDesk.answer(done, person);
  }
}
