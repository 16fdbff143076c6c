package waybill.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderId;
import waybill.orders.OrderState.Awaiting;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Page;
import waybill.platform.Problem;

/**
 * {@code GET /orders}: a customer's orders by {@code customer_id}, or open orders by what they are {@code awaiting}. A
 * customer's own token lists that customer's, and no others.
 */
public final class ListOrdersHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListOrdersHandler.class);
  private final Orders orders;

  public ListOrdersHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ListOrdersHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public ListOrdersHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.orders = new Orders(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::list);
  }

  private HttpResponse list(HttpRequest request) {
    request.allowQuery("customer_id", "awaiting", "limit", "cursor");
    Page<OrderId> ids = ids(request);
    List<Map<String, Object>> data = orders.states(ids.data()).stream().map(OrderView::summary).toList();
    return HttpResponse.json(200, new Page<>(data, ids.nextCursor()).toTree());
  }

  private Page<OrderId> ids(HttpRequest request) {
    String customer = request.query("customer_id");
    String awaiting = request.query("awaiting");
    if (!Access.seesAll(request)) {
      if (!Access.isCustomer(request) || awaiting != null || customer != null && !customer.equals(request.subject())) {
        throw Problem.notFound("list for this token");
      }
      return ofCustomer(request.subject(), request);
    }
    if ((customer == null) == (awaiting == null)) {
      throw Problem.invalid("customer_id", "required", "name either customer_id or awaiting");
    }
    return customer != null
        ? ofCustomer(customer, request)
        : orders.awaiting(awaiting(awaiting), request.limit(), request.query("cursor"));
  }

  private Page<OrderId> ofCustomer(String customer, HttpRequest request) {
    if (customer.isEmpty() || customer.codePointCount(0, customer.length()) > FormReader.MAX_CUSTOMER_ID) {
      throw Problem.invalid("customer_id", "invalid", "has 1 to %d characters".formatted(FormReader.MAX_CUSTOMER_ID));
    }
    return orders.byCustomer(customer, request.limit(), request.query("cursor"));
  }

  private static Awaiting awaiting(String name) {
    List<String> names = Arrays.stream(Awaiting.values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    if (!names.contains(name)) {
      throw Problem.invalid("awaiting", "unknown_value", "is one of " + String.join(", ", names));
    }
    return Awaiting.values()[names.indexOf(name)];
  }
}
