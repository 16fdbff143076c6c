package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.LabelReturn;
import waybill.messages.ReturnLabelMessages.ReturnBox;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Labelling.Verdict;
import waybill.returns.Return.Word;

/** {@code POST /returns/{id}/label}: a person has the shop pay the way back, whatever the policy, or does not want the label any more. */
public record LabelReturnHandler(ReturnDesk desk, Catalog catalog, Sender<LabelReturn.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(LabelReturnHandler.class);
  private static final int MOST_TEXT = 500;
  private static final int MOST_GRAMS = 1_000_000;
  private static final int MOST_MILLIMETRES = 10_000;

  public LabelReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public LabelReturnHandler(Ports ports) { this(ReturnDesk.of(ports), new Catalog(ports), new Sender<>(ports)); }

  /** @param to null for where the policy says. @param box null for as it was sent */
  record Form(Verdict verdict, String reason, LocationId to, ReturnBox box) {
    static Form read(Fields fields) {
      if (!fields.has("decision")) {
        fields.refuse("decision", "required", "is required");
      }
      var box = new ReturnBox(size(fields, "weight_grams", MOST_GRAMS), size(fields, "length_mm", MOST_MILLIMETRES),
          size(fields, "width_mm", MOST_MILLIMETRES), size(fields, "height_mm", MOST_MILLIMETRES));
      var form = new Form(fields.choiceOr("decision", Verdict.BUY), fields.textOrNull("reason", MOST_TEXT),
          fields.parsedOrNull("location_id", LocationId::new, "is the id of a location"),
          box.equals(new ReturnBox(null, null, null, null)) ? null : box);
      if (form.verdict == Verdict.VOID && (form.to != null || form.box != null)) {
        fields.refuse("decision", "not_allowed", "a label that is void goes nowhere");
      }
      fields.verify();
      return form;
    }

    private static Integer size(Fields fields, String name, int most) {
      return fields.has(name) ? fields.integer(name, 1, most) : null;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReturnId id = request.pathId("id", ReturnId::new);
    Form form = Form.read(request.fields());
    Placed order = desk.order(id.order());
    if (form.to != null && catalog.location(form.to).isEmpty()) {
      throw Problem.invalid("/location_id", "unknown", "there is no such location");
    }
    var word = new Word(request.subject(), form.reason, desk.now());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        before -> new Labelling(before, desk.now()).decide(id, form.verdict, word, form.to, form.box));
    Return decided = stored.value().find(id).orElseThrow();
    sender.send(Stream.<Optional<? extends LabelReturn.Output>>of(ReturnNews.labelAsked(decided),
        ReturnNews.labelUnwanted(decided)).flatMap(Optional::stream).map(LabelReturn.Output.class::cast).toList());
    LOG.info("Return label decided", "order", id.order(), "return", id, "decision", form.verdict);
    return ReturnDesk.answer(200, stored, decided, order);
  }
}
