package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.OpenReturn;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.ReturnsTable.ChannelPolicy;

/** Opens a return for a parcel that its carrier brings back: refused, not picked up, or undeliverable. Nobody asked for it, and it ends as any. */
public record OpenReturnHandler(ReturnDesk desk, Table<ChannelPolicy> policies, Sender<OpenReturn.Output> sender)
    implements QueueFunction<ShipmentReturned> {
  private static final Log LOG = Log.of(OpenReturnHandler.class);

  public OpenReturnHandler() { this(Ports.ofProcess()); }

  public OpenReturnHandler(Ports ports) {
    this(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Sender<>(ports));
  }

  @Override
  public void work(ShipmentReturned news) {
    Placed order = desk.orders().placed(news.order()).filter(it -> it.summary().parcel(news.parcel()).isPresent())
        .orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(news.order(), news.parcel())));
    ReturnPolicy policy = ReturnsTable.policy(policies, order.content().form().channel());
    OrderReturns now = desk.returns().change(ReturnsTable.key(news.order()), found -> new Requesting(
        found.orElseGet(() -> OrderReturns.none(news.order())), Goods.of(order), policy, Map.of(), desk.now())
        .returnedToSender(news.parcel())).value();
    Stream.of(news.parcel().value(), Requesting.unpaid(news.parcel())).flatMap(it -> now.by(it).stream())
        .forEach(it -> {
          sender.send(List.of(ReturnNews.opened(it)));
          LOG.info("Return opened for a parcel that comes back", "order", news.order(), "return", it.id(), "parcel",
              news.parcel());
        });
  }
}
