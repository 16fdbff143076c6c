package waybill.simulation.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.payments.MoneyInvariants;
import waybill.simulation.shipping.Driver.End;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/**
 * How each order has ended once nothing goes wrong any more and all schedules have run: delivered, cancelled, or on a hold
 * that says why not; and that the API shows what has really happened.
 */
public final class OutcomeInvariants {
  private static final String SCOPES = "orders:operate";

  private final World world;
  private final OrderInvariants orders;
  private final StockInvariants stock;
  private final MoneyInvariants money;
  private final Map<String, String> numbers;
  private final Map<String, End> ends;

  /**
   * @param numbers the tracking numbers that were bought, by the parcel
   * @param ends what became of each parcel, by its tracking number
   */
  public OutcomeInvariants(World world, OrderInvariants orders, StockInvariants stock, MoneyInvariants money,
      Map<String, String> numbers, Map<String, End> ends) {
    this.world = world;
    this.orders = orders;
    this.stock = stock;
    this.money = money;
    this.numbers = numbers;
    this.ends = ends;
  }

  /** Asks for each order that somebody meant to place; called by a process. */
  public void check() {
    checkFulfillments();
    for (String id : world.expected().values()) {
      Optional<Answer> answer = world.ask("auditor", SCOPES, "GET", "/orders/" + id, Map.of(), "", null);
      boolean isPlaced = orders.order(id).isPlaced();
      if (answer.isEmpty() || answer.get().status() != (isPlaced ? 200 : 404)) {
        world.find("an order cannot be read: %s, %s".formatted(id, answer));
      } else if (isPlaced) {
        check(id, answer.get().json());
      }
    }
  }

  private void checkFulfillments() {
    for (Map<String, AttributeValue> item : world.store().items("FulfillmentTable")) {
      if (!item.get("sk").s().startsWith("ful_")) {
        continue;
      }
      String status = item.get("status").s();
      OrderItem order = orders.order(item.get("pk").s());
      boolean cancelled = order.isCancelled();
      boolean emptied = status.equals("cancelled") && new Document(item).children("lines").isEmpty();
      // A payment let go after the release leaves what is packed without its money; nobody here accepts that difference.
      boolean unpaid = status.equals("packed") && !cancelled && order.waitsForMoney(item.get("sk").s());
      if (!emptied && !unpaid && !Set.of(cancelled ? "cancelled" : "dispatched", "refused").contains(status)) {
        world.find("a fulfillment waits for ever, or goes on without its order: %s is %s".formatted(item.get("sk").s(),
            status));
      }
    }
  }

  private void check(String id, Map<String, Object> order) {
    List<String> holds = objects(order, "holds").stream().map(it -> (String) it.get("reason")).toList();
    switch ((String) order.get("status")) {
      case "completed" -> checkCompleted(id, order);
      case "cancelled" -> checkCancelled(id, order);
      default -> checkOpen(id, order, holds);
    }
    money.atRest(id, holds, order);
    checkStock(id, order);
    parcels(order).forEach(it -> checkParcel(id, it, holds));
    checkDelivery(id, order);
    boolean expectsAnswer = holds.contains("label_uncertain");
    if (orders.order(id).state().has("due") != expectsAnswer) {
      world.find("an order is%s looked at again: %s is on %s".formatted(expectsAnswer ? " not" : "", id, holds));
    }
  }

  private void checkCompleted(String id, Map<String, Object> order) {
    boolean arrived = order.get("delivery_status").equals("delivered") || orders.order(id).unitsToShip() == 0;
    // What was delivered may have come back, and all its money gone.
    boolean paid = Set.of("paid", "refunded", "refund_pending").contains(order.get("payment_status"));
    if (!arrived || !paid || order.get("awaiting") != null) {
      world.find("an order is completed without its parcels or its money: %s, %s".formatted(id, order));
    }
  }

  private void checkCancelled(String id, Map<String, Object> order) {
    if (stock.held(id) != 0) {
      world.find("a cancelled order holds stock: %s has %d units".formatted(id, stock.held(id)));
    }
    if (order.get("cancelled_at") == null || order.get("cancel_reason") == null || order.get("awaiting") != null) {
      world.find("an order is cancelled without a time or a reason: %s, %s".formatted(id, order));
    }
  }

