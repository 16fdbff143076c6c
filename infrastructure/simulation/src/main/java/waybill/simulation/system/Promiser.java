package waybill.simulation.system;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.catalog.Shop;
import waybill.simulation.payments.Accountant;
import waybill.simulation.payments.PaymentProvider;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/**
 * Somebody who sells ahead and then learns that a delivery is late. One customer waits for something else anyway, and holds units that another one was
 * promised sooner: whether that promise is kept by lending them, and both hold, is what the invariants of backorders look at.
 */
public final class Promiser extends Actor {
  private static final String SCOPES = "stock:write";
  /** It may have been received meanwhile. */
  private static final Set<Integer> PUT = Set.of(200, 201, 409);
  private static final Set<Integer> RECEIVED = Set.of(201, 404, 409, 422);
  private static final Duration SOON = Duration.ofHours(2);
  private static final Duration LATE = Duration.ofHours(6);
  private static final Duration LATEST = Duration.ofHours(10);

  private final Shop shop;
  private final PaymentProvider provider;
  private final Accountant accountant;

  public Promiser(World world, Shop shop, PaymentProvider provider, Accountant accountant) {
    super("promiser", world);
    this.shop = shop;
    this.provider = provider;
    this.accountant = accountant;
  }

  @Override
  public void live() {
    if (!shop.sellsAhead()) {
      return;
    }
    expect("PO-PROMISED", Shop.PROMISED, 4, SOON);
    expect("PO-AWAITED", Shop.AWAITED, 2, LATEST);
    buys(91, Shop.PROMISED, Shop.STOCKED + 1, true);
    sleep(Duration.ofMinutes(5), Duration.ofMinutes(9));
    buys(92, Shop.PROMISED, 2, false);
    sleep(Duration.ofMinutes(4), Duration.ofMinutes(12));
    expect("PO-PROMISED", Shop.PROMISED, 4, LATE);
    sleep(Duration.ofMinutes(1), LATE);
    receive("PO-PROMISED", Shop.PROMISED, 4);
    sleep(Duration.ofMinutes(1), LATEST);
    receive("PO-AWAITED", Shop.AWAITED, 2);
  }

  /** @param waits whether they also want what is long in coming */
  private void buys(int number, String sku, int units, boolean waits) {
    var cart = new LinkedHashMap<String, Integer>();
    cart.put(sku, units);
    if (waits) {
      cart.put(Shop.AWAITED, 1);
    }
    var customer = new Customer(number, world, shop, provider, accountant, cart);
    beside(customer::live);
  }

  private void expect(String inbound, String sku, int units, Duration in) {
    String at = world.timeline().instant().plus(in).toString();
    tell("expects %d of %s at %s", units, sku, at);
    insist(STUBBORN, PUT, () -> put(SCOPES, "/inbounds/" + inbound, Map.of("location_id", shop.locations().getFirst(),
        "expected_at", at, "lines", List.of(Map.of("sku", sku, "quantity", units)))));
  }

  private void receive(String inbound, String sku, int units) {
    tell("receives %d of %s", units, sku);
    insist(STUBBORN, RECEIVED, () -> post(SCOPES, "/inbounds/" + inbound + "/receipts", "all-" + inbound,
        Map.of("lines", List.of(Map.of("sku", sku, "quantity", units)))));
  }
}
