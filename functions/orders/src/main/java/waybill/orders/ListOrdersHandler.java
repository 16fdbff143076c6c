package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.platform.*;

/**
 * {@code GET /orders}: the orders of a {@code channel}'s customer by {@code customer_id}, or those that are on a {@code hold}. A customer's
 * own token lists that customer's, and no others.
 */
public record ListOrdersHandler(Orders orders, Access access) implements HttpFunction {
  private static final List<String> HOLDS = Arrays.stream(Hold.Reason.values()).map(Hold.Reason::text).toList();

  public ListOrdersHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ListOrdersHandler(Ports ports) {
    this(new Orders(ports), new Access(ports.environment().values().get("CUSTOMER_CHANNEL")));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    String customer = parameters.text("customer_id");
    Hold.Reason hold = parameters.parsed("hold", ListOrdersHandler::reason, "unknown_value",
        "is one of " + String.join(", ", HOLDS));
    ChannelId channel = parameters.parsed("channel", ChannelId::new, "invalid", "is a channel's id");
    if (!Access.seesAll(request)) {
      Access.Customer own = own(request, parameters, customer, channel);
      customer = own.id();
      channel = own.channel();
    } else if ((customer == null) == (parameters.text("hold") == null)) {
      parameters.refuse("customer_id", "required", "name either customer_id or hold");
    } else if ((customer == null) != (parameters.text("channel") == null)) {
      parameters.refuse("channel", "required", "goes with customer_id, which is an id of its channel");
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
        : orders.byCustomer(new Access.Customer(channel, customer), limit, cursor));
    List<Map<String, Object>> data = orders.progress(ids.data()).stream().map(OrderView::summary).toList();
    return HttpResponse.json(200, new Page<>(data, ids.nextCursor()).toTree());
  }

  /** Whose orders a customer's token lists: that customer's. @throws Problem 404 if it asks for another's */
  private Access.Customer own(HttpRequest request, Parameters parameters, String customer, ChannelId channel) {
    Access.Customer own = access.customer(request);
    if (own == null || parameters.text("hold") != null || customer != null && !customer.equals(own.id())
        || channel != null && !channel.equals(own.channel())) {
      throw Problem.notFound("list for this token");
    }
    return own;
  }

  private static Hold.Reason reason(String name) {
    if (!HOLDS.contains(name)) {
      throw new IllegalArgumentException();
    }
    return Hold.Reason.values()[HOLDS.indexOf(name)];
  }
}
