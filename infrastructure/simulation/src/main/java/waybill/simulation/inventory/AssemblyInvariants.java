package waybill.simulation.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/** Work orders, after every write: what is done of one is what its completions say, no more than was wanted, and nothing after it was cancelled. */
public final class AssemblyInvariants {
  private final World world;
  private final Map<String, Long> completed = new HashMap<>();

  public AssemblyInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    List<Change> stock = changes.stream().filter(it -> it.table().equals(StockInvariants.TABLE)).toList();
    stock.stream().filter(it -> it.key().get("sk").s().equals("completion")).map(it -> new Document(it.after()))
        .forEach(it -> completed.merge(it.text("assembly"), it.number("quantity"), Long::sum));
    stock.stream().filter(it -> it.key().get("sk").s().equals("assembly"))
        .forEach(it -> check(new Document(it.before()), new Document(it.after())));
  }

  private void check(Document before, Document after) {
    String id = after.text("id");
    long done = completed.getOrDefault(id, 0L);
    if (after.number("completed") != done || done > after.number("quantity")) {
      world.find("a work order is done otherwise than its completions say: %s, %d of %d and not %d".formatted(id,
          after.number("completed"), after.number("quantity"), done));
    }
    if (before.text("stage").equals("cancelled") && after.number("completed") != before.number("completed")) {
      world.find("a work order that was cancelled goes on: " + id);
    }
  }
}
