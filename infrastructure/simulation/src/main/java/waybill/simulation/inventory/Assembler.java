package waybill.simulation.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who assembles hampers out of what is sold alone too, in parts, takes some apart again, and gives up the rest of a work order; sometimes
 * twice at once.
 */
public final class Assembler extends Actor {
  private static final String SCOPES = "fulfillment:work";
  /** Not so much may be free or still to be done, or it is over; or the first request was never done. */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 404, 409, 422);
  private static final int MOST = 5;

  private final Shop shop;

  public Assembler(World world, Shop shop) {
    super("assembler", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    int orders = shop.assembles() ? dice.between(1, MOST) : 0;
    for (int number = 1; number <= orders; number++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(12));
      String key = "assembly-" + number;
      beside(() -> work(key));
    }
  }

  private void work(String key) {
    String type = dice.chance(0.75) ? "assemble" : "disassemble";
    String location = dice.pick(shop.locations());
    if (dice.chance(0.7)) {
      List<String> parts = type.equals("assemble") ? shop.skus() : List.of(Shop.HAMPER);
      int units = dice.between(3, 8);
      parts.forEach(it -> insist(STUBBORN, Set.of(201), () -> post("stock:write", "/stock/" + it + "/adjustments",
          key + "-part-" + it, Map.of("location_id", location, "quantity", units, "reason", "received"))));
    }
    Map<String, Object> form = Map.of("type", type, "sku", Shop.HAMPER, "quantity", dice.between(1, 4), "location_id",
        location);
    tell("opens %s", form);
    Optional<Answer> opened = insist(STUBBORN, Set.of(201), () -> post(SCOPES, "/assemblies", key, form));
    if (opened.isEmpty()) {
      return;
    }
    String path = "/assemblies/" + opened.get().json().get("id");
    int times = dice.between(0, 3);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(5), dice.pick(List.of(Duration.ofMinutes(10), Duration.ofMinutes(40))));
      ask(path + "/completions", key + "-" + time, Map.of("quantity", dice.between(1, 3)));
    }
    if (dice.chance(0.4)) {
      ask(path + "/cancellation", key + "-cancel", Map.of());
    }
  }

  private void ask(String path, String key, Map<String, Object> form) {
    tell("asks %s: %s", path, form);
    Runnable asking = () -> insist(dice.chance(0.8) ? STUBBORN : 1, ANSWERS, () -> post(SCOPES, path, key, form));
    if (dice.chance(0.25)) {
      beside(asking);
    }
    asking.run();
  }
}
