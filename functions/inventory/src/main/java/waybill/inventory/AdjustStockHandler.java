package waybill.inventory;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.messages.AdjustmentId;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Problem;
import waybill.platform.Records;
import waybill.platform.Snapshot;

/** {@code POST /stock/{sku}/adjustments}: adds stock to a location or takes it away, with a reason; once an Idempotency-Key. */
public final class AdjustStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(AdjustStockHandler.class);
  private static final int MAX_QUANTITY = 1_000_000_000;
  private final Catalog catalog;
  private final Adjustments adjustments;
  private final Counters counters;

  public AdjustStockHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public AdjustStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public AdjustStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.catalog = new Catalog(dynamo, environment, clock);
    this.adjustments = InventoryTable.adjustments(dynamo, environment, clock);
    this.counters = InventoryTable.counters(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::adjust);
  }

  private HttpResponse adjust(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    var id = AdjustmentId.of(request.idempotencyKey());
    if (catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    Adjustment adjustment = read(id, sku, request);
    if (adjustments.make(adjustment)) {
      LOG.info("Stock adjusted", "adjustment", id, "sku", sku, "location", adjustment.location(), "quantity",
          adjustment.quantity(), "reason", adjustment.reason());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("adjustment_id", id);
    answer.putAll(Records.toObject(counters.stock(sku)));
    return HttpResponse.json(201, answer);
  }

  private Adjustment read(AdjustmentId id, Sku sku, HttpRequest request) {
    Fields fields = request.fields();
    LocationId locationId = fields.parsed("location_id", LocationId::new, "is the id of a location");
    Location location = locationId == null ? null : catalog.location(locationId).orElse(null);
    if (locationId != null && location == null) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    int quantity = fields.integer("quantity", -MAX_QUANTITY, MAX_QUANTITY);
    if (quantity == 0) {
      fields.refuse("quantity", "out_of_range", "is not zero: units that came, or, negative, that went");
    }
    if (!fields.has("reason")) {
      fields.refuse("reason", "required", "is required");
    }
    Adjustment.Reason reason = fields.choiceOr("reason", Adjustment.Reason.CORRECTION);
    String note = fields.textOrNull("note", 500);
    fields.verify();
    return new Adjustment(id, sku, locationId, location.stockPool(), quantity, reason, note, request.subject());
  }
}
