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
 * Somebody who keeps what is counted by lots: receives new ones, of which some expire within days, and more of old ones; counts, quarantines, releases,
 * loses and breaks units of a lot; and recalls one. Sometimes twice at once.
 */
public final class LotKeeper extends Actor {
  private static final String SCOPES = "stock:write";
  /** There may be no such lot, or not so much of it; or it must not be sold any more. */
  private static final Set<Integer> ANSWERS = Set.of(200, 201, 404, 409, 422);
  private static final int LEAST = 3;
  private static final int MOST = 12;
  private static final List<Integer> LIVES = List.of(0, 1, 2, 3, 10, 40);

  private final Shop shop;
  private final List<String> lots = new ArrayList<>(List.of("EARLY", "LATE"));

  public LotKeeper(World world, Shop shop) {
    super("lot-keeper", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    int times = shop.sellsLots() ? dice.between(LEAST, MOST) : 0;
    if (times > 0 && dice.chance(0.5)) {
      beside(this::receiveInbound);
    }
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(8));
      String key = "lot-" + time;
      Map<String, Object> form = form("L" + time);
      tell("adjusts lots: %s", form);
      Runnable asking = () -> ask("/stock/" + Shop.CREAM + "/adjustments", key, form);
      if (dice.chance(0.2)) {
        beside(asking);
      }
      asking.run();
    }
  }

  private void ask(String path, String key, Map<String, Object> form) {
    insist(dice.chance(0.8) ? STUBBORN : 1, ANSWERS, () -> post(SCOPES, path, key, form));
  }

  private Map<String, Object> form(String fresh) {
    int turn = dice.below(12);
    if (turn < 4) {
      lots.add(fresh);
      return shop.received(dice.pick(shop.locations()), dice.between(1, 6), fresh, dice.pick(LIVES));
    }
    return switch (turn) {
      case 4 -> change("received", dice.between(1, 4));
      case 5, 6 -> counted(dice.between(0, 4));
      case 7, 8 -> change("quarantined", -dice.between(1, 3));
      case 9 -> change("released", dice.between(1, 3));
      case 10 -> change(dice.pick(List.of("lost", "damaged")), -dice.between(1, 2));
      default -> change("recalled", -dice.between(1, 2));
    };
  }

  private Map<String, Object> change(String reason, int units) {
    Map<String, Object> form = ofLot();
    form.put("quantity", units);
    form.put("reason", reason);
    return form;
  }

  private Map<String, Object> counted(int units) {
    Map<String, Object> form = ofLot();
    form.put("counted", units);
    return form;
  }

  private Map<String, Object> ofLot() {
    var form = new LinkedHashMap<String, Object>();
    form.put("location_id", dice.pick(shop.locations()));
    form.put("lot", dice.pick(lots));
    return form;
  }

  /** What a supplier sends arrives in two lots. */
  private void receiveInbound() {
    String location = dice.pick(shop.locations());
    var inbound = new LinkedHashMap<String, Object>();
    inbound.put("location_id", location);
    inbound.put("expected_at", world.timeline().instant().plus(Duration.ofHours(3)).toString());
    inbound.put("lines", List.of(line(6)));
    insist(STUBBORN, Set.of(200, 201, 409), () -> put(SCOPES, "/inbounds/PO-LOTS", inbound));
    for (String lot : List.of("IN-1", "IN-2")) {
      sleep(Duration.ofMinutes(1), Duration.ofMinutes(40));
      Map<String, Object> arrived = line(dice.between(1, 3));
      arrived.put("lot", lot);
      arrived.put("expires_on", shop.day(dice.pick(LIVES)));
      tell("receives %s", arrived);
      ask("/inbounds/PO-LOTS/receipts", "receipt-" + lot, new LinkedHashMap<>(Map.of("lines", List.of(arrived))));
    }
  }

  private static Map<String, Object> line(int units) {
    var line = new LinkedHashMap<String, Object>();
    line.put("sku", Shop.CREAM);
    line.put("quantity", units);
    return line;
  }
}
