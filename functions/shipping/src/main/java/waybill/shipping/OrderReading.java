package waybill.shipping;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import waybill.catalog.Channel;
import waybill.catalog.PlaceZone;
import waybill.catalog.Product;
import waybill.digital.DigitalGoods;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.Orders.Placed;
import waybill.orders.PaymentProgress;
import waybill.shipping.TrackedOrder.Item;
import waybill.shipping.TrackedOrder.Stage;

/** What the tracking page takes of an order, its channel and its products. @param products their names, where lines have none */
record OrderReading(Function<String, Optional<Placed>> orders, Function<Placed, Optional<Channel>> channel,
    Function<Collection<Sku>, Map<Sku, Product>> products) {
  private static final Set<PaymentProgress> UNPAID = Set.of(PaymentProgress.PENDING, PaymentProgress.FAILED,
      PaymentProgress.CANCELLED, PaymentProgress.PARTIALLY_PAID);

  /** The names of an order's lines, and of what its kits are packed out of. */
  Map<LineId, String> names(OrderContent content) {
    List<Sku> unnamed = content.unnamed();
    return content.names(unnamed.isEmpty() ? Map.of() : products.apply(unnamed));
  }

  static List<Item> items(List<LineQuantity> lines, Map<LineId, String> names) {
    return lines.stream().map(it -> new Item(names.getOrDefault(it.lineId(), it.sku().value()), it.quantity()))
        .toList();
  }

  /** The order with its parcels. @param parcels those that have their labels @param digital what was given */
  TrackedOrder tracked(Placed placed, Channel channel, Map<LineId, String> names, List<TrackedParcel> parcels,
      List<DigitalGoods.Goods> digital) {
    OrderForm form = placed.content().form();
    List<LineQuantity> all = lines(form);
    String locale = form.customer().locale() == null ? channel.locale() : form.customer().locale();
    String country = form.shippingAddress() == null ? null : form.shippingAddress().country();
    return new TrackedOrder(ShopFront.of(channel), form.number(), locale,
        PlaceZone.of(country, ZoneId.of(channel.timeZone())), placed.summary().status(), stage(placed, parcels),
        items(all, names), parcels,
        digital.stream().map(it -> new TrackedOrder.Given(names.getOrDefault(it.line(), it.sku().value()), it.links(),
            it.keys())).toList(),
        placed.expected());
  }

  private static List<LineQuantity> lines(OrderForm form) {
    return IntStream.range(0, form.lines().size())
        .mapToObj(
            it -> new LineQuantity(OrderContent.lineId(it), form.lines().get(it).sku(),
                form.lines().get(it).quantity()))
        .filter(it -> it.quantity() > 0).toList();
  }

  private static Stage stage(Placed placed, List<TrackedParcel> parcels) {
    if (placed.summary().isCancelled()) {
      return Stage.CANCELLED;
    }
    int ships = placed.summary().unitsToShip();
    int shown = parcels.stream().flatMap(it -> it.items().stream()).mapToInt(Item::quantity).sum();
    if (shown < ships || ships == 0) {
      if (UNPAID.contains(placed.summary().payment())) {
        return Stage.AWAITING_PAYMENT;
      }
      return ships == 0 ? Stage.WITHOUT_PARCELS : parcels.isEmpty() ? Stage.PREPARING : Stage.PREPARING_REST;
    }
    return Stage.PACKED;
  }
}
