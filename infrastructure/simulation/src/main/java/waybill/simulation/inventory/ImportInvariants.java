package waybill.simulation.inventory;

import java.util.List;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Files of stock, after every write: a file goes on by one line at a time, together with the adjustment that the line is, or with its refusal. At rest
 * each is done to its last line, and none of its lines is kept.
 */
public final class ImportInvariants {
  private final World world;

  public ImportInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    for (Change change : changes) {
      if (change.table().equals(StockInvariants.TABLE) && change.key().get("sk").s().equals("import")) {
        check(new Document(change.before()), new Document(change.after()), changes);
      }
    }
  }

  private void check(Document before, Document after, List<Change> changes) {
    long lines = after.number("done") - before.number("done");
    long adjustments = changes.stream()
        .filter(it -> it.key().get("sk").s().equals("adjustment") && it.before().isEmpty()).count();
    long refusals = after.number("refused") - before.number("refused");
    if (lines != (before.exists() ? 1 : 0) || adjustments + refusals != lines) {
      world.find("a file of stock goes on by %d lines, with %d adjustments and %d refusals: %s".formatted(lines,
          adjustments, refusals, after.text("pk")));
    }
    if (after.number("changed") + after.number("unchanged") + after.number("refused") != after.number("done")) {
      world.find("a file of stock does not add up: %s".formatted(after.text("pk")));
    }
  }

  public void atRest() {
    for (var item : world.store().items(StockInvariants.TABLE)) {
      var it = new Document(item);
      boolean isOpen = it.text("sk").equals("import") && it.number("done") != it.child("expected").number("lines");
      if (isOpen || it.text("sk").startsWith("part#") || it.text("pk").equals("imports-underway")) {
        world.find("a file of stock is never done: %s %s".formatted(it.text("pk"), it.text("sk")));
      }
    }
  }
}
