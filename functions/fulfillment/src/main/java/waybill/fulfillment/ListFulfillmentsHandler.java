package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.LocationId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Page;
import waybill.platform.Problem;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /fulfillments}: what is to be packed, or with {@code status=packed} what was; location by location, longest open first. */
public final class ListFulfillmentsHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListFulfillmentsHandler.class);
  private final Table<Fulfillment> fulfillments;

  public ListFulfillmentsHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ListFulfillmentsHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public ListFulfillmentsHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.fulfillments = FulfillmentTable.fulfillments(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::list);
  }

  private HttpResponse list(HttpRequest request) {
    request.allowQuery("status", "location_id", "limit", "cursor");
    Status status = status(request.query("status"));
    Page<Table.Key> page = fulfillments.keys(FulfillmentTable.listing(status, location(request.query("location_id"))),
        request.limit(), request.query("cursor"));
    // The index follows the table a moment later: what has moved on since is left out.
    List<Map<String, Object>> data = fulfillments.findAll(page.data()).stream()
        .filter(it -> it.value().status() == status)
        .map(FulfillmentTable::resource).toList();
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }

  private static Status status(String name) {
    return switch (name) {
      case null -> Status.OPEN;
      case "open" -> Status.OPEN;
      case "packed" -> Status.PACKED;
      default -> throw Problem.invalid("status", "unknown_value", "is one of open, packed");
    };
  }

  private static LocationId location(String id) {
    try {
      return id == null ? null : new LocationId(id);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("location_id", "invalid", "is a location's id: 1 to 40 small letters, digits or dashes");
    }
  }
}
