package waybill.simulation.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Inbounds and transfers, after every write: what has arrived of one is what its receipts say, and what nothing more is expected of stays so. After a quiet
 * day, each day that an order waits for is one on which something is expected, or on which its product is out.
 */
public final class InboundInvariants {
  private final World world;
  /** What receipts say, by inbound and SKU. */
  private final Map<List<String>, Long> received = new HashMap<>();

  public InboundInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    List<Change> stock = changes.stream().filter(it -> it.table().equals(StockInvariants.TABLE)).toList();
    stock.stream().filter(it -> it.key().get("sk").s().equals("receipt")).map(it -> new Document(it.after()))
        .forEach(it -> StockLedger.units(it.children("items"))
            .forEach((sku, units) -> received.merge(List.of(it.text("inbound"), sku), units, Long::sum)));
    stock.stream().filter(it -> it.key().get("sk").s().matches("inbound|transfer"))
        .forEach(it -> check(new Document(it.before()), new Document(it.after())));
  }

  private void check(Document before, Document after) {
    String id = after.text("id");
    after.children("lines").forEach(line -> {
      long units = received.getOrDefault(List.of(id, line.text("sku")), 0L);
      if (line.number("received") != units) {
        world.find("%s has received otherwise than its receipts say: %s, %d of %s and not %d".formatted(
            after.text("sk").equals("inbound") ? "an inbound" : "a transfer", id, line.number("received"),
            line.text("sku"), units));
      }
    });
    boolean opened = before.exists() && before.flag("complete") && !after.flag("complete");
    if (opened) {
      world.find("more is expected of an inbound that was complete: " + id);
    }
  }

  /** Where no message waits, and the schedules had a day. */
  public void afterADay() {
    Instant now = world.timeline().instant();
    for (var item : world.store().items(StockInvariants.TABLE)) {
      var reservation = new Document(item);
      if (reservation.text("sk").equals("reservation") && BackorderInvariants.isWaiting(reservation)) {
        reservation.child("backorder").children("promises").stream()
            .filter(it -> it.number("units") > 0 && !it.text("now").isEmpty())
            .filter(it -> Instant.parse(it.text("now")).isAfter(now))
            .filter(it -> !days(it.text("sku")).contains(it.text("now")))
            .forEach(it -> world.find("an order waits for a day on which nothing is expected: %s for %s, %s of %s"
                .formatted(reservation.text("pk"), it.text("now"), it.text("sku"), days(it.text("sku")))));
      }
    }
  }

  /** On which something of a SKU is said to come. */
  private Set<String> days(String sku) {
    var days = new HashSet<String>();
    days.add(Document.of(world.store(), "CatalogTable", "product#" + sku, "product").child("oversell")
        .text("available_from"));
    world.store().items(StockInvariants.TABLE).stream().map(Document::new)
        .filter(it -> it.text("pk").equals("expected#" + sku)).forEach(it -> days.add(it.text("expected_at")));
    return days;
  }
}
