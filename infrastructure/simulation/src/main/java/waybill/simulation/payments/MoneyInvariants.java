package waybill.simulation.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.platform.Json;
import waybill.simulation.catalog.Shop;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.payments.Intent.Refund;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Money, as Stripe has it. At every step: no more goes back than came, once for each cause, and what is packed is paid. At
 * rest: an order that goes on has kept its total, not more; a cancelled one and nobody have kept nothing. What a bank would
 * not take back is on a hold, and so is what the storefront took itself.
 */
public final class MoneyInvariants {
  static final String TABLE = "PaymentsTable";
  /** A payment that Stripe hears of so long before it was let go was there to be cancelled. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(2);

  private final World world;
  private final OrderInvariants orders;
  private final CreditInvariants credits;

  public MoneyInvariants(World world, OrderInvariants orders, CreditInvariants credits) {
    this.world = world;
    this.orders = orders;
    this.credits = credits;
  }

  public void written(Change change) {
    if (change.table().equals(TABLE)) {
      intents().values().forEach(it -> {
        checkCaptures(it);
        checkRefunds(it);
      });
    }
    boolean isState = change.table().equals(OrderInvariants.TABLE) && change.key().get("sk").s().equals("state");
    if (isState && OrderItem.of(new Document(change.after()))
        .letsGoMoreThan(OrderItem.of(new Document(change.before())))) {
      checkPaid(change.key().get("pk").s());
    }
  }

  private Map<String, Intent> intents() {
    return Intent.of(world.stripe().overview());
  }

  /** No more is captured than was authorised, and once for each cause. */
  private void checkCaptures(Intent intent) {
    if (intent.received() > intent.amount()) {
      world.find(
          "more is captured than was held: %d of %d for %s".formatted(intent.received(), intent.amount(), intent.id()));
    }
    var causes = new HashSet<String>();
    intent.captures().stream().filter(it -> !it.isEmpty() && !causes.add(it))
        .forEach(it -> world.find("there are two captures for one cause: %s of %s".formatted(it, intent.id())));
  }

  private void checkRefunds(Intent intent) {
    if (intent.kept() < 0) {
      world.find(
          "more goes back than came: %d of %d for %s".formatted(intent.returned(), intent.received(), intent.id()));
    }
    var causes = new HashSet<String>();
    for (Refund refund : intent.refunds()) {
      if (!causes.add(refund.cause())) {
        world.find("there are two refunds for one cause: %s of %s".formatted(refund.cause(), intent.id()));
      }
      if (refund.reason().equals("order_cancelled") && !orders.order(refund.order()).isCancelled()) {
        world.find(
            "money goes back for an order that is not cancelled: %s of %s".formatted(intent.id(), refund.order()));
      }
    }
  }

  /** What is packed goes on to the customer, unless its order was cancelled before: then no label of it is bought. */
  private void checkPaid(String id) {
    OrderItem order = orders.order(id);
    if (order.isCancelled()) {
      return;
    }
    long kept = kept(order, intents());
    long wanted = order.capturesOnDispatch()
        ? Math.min(order.total(), worth(id, order)) - order.granted()
        : order.total() - order.granted();
    if (kept < wanted) {
      world.find(
          "an order is let go that is not paid: %s has %d of %d".formatted(id, kept, wanted));
    }
    if (order.isInDoubt()) {
      world.find("an order is let go whose money is in doubt: " + id);
    }
  }

  /** No more goes back in parts than people have granted. */
  private void checkGranted(String id, OrderItem order, Map<String, Intent> intents, List<String> holds) {
    long parts = intentsOf(order, intents).mapToLong(Intent::parts).sum();
    long asked = intentsOf(order, intents).mapToLong(Intent::decided).sum();
    long granted = order.granted() - grantedOf(order, it -> OrderItem.isExternal(it) || OrderItem.isCredit(it));
    if (parts > granted + order.again()) {
      world.find("more goes back than was granted: %s, %d of %d".formatted(id, parts, granted));
    }
    if (!order.isCancelled() && asked != granted) {
      world.find("what was granted was not asked for: %s, %d of %d, and is on %s".formatted(id, asked, granted, holds));
    }
  }

