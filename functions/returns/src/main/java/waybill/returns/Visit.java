package waybill.returns;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.orders.Orders.Placed;

/**
 * What a customer who opens their order's link may see of its returns and claims, and ask for.
 *
 * @param names of the order's lines, and of what its kits are packed out of
 * @param products that say what may come back, and those that may be or are sent instead
 */
record Visit(Placed order, Channel channel, OrderReturns returns, ReturnPolicy policy, Map<Sku, Product> products,
    Map<LineId, String> names, Instant now) {
  /** Who asks. Nobody knows more of whoever has the link. */
  static final String CUSTOMER = "customer";

  OrderId id() {
    return order.content().id();
  }

  Goods goods() {
    return Goods.of(order);
  }

  /** @param before the order's returns as they are then */
  Requesting requesting(OrderReturns before) {
    return requesting(before, null);
  }

  /** @param refundTo where the money is asked to go; null for where the policy says */
  Requesting requesting(OrderReturns before, RefundTo refundTo) {
    return new Requesting(before, goods(), policy.refunding(refundTo, isGuest()), products, now);
  }

  boolean isGuest() {
    return order.content().form().credit().isEmpty();
  }

  /** What a unit of a line may be exchanged for here; none of a kit, which is exchanged by its components. */
  List<Sku> exchanges(LineId line) {
    Sku sku = goods().sku(line);
    return sku == null ? List.of() : WantedInstead.choices(line, sku, order.content(), policy, products);
  }

  String name(Sku sku) {
    return products.containsKey(sku) ? products.get(sku).name() : sku.value();
  }

  List<Offer> offers() {
    return Offer.of(order.content(), requesting(returns));
  }

  /** By which clock its customer lives. */
  ZoneId zone() {
    var address = order.content().form().shippingAddress();
    return PlaceZone.of(address == null ? null : address.country(), ZoneId.of(channel.timeZone()));
  }

  /** What its customer is written to in. */
  String locale() {
    String own = order.content().form().customer().locale();
    return own == null ? channel.locale() : own;
  }
}
