package waybill.simulation.payments;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Store credit, after every write: a ledger's entries are numbered without a gap and never change, each is the balance before it and its amount, and none
 * is below zero; no refund is put in twice, and no order takes out twice or gives back more than it took. At rest every refund that an order has granted as
 * credit is in the ledger, with its sum, and an order that is cancelled has nothing of it left.
 */
public final class CreditInvariants {
  private static final int NUMBER = 10;

  private final World world;
  private final OrderInvariants orders;
  private final Map<String, TreeMap<Long, Document>> ledgers = new TreeMap<>();

  public CreditInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  public void written(Change change) {
    String credit = change.key().get("pk").s();
    if (!change.table().equals(MoneyInvariants.TABLE) || !credit.startsWith("crd_")) {
      return;
    }
    var after = new Document(change.after());
    Map<Long, Document> ledger = ledgers.computeIfAbsent(credit, _ -> new TreeMap<>());
    long number = after.number("number");
    if (!after.exists() || new Document(change.before()).exists() || ledger.containsKey(number)) {
      world.find("an entry of a store credit changes: %s %s".formatted(credit, change.key().get("sk").s()));
    }
    Document before = ledger.getOrDefault(number - 1, new Document(Map.of()));
    if (!before.exists() && number > 1 || change.key().get("sk").s().length() != NUMBER) {
      world.find("entries of a store credit have a gap: %s before %d".formatted(credit, number));
    }
    if (after.number("balance") != before.number("balance") + after.number("amount") || after.number("balance") < 0) {
      world.find("a store credit's balance is not the sum of its entries: %s has %d after %d and %d".formatted(credit,
          after.number("balance"), before.number("balance"), after.number("amount")));
    }
    ledger.put(number, after);
    checkOnce(credit, ledger, after);
  }

  private void checkOnce(String credit, Map<Long, Document> ledger, Document added) {
    String kind = added.text("kind").toLowerCase(Locale.ROOT);
    Stream<Document> same = ledger.values().stream().filter(it -> it.text("kind").equals(added.text("kind")));
    if (kind.equals("refund") && same.filter(it -> it.text("reference").equals(added.text("reference"))).count() > 1) {
      world.find("a refund is put into a store credit twice: %s of %s".formatted(added.text("reference"), credit));
    } else if (kind.equals("payment")
        && same.filter(it -> it.text("order").equals(added.text("order"))
            && it.text("reference").equals(added.text("reference"))).count() > 1) {
      world.find("an order is paid twice out of a store credit: %s of %s".formatted(added.text("order"), credit));
    } else if (kind.equals("release") && spent(added.text("order")) < 0) {
      world.find("more goes back to a store credit than was taken: %s of %s".formatted(added.text("order"), credit));
    }
  }

  /** What an order has taken, and not given back. */
  public long spent(String order) {
    return -entries(order).filter(it -> !it.text("kind").equalsIgnoreCase("refund"))
        .mapToLong(it -> it.number("amount")).sum();
  }

  private Stream<Document> entries(String order) {
    return ledgers.values().stream().flatMap(it -> it.values().stream()).filter(it -> it.text("order").equals(order));
  }

  public void atRest() {
    for (String order : Set.copyOf(world.expected().values())) {
      long granted = orders.order(order).credited();
      long given = entries(order).filter(it -> it.text("kind").equalsIgnoreCase("refund"))
          .mapToLong(it -> it.number("amount")).sum();
      if (granted != given) {
        world.find("what is refunded as store credit is not in it: %s, %d of %d".formatted(order, given, granted));
      }
      if (orders.order(order).isCancelled() && spent(order) != 0) {
        world.find("a cancelled order keeps store credit: %s has %d".formatted(order, spent(order)));
      }
    }
  }
}
