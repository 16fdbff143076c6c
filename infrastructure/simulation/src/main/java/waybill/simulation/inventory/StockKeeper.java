package waybill.simulation.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who receives stock and counts it again, while it is being sold. */
public final class StockKeeper extends Actor {
  private static final String SCOPES = "stock:write";
  private static final int HALF_AND_MORE = 1_200_000_000;

  private final Shop shop;
  private int replenished;

  public StockKeeper(World world, Shop shop) {
    super("stock-keeper", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    if (dice.chance(0.2)) {
      beside(() -> hoard("first"));
      hoard("second");
    }
    if (dice.chance(0.5)) {
      sleep(Duration.ZERO, Duration.ofMinutes(3)); // while orders come in
      clear(dice.pick(shop.skus()), dice.pick(shop.locations()));
    }
    if (dice.chance(0.5)) {
      beside(this::importFile);
    }
    int times = dice.between(0, 10);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(8));
      String sku = dice.pick(shop.skus());
      String key = "adjustment-" + time;
      Map<String, Object> adjustment = dice.chance(0.3) ? count() : change();
      tell("adjusts %s: %s", sku, adjustment);
      Runnable asking = () -> adjust(sku, key, adjustment, dice.chance(0.7) ? STUBBORN : 1);
      if (dice.chance(0.2)) {
        beside(asking);
      }
      asking.run();
    }
  }

  /**
   * A file with what a person would enter line by line; somebody else may send the very same one. By then, one of its lines may be too much: either none
   * of them is done, or that one is refused.
   */
  private void importFile() {
    var file = new StringBuilder("sku;location_id;quantity;reason;note\n");
    int lines = dice.between(1, 4);
    for (int line = 1; line <= lines; line++) {
      boolean adds = dice.chance(0.6);
      file.append("%s;%s;%d,0;%s;line %d\n".formatted(dice.pick(shop.skus()), dice.pick(shop.locations()),
          adds ? dice.between(1, 3) : -dice.between(1, 2), adds ? "received" : "lost", line));
    }
    sleep(Duration.ZERO, Duration.ofMinutes(20));
    tell("imports %s", file.toString().lines().skip(1).toList());
    Set<Integer> understood = Set.of(202, 409, 422);
    beside(() -> insist(dice.chance(0.7) ? STUBBORN : 1, understood, () -> send("file", file.toString())));
    if (dice.chance(0.3)) {
      insist(STUBBORN, understood, () -> send("the same file", file.toString()));
    }
  }

  private Optional<Answer> send(String key, String file) {
    return post(SCOPES, "/stock/imports", key, file);
  }

  private Map<String, Object> count() {
    return Map.of("location_id", dice.pick(shop.locations()), "counted",
        dice.between(0, dice.chance(0.5) ? 2 : 8));
  }

  /** With the sign that its reason has; the latter two seldom find units. */
  private Map<String, Object> change() {
    String reason = dice.pick(List.of("received", "received", "received", "found", "correction", "lost", "damaged",
        "quarantined", "repaired", "released", "scrapped", "rejected"));
    boolean adds = Set.of("received", "found", "repaired", "released").contains(reason);
    int units = dice.between(1, adds && !reason.equals("received") ? 2 : 4);
    return Map.of("location_id", dice.pick(shop.locations()), "quantity", adds ? units : -units, "reason", reason);
  }

  /** Receives what orders wait for, as far as it is not there, and what they are short of. */
  public void replenish() {
    shop.counted().forEach(this::receiveOwed);
    receiveShort();
  }

  private void receiveOwed(String sku) {
    Optional<Answer> stock = insist(STUBBORN, Set.of(200), () -> get(SCOPES, "/stock/" + sku, Map.of()));
    for (Object found : stock.map(it -> (List<?>) it.json().get("pools")).orElse(List.of())) {
      Map<String, Object> pool = Json.object(found);
      // What was promised and is no more goes to nobody else first.
      int missing = number(pool, "backordered") + number(pool, "shortfall") - number(pool, "available");
      if (missing > 0) {
        tell("receives %d of %s, for which orders wait", missing, sku);
        adjust(sku, "served-" + ++replenished, shop.received(sku, shop.locations().getFirst(), missing), STUBBORN);
      }
    }
  }

  private static int number(Map<String, Object> tree, String name) {
    return ((Number) tree.get(name)).intValue();
  }

  private void receiveShort() {
    Optional<Answer> list = get("fulfillment:work", "/fulfillments", Map.of("status", "short", "limit", "100"));
    if (list.isEmpty()) {
      return;
    }
    for (Object found : (List<?>) list.get().json().get("data")) {
      for (Object each : (List<?>) Json.object(found).get("lines")) {
        Map<String, Object> line = Json.object(each);
        tell("receives %s, which is short", line.get("sku"));
        String sku = (String) line.get("sku");
        adjust(sku, "replenished-" + ++replenished,
            shop.received(sku, shop.locations().getFirst(), number(line, "quantity")), STUBBORN);
      }
    }
  }

  /** Several people take the same few units away, at once. */
  private void clear(String sku, String location) {
    for (int person = 1; person <= 4; person++) {
      String key = "clearing-" + person;
      int units = dice.between(1, 4);
      beside(() -> adjust(sku, key, Map.of("location_id", location, "quantity", -units, "reason", "lost"), STUBBORN));
    }
  }

  /** Two of these are more than a counter holds. */
  private void hoard(String key) {
    adjust(Shop.HOARD, key,
        Map.of("location_id", shop.locations().getFirst(), "quantity", HALF_AND_MORE, "reason", "found"), STUBBORN);
  }

  private void adjust(String sku, String key, Map<String, Object> adjustment, int times) {
    insist(times, Set.of(200, 201, 409, 422),
        () -> post(SCOPES, "/stock/" + sku + "/adjustments", key, adjustment));
  }
}
