package waybill.simulation.catalog;

import java.time.Duration;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who closes a warehouse for some hours, whatever was planned there, and opens it again. */
public final class Caretaker extends Actor {
  private static final double SHOPS = 0.15;
  private final Shop shop;

  public Caretaker(World world, Shop shop) {
    super("caretaker", world);
    this.shop = shop;
  }

  @Override
  public void live() {
    if (dice.chance(SHOPS)) {
      sleep(Duration.ofMinutes(1), Duration.ofMinutes(30));
      String location = dice.pick(shop.locations());
      shop.close(location);
      sleep(Duration.ofMinutes(10), Duration.ofHours(6));
      shop.open(location);
    }
  }
}