  private static long grantedOfExternal(OrderItem order) {
    return grantedOf(order, OrderItem::isExternal);
  }

  private static long grantedOf(OrderItem order, Predicate<Document> which) {
    return order.payments().stream().filter(which).mapToLong(OrderItem::granted).sum();
  }

  /** What the units cost that may leave, those of kits by their two parts: the simulation's shops ship for nothing, and what is added is a gift. */
  private long worth(String id, OrderItem order) {
    List<Document> placed = Document.of(world.store(), OrderInvariants.TABLE, id, "content").child("form")
        .children("lines");
    Map<String, Long> packed = order.packedUnits();
    long components = packed.entrySet().stream().filter(it -> it.getKey().matches("line_[0-9]+_[0-9]+"))
        .mapToLong(it -> it.getValue() * Shop.price(Shop.KIT) / 2).sum();
    return components + IntStream.range(0, placed.size())
        .mapToLong(it -> placed.get(it).number("total") * packed.getOrDefault("line_" + (it + 1), 0L)
            / placed.get(it).number("quantity"))
        .sum();
  }

  /**
   * What an order has, in its currency: what Stripe has of it, what the storefront has and need not give back, and what it has out of store credit.
   * What a bank would not take back is not its.
   */
  private long kept(OrderItem order, Map<String, Intent> intents) {
    String currency = order.currency().toLowerCase(Locale.ROOT);
    long atStripe = intentsOf(order, intents).filter(it -> it.currency().equals(currency) && !it.isRefusedByBank())
        .mapToLong(Intent::kept).sum();
    long atStorefront = order.payments().stream().filter(it -> OrderItem.isExternal(it) && !it.has("refund"))
        .mapToLong(OrderItem::captured).sum();
    return atStripe + atStorefront + credit(order);
  }

  private long credit(OrderItem order) {
    return credits.spent(order.state().text("pk"));
  }

  private static Stream<Intent> intentsOf(OrderItem order, Map<String, Intent> intents) {
    return order.payments().stream().map(it -> intents.get(it.child("payment").text("reference")))
        .filter(Objects::nonNull);
  }

  /** What the storefront took itself. */
  static long external(OrderItem order) {
    return order.payments().stream().filter(OrderItem::isExternal).mapToLong(OrderItem::captured).sum();
  }

  /** What Stripe knows that no order has. */
  public void atRest() {
    Map<String, Intent> intents = intents();
    intents.values().forEach(this::checkRefunds);
    Set<String> claimed = new HashSet<>();
    for (String id : world.expected().values()) {
      if (orders.order(id).isPlaced()) {
        intentsOf(orders.order(id), intents).forEach(it -> claimed.add(it.id()));
      }
    }
    intents.values().stream().filter(it -> !claimed.contains(it.id())).forEach(it -> {
      if (it.kept() > 0 && !it.isRefusedByBank() || it.status().equals("requires_capture")) {
        world.find(
            "money without an order is not given back: %s is %s and has %d".formatted(it.id(), it.status(), it.kept()));
      }
    });
  }

  /**
   * What Stripe has of an order when all is over.
   *
   * @param holds the order's, by their reasons
   * @param told the order, as the API shows it
   */
  public void atRest(String id, List<String> holds, Map<String, Object> told) {
    OrderItem order = orders.order(id);
    Map<String, Intent> intents = intents();
    checkGranted(id, order, intents, holds);
    boolean isRefused = intentsOf(order, intents)
        .anyMatch(it -> it.isStuck() && it.kept() > 0 || !order.isCancelled() && it.owed() > 0);
    if (isRefused != holds.contains("refund_failed")) {
      world.find("an order's hold and its bank disagree about a refund: %s is on %s".formatted(id, holds));
    }
    if (order.isCancelled()) {
      checkNothingKept(id, order, intents, holds);
    } else if (!holds.contains("payment_mismatch")) {
      long total = order.total() - order.granted() + intentsOf(order, intents).mapToLong(Intent::owed).sum();
      long kept = kept(order, intents) - grantedOfExternal(order);
      if (kept != total) {
        world.find(
            "an order has kept another sum than its total: %s has %d, not %d, and is on %s".formatted(id, kept, total,
                holds));
      }
    }
    checkTold(id, order, intents, holds, told);
  }

