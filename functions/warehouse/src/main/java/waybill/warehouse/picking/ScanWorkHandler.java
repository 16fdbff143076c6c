package waybill.warehouse.picking;

import module java.base;
import waybill.platform.*;
import waybill.warehouse.picking.Picking.Done;

/**
 * {@code POST /work/{id}/scans}: a person has scanned something, once an Idempotency-Key. A wrong scan changes nothing, and the message says what is wrong.
 */
public record ScanWorkHandler(Picking picking) implements HttpFunction {
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_CHARACTERS = 100;

  public ScanWorkHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> picking.find(WorkDesk.NOBODYS));
  }

  public ScanWorkHandler(Ports ports) { this(new Picking(ports)); }

  /** @param quantity how many units it stands for */
  record Form(String code, int quantity) {
    static Form read(Fields fields) {
      var form = new Form(fields.text("code", MOST_CHARACTERS), fields.integerOr("quantity", 1, MOST_UNITS, 1));
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
    Done done = Http.orProblem(picking.scan(id, key, person, form.code, form.quantity));
    return WorkDesk.answer(done, person);
  }
}
