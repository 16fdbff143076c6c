package waybill.simulation;

import java.time.Duration;
import java.util.Map;

/** Somebody who receives stock and counts it again, while it is being sold. */
final class StockKeeper extends Actor {
  private static final String SCOPES = "stock:write";

  private final Shop shop;

  StockKeeper(World world, Shop shop) {
    super("stock-keeper", world);
    this.shop = shop;
  }

  @Override
  void live() {
    int times = dice.between(0, 6);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(10), Duration.ofMinutes(12));
      String sku = dice.pick(shop.skus());
      boolean received = dice.chance(0.7);
      int quantity = received ? dice.between(1, 5) : -dice.between(1, 2);
      String key = "adjustment-" + time;
      Map<String, Object> adjustment = Map.of("location_id", dice.pick(shop.locations()), "quantity", quantity,
          "reason", received ? "received" : "correction");
      tell("adjusts %s by %s", sku, adjustment);
      Runnable asking = () -> insist(dice.chance(0.7) ? 20 : 1,
          () -> post(SCOPES, "/stock/" + sku + "/adjustments", key, adjustment));
      if (dice.chance(0.2)) {
        beside(asking);
      }
      asking.run();
    }
  }
}
