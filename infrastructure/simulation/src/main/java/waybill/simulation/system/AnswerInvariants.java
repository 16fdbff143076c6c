package waybill.simulation.system;

import java.util.List;
import java.util.Set;
import waybill.messages.FulfillmentId;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.cloud.Cloud.Request;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;

/** What the API says is done is written down when it says so. */
public final class AnswerInvariants {
  private final World world;

  public AnswerInvariants(World world) {
    this.world = world;
  }

  public void answered(Request request, Answer answer) {
    if (answer.status() >= 300 || request.method().equals("GET")) {
      return;
    }
    List<String> path = List.of(request.path().substring(1).split("/"));
    boolean isDone = switch (path.getFirst()) {
      case "orders" -> isOrderDone((String) answer.json().get("id"), path);
      case "fulfillments" -> isFulfillmentDone(new FulfillmentId(path.get(1)), path.getLast());
      case "stock" -> path.get(1).equals("imports")
          ? item(StockInvariants.TABLE, (String) answer.json().get("id"), "import").exists()
          : item(StockInvariants.TABLE, (String) answer.json().get("adjustment_id"), "adjustment").exists();
      case "reservations" -> item(StockInvariants.TABLE, (String) answer.json().get("id"), "checkout").exists();
      case "assemblies" -> isAssemblyDone(answer, path.getLast());
      case "transfers" -> isTransferDone((String) answer.json().get("id"), path.getLast());
      case "channels" -> item("CatalogTable", "channel#" + path.get(1), "channel").exists();
      case "products" -> item("CatalogTable", "product#" + path.get(1), "product").exists();
      case "locations" -> item("CatalogTable", "locations", path.get(1)).exists();
      default -> true; // A webhook's event waits in a queue.
    };
    if (!isDone) {
      world.find("it is said to be done, and it is not: %s %s, %s".formatted(request.method(), request.path(), answer));
    }
  }

  private boolean isAssemblyDone(Answer answer, String what) {
    Document assembly = item(StockInvariants.TABLE, "assembly#" + answer.json().get("id"), "assembly");
    return switch (what) {
      case "completions" ->
        item(StockInvariants.TABLE, (String) answer.json().get("completion_id"), "completion").exists();
      case "cancellation" -> assembly.text("stage").equals("cancelled");
      default -> assembly.exists();
    };
  }

  private boolean isTransferDone(String id, String what) {
    String stage = item(StockInvariants.TABLE, "transfer#" + id, "transfer").text("stage");
    return switch (what) {
      case "dispatch", "receipts" -> Set.of("dispatched", "cancelled").contains(stage);
      case "cancellation" -> stage.equals("cancelled");
      default -> !stage.isEmpty();
    };
  }

  private boolean isFulfillmentDone(FulfillmentId id, String what) {
    String order = id.order().value();
    if (what.equals("repacking")) {
      return !item("FulfillmentTable", order, id.value()).children("repackings").isEmpty();
    }
    return switch (what) {
      case "shortages" -> isReported("sho_", id);
      case "lot-swaps" -> isReported("swp_", id);
      default -> isPacked(item("FulfillmentTable", order, id.value()));
    };
  }

  private boolean isReported(String prefix, FulfillmentId id) {
    return world.store().items("FulfillmentTable").stream().anyMatch(it -> it.get("sk").s().startsWith(prefix)
        && it.get("fulfillment_id").s().equals(id.value()));
  }

  /** Or it was, and lines were cancelled since, or it is packed again. */
  private static boolean isPacked(Document fulfillment) {
    String status = fulfillment.text("status");
    return Set.of("packed", "repacking", "dispatched", "cancelled").contains(status)
        || fulfillment.number("voided") > 0 || status.equals("open") && fulfillment.number("change") > 0;
  }

  private boolean isOrderDone(String order, List<String> path) {
    var state = OrderItem.of(item(OrderInvariants.TABLE, order, "state"));
    boolean isDone = switch (path.getLast()) {
      case "cancellation" -> state.isCancelled() || state.state().has("changed");
      case "holds" -> !state.holds().isEmpty();
      case "release" -> state.holds().stream().anyMatch(it -> it.text("id").equals(path.get(3)) && it.has("release"));
      default -> true;
    };
    return state.isPlaced() && item(OrderInvariants.TABLE, order, "content").exists() && isDone;
  }

  private Document item(String table, String pk, String sk) {
    return Document.of(world.store(), table, pk, sk);
  }
}
