package waybill.orders;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.orders.OrderForm.Line;
import waybill.orders.Orders.Order;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * {@code POST /orders}: places an order, once for its channel and reference. The storefront's retry is the retry: it finds
 * the order and sends again what the order's state implies.
 */
public final class PlaceOrderHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PlaceOrderHandler.class);
  /** An item of DynamoDB holds 400 KB; the rest is for what is added. */
  private static final int MAX_BYTES = 350_000;

  private final Orders orders;
  private final Catalog catalog;
  private final Sender sender;
  private final InstantSource clock;

  public PlaceOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> catalog.channel(new ChannelId("priming")));
  }

  public PlaceOrderHandler(Ports ports) {
    this.orders = new Orders(ports);
    this.catalog = new Catalog(ports);
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::place);
  }

  private HttpResponse place(HttpRequest request) {
    request.refuseQuery();
    Fields fields = request.fields();
    OrderForm form = FormReader.read(fields);
    Optional<OrderContent> before = orderedBefore(fields, form);
    boolean isNew = before.isPresent() ? orders.complete(before.get()) : orders.place(accept(fields, form));
    Order order = orders.find(OrderId.of(form.channel(), form.reference())).orElseThrow();
    if (!order.content().form().equals(form)) {
      throw Problem.of(422, "reference_reused", "the channel has placed another order under this reference",
          Map.of("order_id", order.content().id().value()));
    }
    sender.send(Advancing.emissions(order.state().value(), order.content()));
    OrderId id = order.content().id();
    Object[] about = {"order", id, "total", form.total(), "currency", form.currency()};
    if (isNew) {
      LOG.measure(Metric.count("OrdersPlaced"), "Order placed", about);
    } else {
      LOG.info("Order placed again, unchanged", about);
    }
    return HttpResponse.resource(isNew ? 201 : 200, order.state(), OrderView.whole(order, Access.operates(request)))
        .with("location",
            "/orders/" + id);
  }

  /**
   * What was ordered under this channel and reference: it stands, whatever has become of the catalog since, also where whoever
   * wrote it died before the order stood.
   */
  private Optional<OrderContent> orderedBefore(Fields fields, OrderForm form) {
    if (!fields.sound()) {
      return Optional.empty();
    }
    Optional<OrderContent> ordered = orders.content(OrderId.of(form.channel(), form.reference()));
    ordered.ifPresent(_ -> fields.verify());
    return ordered;
  }

  /** The form as an order. @throws Problem with everything that is wrong with it */
  private OrderContent accept(Fields fields, OrderForm form) {
    var errors = new ArrayList<Violation>();
    Optional<Channel> channel = Optional.ofNullable(form.channel()).flatMap(catalog::channel);
    if (form.channel() != null && channel.isEmpty()) {
      errors.add(new Violation("/channel", "unknown", "there is no such channel"));
    }
    Map<Sku, Product> products = fields.sound()
        ? catalog.products(form.lines().stream().map(Line::sku).toList())
        : Map.of();
    if (fields.sound()) {
      errors.addAll(Placing.checkSums(form));
      channel.ifPresent(it -> errors.addAll(Placing.checkChannel(form, it)));
      errors.addAll(Placing.checkProducts(form, products));
      if (Json.write(form).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        errors.add(new Violation("", "too_large", "an order has at most %d bytes".formatted(MAX_BYTES)));
      }
    }
    errors.forEach(fields::refuse);
    fields.verify();
    return OrderContent.of(OrderId.of(form.channel(), form.reference()), form, channel.orElseThrow(), products,
        clock.instant());
  }
}
