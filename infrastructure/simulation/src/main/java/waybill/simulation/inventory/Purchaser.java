package waybill.simulation.inventory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.catalog.Shop;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who says what is expected, and when; changes both; and receives it in parts, sometimes twice at once, sometimes days late, and
 * sometimes less or more of it than was expected.
 */
public final class Purchaser extends Actor {
  private static final String SCOPES = "stock:write";
  /** Nothing more of it may be expected by now. */
  private static final Set<Integer> PUT = Set.of(200, 201, 409);
  /** Where the first request was never done, there is no such inbound, or no such product of it. */
  private static final Set<Integer> RECEIVED = Set.of(201, 404, 409, 422);
  private static final int MOST = 5;
  private static final List<Duration> ARRIVALS = List.of(Duration.ofMinutes(20), Duration.ofMinutes(50),
      Duration.ofHours(30));

  private final Shop shop;

  public Purchaser(World world, Shop shop) {
    super("purchaser", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    int inbounds = dice.below(MOST);
    for (int number = 1; number <= inbounds; number++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(12));
      String inbound = "PO-" + number;
      beside(() -> order(inbound));
    }
  }

  private void order(String inbound) {
    Map<String, Integer> units = new LinkedHashMap<>();
    int lines = dice.between(1, 2);
    for (int line = 0; line < lines; line++) {
      units.put(dice.pick(shop.skus()), dice.between(1, 8));
    }
    String location = dice.pick(shop.locations());
    expect(inbound, location, units);
    int times = dice.between(0, 3);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(10), dice.pick(ARRIVALS));
      if (dice.chance(0.4)) {
        units.replaceAll((_, before) -> dice.chance(0.5) ? before : dice.between(1, 8));
        expect(inbound, location, units);
      } else {
        receive(inbound, "receipt-" + time, units, dice.chance(0.3));
      }
    }
  }

  /** Says when it comes, and what of it; sometimes two people say so at once, each something else. */
  private void expect(String inbound, String location, Map<String, Integer> units) {
    Object form = form(location, units);
    if (dice.chance(0.2)) {
      Object other = form(location, units);
      beside(() -> expect(inbound, other));
    }
    expect(inbound, form);
  }

  private Object form(String location, Map<String, Integer> units) {
    String at = world.timeline().instant().plus(dice.between(Duration.ofMinutes(30), Duration.ofDays(5))).toString();
    return Map.of("location_id", location, "expected_at", at, "lines", lines(units));
  }

  private void expect(String inbound, Object form) {
    tell("expects %s: %s", inbound, form);
    insist(dice.chance(0.8) ? STUBBORN : 1, PUT, () -> put(SCOPES, "/inbounds/" + inbound, form));
  }

  private void receive(String inbound, String key, Map<String, Integer> units, boolean complete) {
    var part = new ArrayList<Map<String, Object>>();
    units.forEach((sku, all) -> {
      int arrived = dice.between(1, all);
      part.add(Map.of("sku", sku, "quantity", arrived, "damaged", dice.chance(0.2) ? dice.between(1, arrived) : 0));
    });
    tell("receives %d products of %s", part.size(), inbound);
    Runnable asking = () -> insist(dice.chance(0.8) ? STUBBORN : 1, RECEIVED, () -> post(SCOPES,
        "/inbounds/" + inbound + "/receipts", key, Map.of("lines", part, "complete", complete)));
    if (dice.chance(0.3)) {
      beside(asking);
    }
    asking.run();
  }

  private static List<Map<String, Object>> lines(Map<String, Integer> units) {
    var lines = new ArrayList<Map<String, Object>>();
    units.forEach((sku, quantity) -> lines.add(Map.of("sku", sku, "quantity", quantity)));
    return lines;
  }
}
