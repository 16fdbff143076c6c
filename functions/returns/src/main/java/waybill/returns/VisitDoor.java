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

  /** Few products are exchanged for others: only they cost a second read. */
  private Map<Sku, Product> with(Map<Sku, Product> products, OrderReturns returns) {
    List<Sku> others = Stream.concat(products.values().stream().flatMap(it -> it.exchangeFor().stream()),
        returns.all().stream().map(Return::exchange).filter(Objects::nonNull)
            .flatMap(it -> it.items().stream().map(Exchange.Item::sku)))
        .filter(it -> !products.containsKey(it)).distinct().toList();
    if (others.isEmpty()) {
      return products;
    }
    var all = new HashMap<>(products);
    all.putAll(catalog.products(others));
    return all;
  }

  private Visit visit(Placed order, Channel channel) {
    OrderId id = order.content().id();
    var goods = Goods.of(order);
    Map<Sku, Product> products = catalog.products(Stream.concat(goods.lines().stream()
        .flatMap(it -> goods.skus(it.lineId())), order.content().unnamed().stream()).distinct().toList());
    OrderReturns returns = desk.returns().find(ReturnsTable.key(id)).map(Stored::value)
        .orElseGet(() -> OrderReturns.none(id));
    return new Visit(order, channel, returns, ReturnsTable.policy(policies, channel.id()), with(products, returns),
        order.content().names(products), desk.now());
  }
}
