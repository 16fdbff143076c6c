package waybill.simulation.inventory;

import java.util.List;
import java.util.Map;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Reservations of checkouts, after every write: an order that takes one over is promised what the checkout held, as far as it wants that; and no
 * reservation ends before its time unless an order has it or somebody releases it. At rest none is held any more, and all are forgotten.
 */
public final class CheckoutInvariants {
  private final World world;

  public CheckoutInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    for (Change change : changes) {
      if (change.table().equals(StockInvariants.TABLE) && change.key().get("sk").s().equals("checkout")) {
        check(new Document(change.before()), new Document(change.after()), changes);
      }
    }
  }

  private void check(Document before, Document after, List<Change> changes) {
    String expiry = before.text("expires_at");
    if (isFirst(before, after, "expired") && expiry.compareTo(world.timeline().instant().toString()) > 0) {
      world.find(
          "a reservation expires before its time: %s, which is kept until %s".formatted(after.text("pk"), expiry));
    }
    if (after.exists() && after.text("expires_at").compareTo(expiry) < 0) {
      world.find("a reservation's time gets shorter: %s, from %s to %s".formatted(after.text("pk"), expiry,
          after.text("expires_at")));
    }
    if (isFirst(before, after, "ordered")) {
      changes.stream().map(it -> new Document(it.after()))
          .filter(it -> it.text("sk").equals("reservation") && it.text("pk").equals(after.text("order")))
          .forEach(it -> checkTaken(after, it));
    }
  }

  private static boolean isFirst(Document before, Document after, String ending) {
    return after.text("ending").equals(ending) && !before.has("ending");
  }

  /** What the checkout did not hold may be missing, and then none of it is promised. */
  private void checkTaken(Document checkout, Document order) {
    Map<String, Long> held = StockLedger.units(checkout.children("items"));
    Map<String, Long> wanted = StockLedger.units(order.children("items"));
    boolean refused = order.text("status").equals("refused");
    boolean more = wanted.entrySet().stream().anyMatch(it -> it.getValue() > held.getOrDefault(it.getKey(), 0L));
    Map<String, Long> kept = refused ? Map.of() : StockLedger.kept(order);
    boolean all = wanted.entrySet().stream().allMatch(it -> kept.getOrDefault(it.getKey(), 0L) >= Math
        .min(it.getValue(), held.getOrDefault(it.getKey(), 0L)));
    if (!all && !(refused && more)) {
      world.find("an order is not promised what its checkout held: %s has %s of %s, and %s held %s".formatted(
          order.text("pk"), kept, wanted, checkout.text("pk"), held));
    }
  }

  /** Where all of it is over. */
  public void atRest() {
    world.store().items(StockInvariants.TABLE).stream().map(Document::new)
        .filter(it -> it.text("sk").equals("checkout") || it.text("pk").startsWith("expiring#"))
        .forEach(it -> world.find("a checkout's reservation is never forgotten: %s %s is %s".formatted(it.text("pk"),
            it.text("sk"), it.text("status"))));
  }
}