  /** Only a wrong payment keeps an order from going on, and only its carrier a parcel from arriving. */
  private void checkOpen(String id, Map<String, Object> order, List<String> holds) {
    List<Map<String, Object>> missing = parcels(order).filter(it -> !it.get("status").equals("delivered")).toList();
    boolean travels = "delivery".equals(order.get("awaiting")) && !missing.isEmpty()
        && missing.stream().allMatch(it -> it.get("tracking_number") != null || holds.contains("label_uncertain"));
    if (!travels && !holds.contains("payment_mismatch")) {
      world.find("an order is stuck: %s waits for %s, on %s, and stock is %s, payment %s, fulfillment %s, delivery %s"
          .formatted(
              id, order.get("awaiting"), holds, order.get("stock_status"), order.get("payment_status"),
              order.get("fulfillment_status"), order.get("delivery_status")));
    }
  }

  private void checkStock(String id, Map<String, Object> order) {
    String promise = item(StockInvariants.TABLE, id, "reservation").text("status");
    // What was refused is also let go, where the order was cancelled before it heard of that.
    boolean never = orders.order(id).unitsToShip() == 0 && !orders.order(id).state().has("changed");
    Set<String> expected = never ? Set.of("not_required") : switch (promise) {
      case "taken" -> Set.of(OrderItem.stock(shipped(orders.order(id)), orders.order(id).unitsToShip()));
      case "refused" -> Set.of("refused", "released");
      case "released" -> Set.of("released");
      default -> Set.of();
    };
    if (!expected.contains(order.get("stock_status"))) {
      world.find("an order's stock is shown otherwise than it is: %s, %s where its promise is %s".formatted(id,
          order.get("stock_status"), promise));
    }
    if (order.get("status").equals("completed") && stock.held(id) != 0) {
      world.find("a completed order holds stock: %s has %d units".formatted(id, stock.held(id)));
    }
  }

  private void checkParcel(String id, Map<String, Object> parcel, List<String> holds) {
    String told = (String) parcel.get("tracking_number");
    String number = world.carrier().isPrinted(told) ? told : numbers.get(parcel.get("id"));
    boolean isUncertain = told == null && holds.contains("label_uncertain");
    if (!isUncertain && (number == null ? told != null : !number.equals(told))) {
      world.find(
          "a parcel's label is shown otherwise than it was bought: %s of %s, %s and not %s".formatted(parcel.get("id"),
              id, told, number));
    }
    if (item(StockInvariants.TABLE, (String) parcel.get("id"), "shipment").exists() != (told != null)) {
      world.find("a parcel's stock has not left with it: %s of %s".formatted(parcel.get("id"), id));
    }
    String unlabelled = orders.order(id).isCancelled() ? "cancelled" : "packed";
    String status = told == null ? unlabelled : status(ends.get(told));
    String tracked = told == null ? unlabelled : tracked(told);
    if (!parcel.get("status").equals(status) || !tracked.equals(status)) {
      world.find("a parcel is shown where it is not: %s of %s, %s or %s and not %s".formatted(parcel.get("id"), id,
          parcel.get("status"), tracked, status));
    }
  }

  private static String status(End end) {
    return switch (end) {
      case null -> "pre_transit";
      case DELIVERED -> "delivered";
      case RETURNED -> "returned";
      case LOST -> "in_transit";
    };
  }

  private String tracked(Object number) {
    Document tracking = item("ShippingTable", "tracking#" + number, "tracking");
    return tracking.has("latest") ? tracking.child("latest").text("status") : "pre_transit";
  }

  private static long shipped(OrderItem order) {
    return order.parcels().stream().filter(it -> it.has("tracking_number")).mapToLong(OrderItem::units).sum();
  }

  private void checkDelivery(String id, Map<String, Object> order) {
    OrderItem item = orders.order(id);
    long delivered = item.parcels().stream().filter(it -> ends.get(it.text("tracking_number")) == End.DELIVERED)
        .mapToLong(OrderItem::units).sum();
    String goesOn = item.unitsToShip() == 0
        ? "not_required"
        : OrderItem.delivery(shipped(item), delivered, item.unitsToShip());
    String expected = item.isCancelled() ? "cancelled" : goesOn;
    if (!order.get("delivery_status").equals(expected)) {
      world.find("an order's delivery is shown otherwise than it is: %s, %s and not %s".formatted(id,
          order.get("delivery_status"), expected));
    }
  }

  private Document item(String table, String pk, String sk) {
    return Document.of(world.store(), table, pk, sk);
  }

  private static Stream<Map<String, Object>> parcels(Map<String, Object> order) {
    return objects(order, "fulfillments").stream().flatMap(it -> objects(it, "parcels").stream());
  }

  private static List<Map<String, Object>> objects(Map<String, Object> tree, String name) {
    return ((List<?>) tree.get(name)).stream().map(Json::object).toList();
  }
}
