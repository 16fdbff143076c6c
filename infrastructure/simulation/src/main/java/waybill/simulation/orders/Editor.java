package waybill.simulation.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who adds gifts to orders, on whatever way those are, and takes some of them out again, by a cancellation or a change,
 * sometimes twice at once. A gift costs nothing: what changes do to money is searched by the properties of their rules.
 */
public final class Editor extends Actor {
  private static final String OPERATE = "orders:operate";
  /** The order may not be there yet, have ended, be packed or wait for stock, or have too few units left. */
  private static final Set<Integer> ANSWERS = Set.of(200, 404, 409, 422);
  private static final int MOST = 6;

  private final List<String> skus;
  private int requests;

  /** @param skus what may be added */
  public Editor(World world, List<String> skus) {
    super("editor", world);
    this.skus = skus;
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 0; time < times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(15));
      List<String> orders = List.copyOf(world.expected().values());
      if (!orders.isEmpty()) {
        String order = dice.pick(orders);
        int gifts = dice.between(1, 2);
        Duration pause = dice.between(Duration.ZERO, Duration.ofMinutes(30));
        beside(() -> {
          for (int gift = 0; gift < gifts; gift++) {
            tell("adds a gift to %s", order);
            ask(order, "/changes", "gift-" + ++requests, Map.of("lines", List.of(gift())));
          }
          world.timeline().sleep(pause);
          gift(order).ifPresent(line -> fewer(order, line));
        });
      }
    }
  }

  /** A line of an order that costs nothing, of which units are wanted. */
  private Optional<Map<String, Object>> gift(String order) {
    Optional<Answer> found = insist(STUBBORN, Set.of(200, 404), () -> get(OPERATE, "/orders/" + order, Map.of()));
    List<Map<String, Object>> lines = found.filter(it -> it.status() == 200).stream()
        .flatMap(it -> ((List<?>) it.json().get("lines")).stream()).map(Json::object)
        .filter(it -> quantity(it) > 0 && ((Number) it.get("total")).longValue() == 0).toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(dice.pick(lines));
  }

  private static int quantity(Map<String, Object> line) {
    return ((Number) line.get("quantity")).intValue();
  }

  private void fewer(String order, Map<String, Object> line) {
    int units = 1 + dice.below(quantity(line));
    String key = "fewer-" + ++requests;
    if (dice.chance(0.5)) {
      tell("cancels %d of %s of %s", units, line.get("id"), order);
      Runnable asking = () -> ask(order, "/cancellation", key,
          Map.of("lines", List.of(Map.of("line_id", line.get("id"), "quantity", units))));
      if (dice.chance(0.3)) {
        beside(asking);
      }
      asking.run();
    } else {
      tell("takes %d of %s out of %s and adds a gift", units, line.get("id"), order);
      ask(order, "/changes", key, Map.of("lines",
          List.of(Map.of("line_id", line.get("id"), "quantity", quantity(line) - units), gift())));
    }
  }

  private Map<String, Object> gift() {
    return Map.of("sku", dice.pick(skus), "name", "A gift", "quantity", 1 + dice.below(2), "unit_price", 0, "total", 0);
  }

  private void ask(String order, String path, String key, Map<String, Object> form) {
    insist(STUBBORN, ANSWERS, () -> post(OPERATE, "/orders/" + order + path, key, form));
  }
}
