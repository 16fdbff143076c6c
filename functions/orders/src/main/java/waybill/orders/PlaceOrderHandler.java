package waybill.orders;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.messages.Choreography.PlaceOrder;
import waybill.orders.OrderForm.Line;
import waybill.orders.Orders.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * {@code POST /orders}: places an order, once for its channel and reference. The storefront's retry is the retry: it finds
 * the order and sends again what the order's state implies.
 */
public record PlaceOrderHandler(Orders orders, Catalog catalog, DeliveryQuotes quotes, Sender<PlaceOrder.Output> sender,
    InstantSource clock, Optional<String> publicUrl)
    implements HttpFunction {
  private static final Log LOG = Log.of(PlaceOrderHandler.class);
  /** An item of DynamoDB holds 400 KB; the rest is for what is added. */
  private static final int MAX_BYTES = 350_000;

  public PlaceOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.offer(new ChannelId("priming"), List.of()));
  }

  public PlaceOrderHandler(Ports ports) {
    this(new Orders(ports), new Catalog(ports), new DeliveryQuotes(ports), new Sender<>(ports), ports.clock(),
        ports.environment().find("PUBLIC_URL"));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Fields fields = request.fields();
    OrderForm read = FormReader.read(fields);
    OrderForm form = fields.sound() ? read.withCredit() : read;
    Ordered ordered = ordered(fields, form, publicUrl.orElseGet(() -> "https://" + request.header("host")));
    OrderId id = ordered.content().id();
    Http.orProblem(Placing.asOrdered(ordered.content(), form));
    sender.send(OrderEvents.with(Advancing.emissions(ordered.state().value(),
        orders.lines(ordered.content(), ordered.state().value()).now()),
        ordered.state().value()));
    Object[] about = {"order", id, "total", form.total(), "currency", form.currency()};
    if (ordered.isNew()) {
      LOG.measure(Metric.count("OrdersPlaced"), "Order placed", about);
    } else {
      LOG.info("Order placed again, unchanged", about);
    }
    var order = orders.whole(ordered.content(), ordered.state());
    return HttpResponse.resource(ordered.isNew() ? 201 : 200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order),
            // Nobody can have put anything beside an order that was not there.
            ordered.isNew() ? Remarks.NONE : orders.remarks(id, Access.operates(request)), Access.operates(request)))
        .with("location", "/orders/" + id);
  }

  /**
   * The form as an order that stands. What was ordered before under its channel and reference stands, whatever has become of the
   * catalog since, also if the request that wrote it crashed before the order stood; it is looked for only if the form is not accepted
   * or its place is taken.
   *
   * @throws Problem with everything that is wrong with the form
   */
  private Ordered ordered(Fields fields, OrderForm form, String url) {
    var errors = new ArrayList<Violation>();
    Optional<DeliveryQuote> quote = Optional.ofNullable(form.deliveryOptionId()).flatMap(quotes::find);
    Optional<OrderContent> accepted = accept(fields, form, quote, url, errors);
    Optional<Ordered> before = accepted.isPresent() || !fields.sound()
        ? Optional.empty()
        : orders.placedBefore(OrderId.of(form.channel(), form.reference()));
    if (before.isEmpty()) {
      errors.forEach(fields::refuse);
    }
    fields.verify();
    return before
        .orElseGet(() -> orders.place(accepted.orElseThrow(), quote.flatMap(it -> it.option(form.deliveryOptionId()))));
  }

  /** The form as an order; empty if there are errors. @param errors hears them */
  private Optional<OrderContent> accept(Fields fields, OrderForm form, Optional<DeliveryQuote> quote, String url,
      List<Violation> errors) {
    Catalog.Offer offer = catalog.offer(form.channel(),
        fields.sound() ? form.lines().stream().map(Line::sku).toList() : List.of());
    Optional<Channel> channel = offer.channel();
    if (form.channel() != null && channel.isEmpty()) {
      errors.add(new Violation("/channel", "unknown", "there is no such channel"));
    }
    if (!fields.sound()) {
      return Optional.empty();
    }
    Map<Sku, Product> products = offer.products();
    errors.addAll(Placing.checkSums(form));
    errors.addAll(Placing.checkTaxes(form));
    channel.ifPresent(it -> errors.addAll(Placing.checkChannel(form, it)));
    errors.addAll(Placing.checkProducts(form, products));
    if (form.deliveryOptionId() != null) {
      errors.addAll(NamedOption.check(form, quote, products, clock.instant()));
    }
    if (bytes(form) + (errors.isEmpty() ? bytes(OrderContent.kits(form, products)) : 0) > MAX_BYTES) {
      errors.add(new Violation("", "too_large", "an order has at most %d bytes".formatted(MAX_BYTES)));
    }
    OrderId id = OrderId.of(form.channel(), form.reference());
    return errors.isEmpty()
        ? Optional.of(OrderContent.of(id, form, channel.orElseThrow(), products, clock.instant(),
            TrackingUrl.of(url, id, Chance.here().newName() + Chance.here().newName())))
        : Optional.empty();
  }

  private static int bytes(Object stored) {
    return Json.write(stored).getBytes(StandardCharsets.UTF_8).length;
  }
}
