package waybill.simulation.payments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import waybill.simulation.catalog.Shop;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who gives customers store credit, for many too little or too late, and takes some again; perhaps twice at once. */
public final class Benefactor extends Actor {
  private static final String OPERATE = "orders:operate";
  /** There may not be as much to take, or the key was used for another amount. */
  private static final Set<Integer> ANSWERS = Set.of(201, 422);
  private static final int MOST = 700;

  private final int customers;

  public Benefactor(World world, int customers) {
    super("benefactor", world);
    this.customers = customers;
  }

  @Override
  public void live() {
    for (int number = 1; number <= customers; number++) {
      if (dice.chance(0.6)) {
        String customer = Shop.customer("customer-" + number);
        beside(() -> {
          sleep(Duration.ZERO, Duration.ofMinutes(4));
          adjust(customer, "gift", dice.between(100, MOST));
        });
        if (dice.chance(0.3)) {
          beside(() -> {
            sleep(Duration.ZERO, Duration.ofMinutes(40));
            adjust(customer, "again", dice.chance(0.5) ? dice.between(1, MOST) : -dice.between(1, MOST));
          });
        }
      }
    }
  }

  private void adjust(String customer, String why, int amount) {
    var form = new LinkedHashMap<String, Object>();
    form.put("channel", Shop.CHANNEL);
    form.put("customer_id", customer);
    form.put("currency", Shop.CURRENCY);
    form.put("amount", amount);
    form.put("reason", why);
    tell("gives %s %d", customer, amount);
    Runnable asking = () -> insist(STUBBORN, ANSWERS,
        () -> post(OPERATE, "/store-credits/adjustments", why + "-" + customer, form));
    if (dice.chance(0.3)) {
      beside(asking);
    }
    asking.run();
    if (dice.chance(0.5)) {
      insist(STUBBORN, Set.of(200, 404), () -> get(OPERATE, "/store-credits",
          new TreeMap<>(Map.of("channel", Shop.CHANNEL, "customer_id", customer, "currency", Shop.CURRENCY))));
    }
  }
}
