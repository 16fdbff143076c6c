package waybill.simulation.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.Optional;
import java.util.Set;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who moves stock between warehouses while it is sold: drafts, dispatches, receives in parts, some of it broken or more than was sent, and
 * cancels what is on its way, back or written off; sometimes twice at once, and in any order.
 */
public final class Haulier extends Actor {
  private static final String SCOPES = "stock:write";
  /** In the order in which somebody looks at them; not so much may be free, or it is over already, or was never drafted. */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 404, 409, 422);
  private static final double SHOPS = 0.4;
  private static final int MOST = 4;

  private final Shop shop;

  public Haulier(World world, Shop shop) {
    super("haulier", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    if (shop.locations().size() < 2 || !dice.chance(SHOPS)) {
      return;
    }
    int transfers = dice.between(1, MOST);
    for (int number = 1; number <= transfers; number++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(15));
      String key = "transfer-" + number;
      beside(() -> haul(key));
    }
  }

  private void haul(String key) {
    var units = new LinkedHashMap<String, Integer>();
    int lines = dice.between(1, 2);
    for (int line = 0; line < lines; line++) {
      units.put(dice.pick(shop.skus()), dice.between(1, 3));
    }
    Optional<Answer> drafted = draft(key, units);
    if (drafted.isEmpty() || drafted.get().status() != 201) {
      return;
    }
    String path = "/transfers/" + drafted.get().json().get("id");
    if (dice.chance(0.9)) {
      ask(path + "/dispatch", key + "-dispatch",
          dice.chance(0.3) ? Map.of("expected_at", soon()) : Map.of());
    }
    int times = dice.between(0, 3);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(10), dice.pick(List.of(Duration.ofMinutes(20), Duration.ofHours(30))));
      receive(path, key + "-receipt-" + time, units);
    }
    if (dice.chance(0.6)) {
      sleep(Duration.ZERO, Duration.ofMinutes(20));
      ask(path + "/cancellation", key + "-cancel", Map.of("units", dice.pick(List.of("back", "written_off"))));
    }
  }

  private Optional<Answer> draft(String key, Map<String, Integer> units) {
    int from = dice.below(shop.locations().size());
    String to = shop.locations().get((from + 1) % shop.locations().size());
    var lines = new ArrayList<Map<String, Object>>();
    units.forEach((sku, quantity) -> lines.add(new TreeMap<>(Map.of("sku", sku, "quantity", quantity))));
    if (dice.chance(0.6)) {
      units.forEach((sku, quantity) -> insist(STUBBORN, Set.of(201),
          () -> post(SCOPES, "/stock/" + sku + "/adjustments",
              key + "-" + sku,
              Map.of("location_id", shop.locations().get(from), "quantity", quantity, "reason", "received"))));
    }
    tell("drafts %s to %s", units, to);
    Object form = Map.of("from", shop.locations().get(from), "to", to, "expected_at", soon(), "lines", lines);
    return insist(STUBBORN, Set.of(201), () -> post(SCOPES, "/transfers", key, form));
  }

  private String soon() {
    return world.timeline().instant().plus(dice.between(Duration.ofMinutes(30), Duration.ofDays(3))).toString();
  }

  private void receive(String path, String key, Map<String, Integer> units) {
    var part = new ArrayList<Map<String, Object>>();
    units.forEach((sku, all) -> {
      int arrived = dice.between(1, dice.chance(0.1) ? all + 1 : all);
      part.add(new TreeMap<>(
          Map.of("sku", sku, "quantity", arrived, "damaged", dice.chance(0.2) ? dice.between(1, arrived) : 0)));
    });
    ask(path + "/receipts", key, Map.of("lines", part));
  }

  private void ask(String path, String key, Map<String, Object> form) {
    tell("asks %s: %s", path, form);
    Runnable asking = () -> insist(dice.chance(0.8) ? STUBBORN : 1, ANSWERS, () -> post(SCOPES, path, key, form));
    if (dice.chance(0.2)) {
      beside(asking);
    }
    asking.run();
  }
}
