package waybill.documents;

import java.util.Optional;
import waybill.messages.LocationId;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.shipping.tablerate.TableRate;

/**
 * {@code POST /carrier-pickups/{id}/decision}: one of the rates is booked, or nobody is to come; or a person says whether a visit was booked of which the
 * carrier does not. The same decision again is answered with how it stands.
 */
public record DecideCarrierPickupHandler(PickupDesk desk) implements HttpFunction {
  private static final Log LOG = Log.of(DecideCarrierPickupHandler.class);
  private static final int MAX_RATE = 100;
  private static final int MAX_NUMBER = 100;

  public DecideCarrierPickupHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.find(PickupId.of(TableRate.BUILT_IN, new LocationId("priming"), "priming")));
  }

  public DecideCarrierPickupHandler(Ports ports) { this(new PickupDesk(ports, LOG)); }

  enum Kind {
    BOOK, CANCEL,
    /** It turned out that it was booked. */
    BOOKED,
    /** It turned out that it was not. */
    NOT_BOOKED
  }

  /** @param rateId of what is booked @param confirmationNumber the carrier's, of what was booked */
  record Decision(Kind kind, String rateId, String confirmationNumber) {

    static Decision read(Fields fields) {
      if (!fields.has("kind")) {
        fields.refuse("kind", "required", "is required");
      }
      return new Decision(fields.choiceOr("kind", Kind.CANCEL), fields.textOrNull("rate_id", MAX_RATE),
          fields.textOrNull("confirmation_number", MAX_NUMBER));
    }

    /** Each kind has its own fields. */
    void check(Fields fields) {
      check(fields, "rate_id", rateId, kind == Kind.BOOK);
      check(fields, "confirmation_number", confirmationNumber, kind == Kind.BOOKED);
    }

    private static void check(Fields fields, String name, String value, boolean needed) {
      if (value == null && needed) {
        fields.refuse(name, "required", "is required for this kind");
      } else if (value != null && !needed) {
        fields.refuse(name, "not_allowed", "does not belong to this kind");
      }
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    PickupId id = request.pathId("id", PickupId::new);
    request.idempotencyKey();
    Fields fields = request.fields();
    Decision decision = Decision.read(fields);
    decision.check(fields);
    fields.verify();
    Optional<Stored<CarrierPickup>> known = desk.find(id);
    CarrierPickup seen = known.orElseThrow(() -> Problem.notFound("pickup")).value();
    Outcome<Stored<CarrierPickup>> decided = switch (decision.kind) {
      case BOOK -> desk.book(seen, decision.rateId);
      case CANCEL -> desk.cancel(seen);
      case BOOKED, NOT_BOOKED -> desk.settle(seen, decision.confirmationNumber);
    };
    Stored<CarrierPickup> pickup = Http.orProblem(decided);
    LOG.info("Pickup decided", "pickup", id, "kind", decision.kind, "by", request.subject(), "status",
        PickupView.status(pickup.value()));
    return HttpResponse.resource(200, pickup, desk.view(pickup));
  }
}
