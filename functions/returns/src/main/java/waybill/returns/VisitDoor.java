package waybill.returns;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.ReturnsTable.ChannelPolicy;

/** Finds what an order's link leads to. */
record VisitDoor(ReturnDesk desk, Table<ChannelPolicy> policies, Catalog catalog) {
  static VisitDoor of(Ports ports) {
    return new VisitDoor(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Catalog(ports));
  }

  /** Empty if it is no order's link. */
  Optional<Visit> open(String token) {
    return desk.orders().tracked(token).flatMap(
        order -> catalog.channel(order.content().form().channel()).map(channel -> visit(order, channel)));
  }

  private Visit visit(Placed order, Channel channel) {
    OrderId id = order.content().id();
    var goods = Goods.of(order);
    Map<Sku, Product> products = catalog.products(Stream.concat(goods.lines().stream()
        .flatMap(it -> goods.skus(it.lineId())), order.content().unnamed().stream()).distinct().toList());
    return new Visit(order, channel, desk.returns().find(ReturnsTable.key(id)).map(Stored::value)
        .orElseGet(() -> OrderReturns.none(id)), ReturnsTable.policy(policies, channel.id()), products,
        order.content().names(products), desk.now());
  }
}
