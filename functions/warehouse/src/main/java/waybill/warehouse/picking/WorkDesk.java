package waybill.warehouse.picking;

import waybill.messages.LocationId;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Problem;
import waybill.platform.Stored;
import waybill.warehouse.picking.Picking.Done;

/** What both ways of working on a round have in common. */
final class WorkDesk {
  static final RoundId NOBODYS = RoundId.of(new LocationId("priming"), "priming", 1);

  private WorkDesk() {}

  /** @throws Problem 403 if the work is at a location that is not the subject's */
  static void requireLocation(HttpRequest request, Picking picking, RoundId id) {
    if (!request.locations().isEmpty()) {
      Stored<Round> round = picking.find(id).orElseThrow(() -> Problem.notFound("work"));
      request.requireLocation(round.value().locationId());
    }
  }

  /** Whose request it is. */
  static Picking.Reader reader(HttpRequest request) {
    return new Picking.Reader(request.subject(), Words.of(request.header("accept-language")));
  }

  static HttpResponse answer(Done done, Picking.Reader reader) {
    return spoken(HttpResponse.resource(200, done.round(), WorkView.of(done.round(), done.message(), reader.words())),
        reader.words());
  }

  static HttpResponse spoken(HttpResponse response, Words words) {
    return response.with("content-language", words.language()).with("vary", "Accept-Language");
  }
}