  private void checkTold(String id, OrderItem order, Map<String, Intent> intents, List<String> holds,
      Map<String, Object> told) {
    for (Object each : (List<?>) told.get("payments")) {
      Map<String, Object> payment = Json.object(each);
      Intent intent = intents.get(payment.get("reference"));
      // Its order has given so much of it back, though not by its provider.
      long credited = order.payments().stream()
          .filter(it -> it.child("payment").text("reference").equals(payment.get("reference")))
          .mapToLong(OrderItem::credited).sum();
      if (intent != null && !(isTold(intent.received(), payment.get("captured"))
          && isTold(intent.returned() + credited, payment.get("refunded")))) {
        world.find("a payment is shown otherwise than it is: %s of %s, Stripe has %d of %d".formatted(payment, id,
            intent.kept(),
            intent.received()));
      }
    }
    boolean isTaken = external(order) > 0 || paidByCredit(order) > 0
        || intentsOf(order, intents).anyMatch(it -> it.received() > 0);
    boolean isBack = external(order) == 0 && credit(order) == 0
        && intentsOf(order, intents).allMatch(it -> it.kept() == 0 && !it.isMoving());
    long left = intentsOf(order, intents).mapToLong(Intent::kept).sum() + external(order) - grantedOfExternal(order)
        + credit(order) - order.credited();
    boolean goesBack = order.isCancelled() || isTaken && left <= 0;
    // What the storefront took it refunds itself, and nobody here says that it has.
    boolean isThere = order.isCancelled()
        ? isBack
        : grantedOfExternal(order) == 0 && intentsOf(order, intents).noneMatch(Intent::isMoving);
    String expected = !goesBack ? "paid" : isThere ? "refunded" : "refund_pending";
    boolean isKnown = order.isCancelled() ? isTaken : !holds.contains("payment_mismatch");
    if (isKnown && !told.get("payment_status").equals(expected)) {
      world.find(
          "an order's money is shown otherwise than it is: %s, %s and not %s".formatted(id, told.get("payment_status"),
              expected));
    }
  }

  private static long paidByCredit(OrderItem order) {
    return order.payments().stream().filter(OrderItem::isCredit).mapToLong(OrderItem::captured).sum();
  }

  private static boolean isTold(long amount, Object told) {
    return ((Number) told).longValue() == amount;
  }

  private void checkNothingKept(String id, OrderItem order, Map<String, Intent> intents, List<String> holds) {
    intentsOf(order, intents).filter(it -> it.kept() > 0 && !it.isStuck()).forEach(it -> world
        .find("a cancelled order keeps money: %s has %d of %s".formatted(id, it.kept(), it.id())));
    if (external(order) > 0 != holds.contains("external_refund")) {
      world.find(
          "a cancelled order has %d that the storefront took, and is on %s: %s".formatted(external(order), holds, id));
    }
    for (Document payment : order.payments()) {
      Intent intent = intents.get(payment.child("payment").text("reference"));
      if (intent != null && isLeftOpen(intent, payment)) {
        world.find("a cancelled order's payment can still be paid: %s is %s for %s".formatted(intent.id(),
            intent.status(), id));
      }
    }
  }

  /** What Stripe did not know when it was let go cannot have been cancelled; if it is paid after all, it is refunded. */
  private static boolean isLeftOpen(Intent intent, Document payment) {
    if (Set.of("succeeded", "canceled").contains(intent.status())) {
      return false;
    }
    String letGo = payment.child("refund").text("updated_at");
    return letGo.isEmpty() || intent.status().equals("requires_capture")
        || intent.created().plus(UNDER_WAY).isBefore(Instant.parse(letGo));
  }
}
