package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ReleaseHold;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderHolds.Release;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/holds/{hold_id}/release}: ends a hold that a person placed, or one that follows from the order's money or
 * stock, by saying how that is settled. When the last one is released, the order goes on from where it was.
 */
public record ReleaseHoldHandler(Orders orders, Sender<ReleaseHold.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReleaseHoldHandler.class);

  public ReleaseHoldHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ReleaseHoldHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    HoldId hold = request.pathId("hold_id", HoldId::new);
    Form form = Form.read(request.fields());
    return call.answer(OrderCommand.Kind.RELEASE, Json.write(form), (placed, state, before, command) -> {
      var release = new Release(form.note(), command.at(), call.key(), form.resolution());
      return ResolvingShort.of(hold, placed, state, before, release, command.id()).map(it -> it.by(form.resolution()))
          .orElseGet(() -> state.released(hold, form.resolution(), release, command.id(), command.at()));
    }, sender::send, LOG, "hold", hold, "resolution", form.resolution());
  }

  /** What a request asks for. */
  record Form(String note, Resolution resolution) {
    static Form read(Fields fields) {
      var form = new Form(fields.text("note", HoldOrderHandler.MAX_NOTE),
          fields.has("resolution") ? fields.choiceOr("resolution", Resolution.ACCEPT_DIFFERENCE) : null);
      fields.verify();
      return form;
    }
  }
}
