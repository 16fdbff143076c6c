package waybill.simulation.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Delivery options: no order that names one stands without what it was offered; it shows that as its promises, of exactly the units that are shipped; and a
 * promise was kept if its units came in time.
 */
public final class OptionInvariants {
  private static final String SCOPES = "orders:operate";

  private final World world;
  private final OrderInvariants orders;
  /** What quotes have offered, by the option's id. */
  private final Map<String, Document> offered = new HashMap<>();

  public OptionInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    for (Change change : changes) {
      var after = new Document(change.after());
      if (change.table().equals("OptionsTable") && change.key().get("sk").s().equals("quote")) {
        after.children("options").forEach(it -> offered.put(it.text("id"), it));
      } else if (change.table().equals(OrderInvariants.TABLE) && change.key().get("sk").s().equals("content")) {
        checkStands(change.key().get("pk").s(), option(after));
      }
    }
  }

  private static String option(Document content) {
    return content.child("form").text("delivery_option_id");
  }

  private void checkStands(String order, String option) {
    if (option.isEmpty()) {
      return;
    }
    Document stands = Document.of(world.store(), OrderInvariants.TABLE, order, "delivery#" + option).child("option");
    if (!offered.containsKey(option) || !Objects.equals(stands, offered.get(option))) {
      world.find("an order stands without what it was offered: %s has %s".formatted(order, option));
    }
  }

  /** Looks at each order that names one; called by a process. */
  public void check() {
    for (String id : world.expected().values()) {
      Document content = Document.of(world.store(), OrderInvariants.TABLE, id, "content");
      // If whoever placed it died half way and never asked again, there is no order yet.
      if (option(content).isEmpty() || !orders.order(id).isPlaced()) {
        continue;
      }
      Optional<Answer> answer = world.ask("auditor", SCOPES, "GET", "/orders/" + id, Map.of(), "", null);
      if (answer.filter(it -> it.status() == 200).isEmpty()) {
        world.find("an order cannot be read: %s, %s".formatted(id, answer));
      } else {
        check(id, option(content), answer.get().json());
      }
    }
  }

  private void check(String id, String option, Map<String, Object> order) {
    List<Map<String, Object>> promises = objects(order, "promises").toList();
    boolean isCancelled = order.get("status").equals("cancelled");
    if (!option.equals(order.get("delivery_option_id")) || promises.isEmpty() != isCancelled) {
      world.find("an order does not show what it was offered: %s shows %s and %s".formatted(id,
          order.get("delivery_option_id"), promises));
      return;
    }
    AttributeValue kept = offered.get(option).attributes().get("latest_at");
    Instant latest = kept.n() == null ? Instant.parse(kept.s()) : Instant.ofEpochMilli(Long.parseLong(kept.n()));
    for (Map<String, Object> promise : promises) {
      Object came = promise.get("delivered_at");
      Object inTime = came == null ? null : (Boolean) !Instant.parse((String) came).isAfter(latest);
      if (!Instant.parse((String) promise.get("offered_latest_at")).equals(latest)
          || !Objects.equals(inTime, promise.get("kept"))) {
        world.find("a promise is shown otherwise than it was made or kept: %s, %s, offered until %s".formatted(id,
            promise, latest));
      }
    }
    long arrived = objects(order, "fulfillments").flatMap(it -> objects(it, "parcels"))
        .filter(it -> it.get("status").equals("delivered")).count();
    long shown = promises.stream().filter(it -> it.get("delivered_at") != null).count();
    if (!isCancelled && arrived != shown) {
      world.find("other promises are kept than parcels came: %s, %d and not %d".formatted(id, shown, arrived));
    }
  }

  private static Stream<Map<String, Object>> objects(Map<String, Object> tree, String name) {
    return ((List<?>) tree.get(name)).stream().map(Json::object);
  }
}
