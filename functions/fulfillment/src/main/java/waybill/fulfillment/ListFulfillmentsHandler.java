package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.*;
import waybill.platform.*;

/**
 * {@code GET /fulfillments}: what is to be packed, the longest open first, or with {@code status=packed} what is packed and may leave,
 * the latest first; location by location. With {@code status=short} it is what no location has, the longest first.
 */
public record ListFulfillmentsHandler(Table<Fulfillment> fulfillments, Companions companions) implements HttpFunction {
  public ListFulfillmentsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .findAll(List.of(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1)))));
  }

  public ListFulfillmentsHandler(Ports ports) { this(FulfillmentTable.fulfillments(ports), Companions.of(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    Status asked = parameters.parsed("status", ListFulfillmentsHandler::status, "unknown_value",
        "is one of open, packed, short");
    LocationId location = parameters.parsed("location_id", LocationId::new, "invalid",
        "is a location's id: 1 to 40 small letters, digits or dashes");
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    Status status = asked == null ? Status.OPEN : asked;
    Page<Table.Key> page = Http.orProblem(
        fulfillments.keys(FulfillmentTable.in(status, location), limit, cursor));
    // The index follows the table a moment later: what has another status by now is left out.
    List<Map<String, Object>> data = companions.shown(fulfillments.findAll(page.data()).stream()
        .filter(it -> it.value().status() == status).toList());
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }

  private static Status status(String name) {
    return switch (name) {
      case "open" -> Status.OPEN;
      case "packed" -> Status.DISPATCHED;
      case "short" -> Status.SHORT;
      default -> throw new IllegalArgumentException();
    };
  }
}
