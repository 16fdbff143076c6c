package waybill.simulation.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** A storefront that keeps units for checkouts which are given up: some are prolonged, some released, and the others are let expire. */
public final class Checkout extends Actor {
  public static final String SCOPES = "orders:place";
  /** Not so much may be there, or it is over; or the first request was never done. */
  public static final Set<Integer> ANSWERS = Set.of(200, 201, 404, 409, 422);
  private static final double SHOPS = 0.3;
  private static final int MOST = 5;

  private final Shop shop;

  public Checkout(World world, Shop shop) {
    super("checkout", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    int times = dice.chance(SHOPS) ? dice.between(1, MOST) : 0;
    for (int time = 1; time <= times; time++) {
      boolean whole = !shop.range().isEmpty() && dice.chance(0.3);
      sleep(whole ? Shop.SALE : Duration.ZERO, whole ? Shop.SALE.plusMillis(100) : Duration.ofMinutes(4));
      String key = "abandoned-" + time;
      Map<String, Integer> cart = whole
          ? shop.range().stream().collect(Collectors.toMap(it -> it, _ -> 1, Integer::sum, TreeMap::new))
          : Map.of(dice.pick(shop.skus()), dice.between(1, 4));
      int minutes = dice.between(1, 30);
      beside(() -> abandon(key, cart, minutes));
    }
  }

  private void abandon(String key, Map<String, Integer> cart, int minutes) {
    tell("keeps %s for %d minutes", cart, minutes);
    Optional<Answer> made = insist(STUBBORN, ANSWERS, () -> post(SCOPES, "/reservations", key, form(cart, minutes)));
    if (made.isEmpty() || made.get().status() != 201) {
      return;
    }
    String path = "/reservations/" + made.get().json().get("id");
    if (dice.chance(0.5)) {
      sleep(Duration.ZERO, Duration.ofMinutes(minutes + 3));
      tell("prolongs %s", path);
      insist(STUBBORN, ANSWERS, () -> post(SCOPES, path + "/prolongation", key + "-more", Map.of("minutes", minutes)));
    }
    if (dice.chance(0.4)) {
      sleep(Duration.ZERO, Duration.ofMinutes(minutes + 3));
      tell("releases %s", path);
      Runnable asking = () -> insist(STUBBORN, ANSWERS, () -> delete(SCOPES, path));
      if (dice.chance(0.3)) {
        beside(asking);
      }
      asking.run();
    }
  }

  /** What a checkout asks for. */
  public static Map<String, Object> form(Map<String, Integer> cart, int minutes) {
    var items = new ArrayList<Map<String, Object>>();
    cart.forEach((sku, quantity) -> items.add(Map.of("sku", sku, "quantity", quantity)));
    return Map.of("channel", Shop.CHANNEL, "items", List.copyOf(items), "minutes", minutes);
  }
}
