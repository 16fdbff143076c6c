package waybill.orders;

import module java.base;
import waybill.messages.OrderId;
import waybill.platform.*;

/**
 * {@code GET /orders}: a customer's orders by {@code customer_id}, or those that are on a {@code hold}. A customer's
 * own token lists that customer's, and no others.
 */
public record ListOrdersHandler(Orders orders) implements HttpFunction {
  private static final List<String> HOLDS = Arrays.stream(Hold.Reason.values()).map(Hold.Reason::text).toList();

  public ListOrdersHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ListOrdersHandler(Ports ports) { this(new Orders(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    String customer = parameters.text("customer_id");
    Hold.Reason hold = parameters.parsed("hold", ListOrdersHandler::reason, "unknown_value",
        "is one of " + String.join(", ", HOLDS));
    if (!Access.seesAll(request)) {
      customer = own(request, parameters, customer);
    } else if ((customer == null) == (parameters.text("hold") == null)) {
      parameters.refuse("customer_id", "required", "name either customer_id or hold");
    }
    if (customer != null && (customer.isEmpty()
        || customer.codePointCount(0, customer.length()) > FormReader.MAX_CUSTOMER_ID)) {
      parameters.refuse("customer_id", "invalid", "has 1 to %d characters".formatted(FormReader.MAX_CUSTOMER_ID));
    }
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    Page<OrderId> ids = Http.orProblem(customer == null
        ? orders.held(hold, limit, cursor)
        : orders.byCustomer(customer, limit, cursor));
    List<Map<String, Object>> data = orders.progress(ids.data()).stream().map(OrderView::summary).toList();
    return HttpResponse.json(200, new Page<>(data, ids.nextCursor()).toTree());
  }

  /** Whose orders a customer's token lists: that customer's. @throws Problem 404 if it asks for another's */
  private static String own(HttpRequest request, Parameters parameters, String customer) {
    if (!Access.isCustomer(request) || parameters.text("hold") != null
        || customer != null && !customer.equals(request.subject())) {
      throw Problem.notFound("list for this token");
    }
    return request.subject();
  }

  private static Hold.Reason reason(String name) {
    if (!HOLDS.contains(name)) {
      throw new IllegalArgumentException();
    }
    return Hold.Reason.values()[HOLDS.indexOf(name)];
  }
}
