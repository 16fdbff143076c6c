package waybill.orders;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Catalog.Offer;
import waybill.messages.*;
import waybill.messages.Choreography.PlaceReplacement;
import waybill.messages.OrderMessages.Instead;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.orders.Orders.Order;
import waybill.orders.Orders.Ordered;
import waybill.platform.*;

/**
 * Places an order that sends units of another one again, once for what asked for it. From then on it is an order as any: nothing is owed
 * for it, so nothing is waited for but its stock.
 */
public record PlaceReplacementHandler(Orders orders, Catalog catalog, Sender<PlaceReplacement.Output> sender,
    InstantSource clock) implements QueueFunction<ReplacementAsked> {
  private static final Log LOG = Log.of(PlaceReplacementHandler.class);

  public PlaceReplacementHandler() { this(Ports.ofProcess()); }

  public PlaceReplacementHandler(Ports ports) {
    this(new Orders(ports), new Catalog(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(ReplacementAsked asked) {
    Order replaced = orders.find(asked.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + asked.order()));
    OrderContent content = orders.lines(replaced.content(), replaced.progress().state()).now();
    Offer offer = offer(content, asked); // before its units are taken, or they would be taken for an order that cannot be placed
    Replacements agreed = orders.replace(replaced, asked) instanceof Outcome.Accepted<Replacements>(var it) ? it : null;
    if (agreed == null && asked.cause().startsWith(ReplaceOrderHandler.BY_REQUEST)) {
      // Another request was faster, and whoever sent this one was answered that.
      LOG.warn("Replacement refused", "order", asked.order(), "cause", asked.cause());
      return;
    }
    if (agreed == null) {
      throw new IllegalStateException("%s asks for what %s cannot send again".formatted(asked.cause(), asked.order()));
    }
    OrderId id = OrderId.replacing(asked.order(), asked.cause());
    Ordered placed = orders.placedBefore(id).orElseGet(() -> place(id, content, asked, agreed, offer));
    sender.send(OrderEvents.with(Advancing.emissions(placed.state().value(),
        orders.lines(placed.content(), placed.state().value()).now()), placed.state().value()));
    LOG.info(placed.isNew() ? "Replacement placed" : "Replacement placed again, unchanged", "order", id, "replaces",
        asked.order(), "cause", asked.cause());
  }

  private Offer offer(OrderContent content, ReplacementAsked asked) {
    Offer offer = catalog.offer(content.form().channel(), Stream.concat(asked.lines().stream().map(LineQuantity::sku),
        asked.instead().stream().map(Instead::sku)).distinct().toList());
    if (offer.channel().isEmpty()) {
      throw new IllegalStateException("%s is not placed: there is no channel %s any more".formatted(asked.cause(),
          content.form().channel()));
    }
    return offer;
  }

  private Ordered place(OrderId id, OrderContent content, ReplacementAsked asked, Replacements agreed, Offer offer) {
    OrderForm form = Replacing.form(content, asked, agreed.number(id), offer.products());
    return orders.place(OrderContent.of(id, form, offer.channel().orElseThrow(), offer.products(), clock.instant(),
        content.trackingUrl().of(id, Chance.here().newName() + Chance.here().newName())).replacing(asked.order()),
        Optional.empty());
  }
}
