package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.OpenReturn;
import waybill.messages.ReturnMessages.ReturnAnswered;
import waybill.messages.ReturnMessages.ReturnAsked;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.orders.OrderSummary;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.returns.Return.Word;
import waybill.returns.ReturnsTable.ChannelPolicy;

/**
 * Opens a return for a parcel that its carrier brings back: refused, not picked up, or undeliverable. Nobody asked for it, and it ends as any. Also opens
 * those that people have decided on, as something went wrong with a parcel.
 */
public record OpenReturnHandler(ReturnDesk desk, Table<ChannelPolicy> policies, Sender<OpenReturn.Output> sender)
    implements QueueFunction<OpenReturn.Input> {
  private static final Log LOG = Log.of(OpenReturnHandler.class);

  public OpenReturnHandler() { this(Ports.ofProcess()); }

  public OpenReturnHandler(Ports ports) {
    this(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Sender<>(ports));
  }

  @Override
  public void work(OpenReturn.Input news) {
    switch (news) {
      case ShipmentReturned it -> returned(it);
      case ReturnAsked it -> asked(it);
    }
  }

  private void returned(ShipmentReturned news) {
    Placed order = order(news.order(), news.parcel());
    if (order.summary().parcel(news.parcel()).stream().noneMatch(OrderSummary.Package::hasLeft)) {
      throw new RetryLater("order %s does not know yet that %s has left".formatted(news.order(), news.parcel()));
    }
    ReturnPolicy policy = policy(order);
    OrderReturns now = desk.returns().change(ReturnsTable.key(news.order()),
        found -> requesting(found, order, policy).returnedToSender(news.parcel())).value();
    of(now, news.parcel()).forEach(it -> {
      sender.send(List.of(ReturnNews.opened(it)));
      LOG.info("Return opened for a parcel that comes back", "order", news.order(), "return", it.id(), "parcel",
          news.parcel());
    });
  }

  private void asked(ReturnAsked it) {
    Placed order = order(it.order(), it.parcel());
    ReturnPolicy policy = policy(order);
    var word = new Word(it.by(), null, it.at());
    Outcome<Stored<OrderReturns>> decided = desk.returns().decide(ReturnsTable.key(it.order()), OptionalInt.empty(),
        found -> requesting(found, order, policy).incident(it.cause(), it.parcel(), it.broughtBack(), word));
    switch (decided) {
      case Accepted<Stored<OrderReturns>>(Stored<OrderReturns> stored) -> {
        OrderReturns now = stored.value();
        opened(it, now.by(it.cause()).or(() -> of(now, it.parcel()).findFirst()).orElseThrow());
      }
      case Declined<Stored<OrderReturns>>(Refused refused) -> {
        sender.send(List.of(new ReturnAnswered(it.order(), it.cause(), it.number(), null, refused.detail())));
        LOG.warn("Return refused", "order", it.order(), "cause", it.cause(), "code", refused.code());
      }
    }
  }

  private void opened(ReturnAsked it, Return made) {
    var news = new ArrayList<OpenReturn.Output>(List.of(ReturnNews.opened(made)));
    ReturnNews.approved(made).ifPresent(news::add);
    news.add(new ReturnAnswered(it.order(), it.cause(), it.number(), made.id(), null));
    sender.send(news);
    LOG.info("Return opened for an incident", "order", it.order(), "return", made.id(), "cause", it.cause());
  }

  private static Stream<Return> of(OrderReturns all, ParcelId parcel) {
    return Stream.of(parcel.value(), Requesting.unpaid(parcel)).flatMap(it -> all.by(it).stream());
  }

  private Requesting requesting(Optional<OrderReturns> found, Placed order, ReturnPolicy policy) {
    return new Requesting(found.orElseGet(() -> OrderReturns.none(order.content().id())), Goods.of(order), policy,
        Map.of(), desk.now());
  }

  private Placed order(OrderId id, ParcelId parcel) {
    return desk.orders().placed(id).filter(it -> it.summary().parcel(parcel).isPresent())
        .orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(id, parcel)));
  }

  private ReturnPolicy policy(Placed order) {
    return ReturnsTable.policy(policies, order.content().form().channel());
  }
}
