package waybill.simulation.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.simulation.inventory.BackorderInvariants;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/**
 * What several of them know of one thing is the same, once every message is done with and the schedules had a day to send again
 * what was never sent: what an order knows of its payments, its stock, its fulfillments and its parcels is what their owners
 * have written. It is asked in the middle of things, where much is open, so that news which only others make good in the end
 * are missed.
 */
public final class AgreementInvariants {
  private static final Set<String> ALLOCATED = Set.of("open", "short", "packed", "dispatched");

  private final World world;
  private final OrderInvariants orders;

  public AgreementInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  /** Looks, where no message waits anywhere. @return whether that was so */
  public boolean check() {
    boolean rests = world.cloud().rests()
        && world.cloud().queues().values().stream().allMatch(it -> it.messages().isEmpty());
    if (!rests) {
      return false;
    }
    items("PaymentsTable").forEach(this::checkPayment);
    items(StockInvariants.TABLE).filter(it -> it.text("sk").equals("reservation")).forEach(this::checkReservation);
    items("FulfillmentTable").filter(it -> it.text("sk").startsWith("ful_")).forEach(this::checkFulfillment);
    Map<String, Document> trackings = new HashMap<>();
    items("ShippingTable").filter(it -> it.text("sk").equals("tracking"))
        .forEach(it -> trackings.put(it.text("pk").replaceFirst("^tracking#", ""), it));
    items("ShippingTable").filter(it -> it.text("sk").startsWith("par_")).forEach(it -> checkParcel(it, trackings));
    return true;
  }

  private Stream<Document> items(String table) {
    List<Map<String, AttributeValue>> items = world.store().items(table);
    return items.stream().map(Document::new);
  }

  private void checkPayment(Document recorded) {
    OrderItem order = orders.order(recorded.text("order"));
    if (!order.isPlaced()) {
      return;
    }
    Document payment = recorded.child("payment");
    Document known = order.payments().stream()
        .filter(it -> it.child("payment").text("id").equals(payment.text("id"))).findFirst()
        .orElse(new Document(Map.of()));
    boolean unheard = !known.exists() && payment.text("status").equals("pending");
    boolean same = known.child("payment").text("status").equals(payment.text("status"))
        && OrderItem.captured(known) == payment.child("captured").number("minor_units");
    if (!unheard && !same) {
      world.find("an order knows another payment than is recorded: %s of %s is %s and not %s".formatted(
          payment.text("id"), recorded.text("order"), known.child("payment").text("status"), payment.text("status")));
    }
    String refund = recorded.child("refund").child("refund").text("status");
    if (!refund.isEmpty() && !refund.equals(known.child("refund").text("status"))) {
      world.find("an order knows another refund than is recorded: %s of %s is %s and not %s".formatted(
          payment.text("id"), recorded.text("order"), known.child("refund").text("status"), refund));
    }
  }

  private void checkReservation(Document reservation) {
    OrderItem order = orders.order(reservation.text("pk"));
    String stock = order.stock();
    boolean same = switch (reservation.text("status")) {
      case "taken" -> BackorderInvariants.isWaiting(reservation)
          ? Set.of("backordered", "partially_reserved").contains(stock)
          : stock.equals("reserved");
      case "refused" -> Set.of("refused", "released").contains(stock);
      case "released" -> stock.equals("released");
      default -> false;
    };
    if (order.isPlaced() && order.unitsToShip() > 0 && !same) {
      world.find("an order knows another answer about its stock than was given: %s is %s and not %s".formatted(
          reservation.text("pk"), stock, reservation.text("status")));
    }
  }

  private void checkFulfillment(Document fulfillment) {
    String status = fulfillment.text("status");
    OrderItem order = orders.order(fulfillment.text("pk"));
    Document known = order.fulfillments().stream()
        .filter(it -> it.text("id").equals(fulfillment.text("sk"))).findFirst().orElse(new Document(Map.of()));
    boolean same = known.exists() && (known.number("parcels") == 0) == Set.of("open", "short").contains(status)
        && OrderItem.units(known.children("lines")) == OrderItem.units(fulfillment.children("lines"));
    boolean counted = known.exists() && OrderItem.units(known.children("lines")) > 0;
    // A cancelled order counts on nothing: what replaced it was cancelled before it could be heard of.
    if (status.equals("refused") && counted && !order.isCancelled()) {
      world.find("an order counts on a fulfillment that others replace: " + fulfillment.text("sk"));
    }
    if (ALLOCATED.contains(status) && !same) {
      world.find("an order does not know of its fulfillment: %s is %s, and it knows %s".formatted(
          fulfillment.text("sk"), status, known.attributes()));
    }
  }

  private void checkParcel(Document shipment, Map<String, Document> trackings) {
    String id = shipment.text("sk");
    Document label = shipment.child("stage").child("label");
    if (!label.exists()) {
      return;
    }
    String number = label.text("tracking_number");
    Document known = orders.order(shipment.text("order")).parcels().stream()
        .filter(it -> it.child("parcel").text("id").equals(id)).findFirst().orElse(new Document(Map.of()));
    if (!known.text("tracking_number").equals(number)) {
      world.find("an order does not know of its label: %s has %s".formatted(id, number));
    }
    String status = trackings.getOrDefault(number, new Document(Map.of())).child("latest").text("status");
    // That it waits for the carrier is what its label has said already.
    if (!known.child("scan").text("status").equals(status.equals("pre_transit") ? "" : status)) {
      world.find("an order does not know where its parcel is: %s is %s and not %s".formatted(id, status,
          known.child("scan").text("status")));
    }
  }
}
