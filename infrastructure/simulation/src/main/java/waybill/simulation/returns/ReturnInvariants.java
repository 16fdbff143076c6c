package waybill.simulation.returns;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.simulation.catalog.Shop;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.providers.SimulatedCarrier;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Returns and claims, after every write: no unit that has left is in two that are live, and none comes back twice; what was counted and decided stands, and
 * is never more than was announced or counted there; stock has put back no more than was decided; the order has granted exactly what was
 * decided, by the policy and to the cent, with refunds that are nobody else's; and what was claimed is denied or made good, not both, in the one way
 * that was decided. In the end stock has all of it, what is sent instead is ordered once, all news is sent, and whatever is not over has a time
 * when somebody looks.
 */
public final class ReturnInvariants {
  private static final String TABLE = "ReturnsTable";
  /** As long as schedules may sleep before the end. */
  private static final Duration SLACK = Duration.ofHours(73);

  private final World world;
  private final OrderInvariants orders;
  private final Map<String, Document> known = new TreeMap<>();
  /** What stock has put back, by the return, its product and its place, each with how it lies there. */
  private final Map<List<String>, Map<String, Long>> restocked = new HashMap<>();

  public ReturnInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    for (Change change : changes) {
      var after = new Document(change.after());
      if (change.table().equals(TABLE) && change.key().get("sk").s().equals("returns")) {
        known.put(after.text("order"), after);
        written(new Document(change.before()), after);
      } else if (change.table().equals(StockInvariants.TABLE) && after.text("sk").equals("adjustment")
          && after.text("reason").startsWith("returned")) {
        restocked(after);
      }
    }
  }

  private void written(Document before, Document after) {
    checkUnits(after);
    after.children("all").forEach(it -> check(find(before, "all", it), it, after));
    after.children("claims").forEach(it -> checkClaim(find(before, "claims", it), it, after));
    Stream.of("all", "claims").filter(it -> after.children(it).size() < before.children(it).size())
        .forEach(_ -> world.find("a return or a claim is forgotten: " + after.text("order")));
    checkRefunds(after);
  }

  private static Document find(Document all, String list, Document one) {
    return all.children(list).stream().filter(it -> it.text("id").equals(one.text("id"))).findFirst()
        .orElse(new Document(Map.of()));
  }

  private static boolean refunds(Document of) {
    return !of.text("source").equals("compensated");
  }

  private static long units(Stream<Document> lines, String line) {
    return lines.filter(it -> it.text("line_id").equals(line)).mapToLong(it -> it.number("quantity")).sum();
  }

  private static Stream<Document> lines(Document of, String list) {
    return of.children(list).stream().flatMap(it -> it.children("lines").stream());
  }

  private static long received(Document of, String line) {
    return units(lines(of, "receipts"), line);
  }

  private static long missing(Document of, String line) {
    return units(lines(of, "disposals").filter(it -> !it.has("to")), line);
  }

  private static long announced(Document of, String line) {
    return units(of.children("lines").stream(), line);
  }

  /** How many units nobody else may have. */
  private static long live(Document of, String line) {
    if (of.has("ended") || !refunds(of)) {
      return 0;
    }
    return of.has("expired_at") && !isKeptInAdvance(of, line)
        ? received(of, line) + missing(of, line)
        : announced(of, line);
  }

  /** Whether others were sent for units of a line before they came: they come by their own return alone, however late. */
  private static boolean isKeptInAdvance(Document of, String line) {
    return isInAdvance(of, line) && of.children("disposals").stream().map(it -> it.child("worth"))
        .anyMatch(it -> it.exists() && !it.has("credit"));
  }

  private void checkUnits(Document after) {
    var left = new TreeMap<String, Long>();
    OrderItem order = orders.order(after.text("order"));
    // What a label was bought for may have come out of its parcel since, to be packed again: it is to leave all the same.
    order.written().stream().filter(it -> it.has("tracking_number") || it.has("scan"))
        .flatMap(it -> it.child("parcel").children("lines").stream())
        .forEach(it -> left.merge(it.text("line_id"), it.number("quantity"), Long::sum));
    Stream.of("all", "claims").flatMap(it -> after.children(it).stream()).flatMap(it -> it.children("lines").stream())
        .map(it -> it.text("line_id")).distinct().forEach(line -> {
          long live = after.children("all").stream().mapToLong(it -> live(it, line)).sum()
              + after.children("claims").stream().filter(it -> !it.has("denied"))
                  .mapToLong(it -> announced(it, line)).sum();
          if (live > left.getOrDefault(line, 0L)) {
            world.find("a unit is in two returns or claims: of %s of %s %d are, and %d have left".formatted(line,
                after.text("order"), live, left.getOrDefault(line, 0L)));
          }
          long back = after.children("all").stream().filter(ReturnInvariants::refunds)
              .mapToLong(it -> received(it, line)).sum();
          if (back > left.getOrDefault(line, 0L)) {
            world.find("more comes back than has left: %d of %s of %s".formatted(back, line, after.text("order")));
          }
        });
  }

  private void check(Document before, Document after, Document all) {
    String id = after.text("id");
    if (before.exists()) {
      Stream.of("key", "source", "lines", "requested", "permitted", "ended", "expired_at", "policy").filter(before::has)
          .filter(it -> !Objects.equals(before.attributes().get(it), after.attributes().get(it)))
          .forEach(it -> world.find("a return says something else than before: %s of %s".formatted(it, id)));
      checkGrowing(before, after, "receipts", Set.of());
      checkGrowing(before, after, "disposals", Set.of("settled"));
    }
    checkLabel(before.child("label"), after.child("label"), id);
    if (after.has("ended") && !lines(after, "receipts").toList().isEmpty()
        || !after.has("permitted") && !after.children("receipts").isEmpty()) {
      world.find("units are counted of a return that nobody permits: " + id);
    }
    lines(after, "disposals").map(it -> it.text("line_id")).filter(it -> !it.isEmpty()).distinct()
        .forEach(line -> checkCounted(after, line));
    after.children("lines").forEach(it -> {
      String line = it.text("line_id");
      if (received(after, line) + missing(after, line) > announced(after, line)) {
        world.find("more comes or is missing than was announced: %s of %s".formatted(line, id));
      }
    });
    List<Document> disposals = after.children("disposals");
    for (int i = 0; i < disposals.size(); i++) {
      boolean isNew = i >= before.children("disposals").size() || !before.children("disposals").get(i).has("settled");
      if (isNew && disposals.get(i).has("settled")) {
        checkSettled(after, disposals.get(i), all, id + " " + (i + 1));
      }
    }
  }

  /** One is bought after the other, each once the one before is void, and what was bought stays. */
  private void checkLabel(Document was, Document is, String id) {
    boolean next = is.number("number") == was.number("number") + 1
        && (!was.exists() || was.child("withdrawal").text("answer").equalsIgnoreCase("void"));
    if (was.exists() && is.number("number") != was.number("number") && !next) {
      world.find("a return gets another label, and the one before is not void: " + id);
    }
    if (is.number("number") == was.number("number") && was.has("bought")
        && !was.child("bought").equals(is.child("bought"))) {
      world.find("a return's label changes: " + id);
    }
    if (is.has("bought")) {
      String number = is.child("bought").text("tracking_number");
      if (drafts(labelOf(id, is)).noneMatch(it -> SimulatedCarrier.trackingNumber(it).equals(number))) {
        world.find("a return has a label that its carrier has not sold: %s of %s".formatted(number, id));
      }
    }
  }

  private static String labelOf(String id, Document label) {
    return "par_%s_%d".formatted(id, label.number("number"));
  }

  private Stream<String> drafts(String parcel) {
    return world.carrier().bought().keySet().stream().filter(it -> world.carrier().reference(it).equals(parcel));
  }

  /** Each label that was paid can be used by its customer, or its money is asked for; and nobody waits for one for ever. */
  private void checkLabelled() {
    Map<String, Document> labels = new TreeMap<>();
    all().filter(it -> it.has("label")).forEach(it -> {
      Document label = it.child("label");
      labels.put(labelOf(it.text("id"), label), label);
      boolean asked = !label.has("bought") && !label.has("failure") && !label.has("withdrawal");
      boolean withdrawn = label.has("withdrawal") && !label.child("withdrawal").has("answer") && !label.has("seen");
      if (asked || withdrawn) {
        world.find(
            "a return waits for its label%s for ever: %s".formatted(withdrawn ? " to be void" : "", it.text("id")));
      }
    });
    world.carrier().bought().keySet().stream().map(world.carrier()::reference).map(ParcelId::new)
        .filter(ParcelId::comesBack).forEach(it -> {
          Document label = labels.getOrDefault(it.value(), new Document(Map.of()));
          boolean isVoid = Document.of(world.store(), "ShippingTable", it.order().value(), "void#" + it.value())
              .exists();
          boolean isUncertain = label.child("failure").flag("uncertain") || label.has("withdrawal");
          if (!label.has("bought") && !isVoid && !isUncertain) {
            world.find("the money of a return's label is lost: " + it);
          }
        });
  }

  /** What was counted or decided stays, but for these of its attributes, which are added once. */
  private void checkGrowing(Document before, Document after, String list, Set<String> added) {
    List<Document> was = before.children(list);
    List<Document> is = after.children(list);
    boolean same = is.size() >= was.size() && IntStream.range(0, was.size()).allMatch(
        it -> was.get(it).without(added).equals(is.get(it).without(added)) && added.stream().filter(was.get(it)::has)
            .allMatch(one -> was.get(it).child(one).equals(is.get(it).child(one))));
    if (!same) {
      world.find("what was counted or decided changes: %s of %s".formatted(list, after.text("id")));
    }
  }

  private void checkCounted(Document of, String line) {
    of.children("disposals").stream().map(it -> it.text("location")).distinct().forEach(location -> {
      long counted = units(at(of, "receipts", location), line);
      long decided = units(at(of, "disposals", location).filter(it -> it.has("to")), line);
      if (decided > counted) {
        world
            .find("more is decided than was counted there: %d of %d of %s of %s at %s".formatted(decided, counted, line,
                of.text("id"), location));
      }
    });
  }

  private static Stream<Document> at(Document of, String list, String location) {
    return of.children(list).stream().filter(it -> it.text("location").equals(location))
        .flatMap(it -> it.children("lines").stream());
  }

  /** What one unit of a line costs, as it was ordered; the simulation's kits are two units of the same worth. */
  private long price(String order, String line) {
    String[] places = line.split("_");
    List<Document> ordered = Document.of(world.store(), OrderInvariants.TABLE, order, "content").child("form")
        .children("lines");
    int place = Integer.parseInt(places[1]) - 1;
    if (place >= ordered.size()) {
      return 0; // a gift
    }
    long each = ordered.get(place).number("total") / ordered.get(place).number("quantity");
    return places.length > 2 ? each / 2 : each;
  }

  /** Of lines whose total is no multiple of their units some are worth a cent more than others. */
  private boolean isEven(String order, String line) {
    List<Document> ordered = Document.of(world.store(), OrderInvariants.TABLE, order, "content").child("form")
        .children("lines");
    int place = Integer.parseInt(line.split("_")[1]) - 1;
    return place >= ordered.size() || ordered.get(place).number("total") % ordered.get(place).number("quantity") == 0;
  }

  private static long percent(long amount, long percent) {
    return Math.floorDiv(2 * amount * percent + 100, 200);
  }

  /** What goes back, and what is kept for something else, is what was decided makes of what the units cost. */
  private void checkSettled(Document of, Document disposal, Document all, String name) {
    String order = all.text("order");
    Document worth = disposal.child("worth");
    boolean advance = worth.exists() && !worth.has("credit");
    List<Document> lines = advance
        ? worth.children("units")
        : worth.exists()
            ? List.of()
            : disposal.children("lines").stream().filter(it -> !it.text("line_id").isEmpty())
                .filter(it -> it.number("refund_percent") > 0 && !isInAdvance(of, it.text("line_id"))).toList();
    long back = 0;
    long kept = 0;
    for (Document it : lines) {
      String line = it.text("line_id");
      long value = price(order, line) * it.number("quantity");
      long share = percent(value, advance ? 100 : it.number("refund_percent"));
      long pays = 0;
      if (isExchanged(of, line) && (advance || it.has("to"))) {
        Document item = exchanged(of, line).findFirst().orElseThrow();
        pays = Math.min(share, item.has("unit_price") ? item.number("unit_price") * it.number("quantity") : value);
      }
      back += share - pays;
      kept += pays;
    }
    long expected = back - percent(back, of.child("policy").number("fee_percent")) + worth.number("credit");
    Document settled = disposal.child("settled");
    long amount = settled.child("amount").number("minor_units");
    long keeps = settled.children("kept").stream().mapToLong(it -> it.number("amount")).sum();
    OrderItem paid = orders.order(order);
    boolean isEven = lines.stream().allMatch(it -> isEven(order, it.text("line_id")));
    // For what was kept in advance of units that never came, nothing is left if they come in another return.
    boolean isSpent = all.children("all").stream().filter(it -> !it.text("id").equals(of.text("id")))
        .anyMatch(it -> lines.stream().anyMatch(one -> isInAdvance(it, one.text("line_id"))));
    boolean isShort = isSpent || there(paid) <= 0 || paid.isInDoubt() || paid.isCancelled();
    boolean more = amount > expected || keeps > kept;
    boolean less = amount < expected || keeps < kept;
    if (isEven && (more || less && !isShort)) {
      world.find("a return is worth something else than was decided: %s of %s, %d and %d are kept, not %d and %d"
          .formatted(name, order, amount, keeps, expected, kept));
    }
    checkParts(paid, settled, amount, name);
  }

  private static boolean isExchanged(Document of, String line) {
    return exchanged(of, line).findFirst().isPresent();
  }

  private static Stream<Document> exchanged(Document of, String line) {
    return of.child("exchange").children("items").stream().filter(it -> it.text("line_id").equals(line));
  }

  private static boolean isInAdvance(Document of, String line) {
    return of.child("exchange").flag("in_advance") && isExchanged(of, line);
  }

  /** What could still go back of an order's money, whatever became of what was asked for. */
  private static long there(OrderItem order) {
    return order.ownPayments().stream().filter(it -> !it.has("refund"))
        .filter(it -> it.child("payment").child("captured").text("currency").equals(order.currency()))
        .mapToLong(it -> Math.max(0, OrderItem.captured(it) - it.children("parts").stream()
            .mapToLong(part -> part.child("amount").number("minor_units")).sum()))
        .sum();
  }

  /** The whole is the sum of its parts, one a payment. */
  private void checkParts(OrderItem order, Document settled, long amount, String name) {
    Set<String> refunds = Set.copyOf(settled.attributes().containsKey("refunds")
        ? settled.attributes().get("refunds").l().stream().map(it -> it.s()).toList()
        : List.of());
    long parts = order.payments().stream().flatMap(it -> it.children("parts").stream())
        .filter(it -> refunds.contains(it.text("id"))).mapToLong(it -> it.child("amount").number("minor_units")).sum();
    if (parts != amount) {
      world.find("a return's money is not the sum of its refunds: %s, %d and not %d".formatted(name, parts, amount));
    }
  }

  /** No refund is of two decisions. */
  private void checkRefunds(Document all) {
    var seen = new HashSet<String>();
    all.children("all").stream().flatMap(it -> it.children("disposals").stream()).map(it -> it.child("settled"))
        .filter(it -> it.has("refunds")).flatMap(it -> it.attributes().get("refunds").l().stream())
        .filter(it -> !seen.add(it.s()))
        .forEach(it -> world.find("a refund is of two decisions: %s of %s".formatted(it.s(), all.text("order"))));
  }

  private void checkClaim(Document before, Document after, Document all) {
    Consumer<String> found = what -> world.find("a claim %s: %s".formatted(what, after.text("id")));
    Document resolution = after.child("resolution");
    boolean isVoid = resolution.has("refused") && resolution.text("remedy").equals("refund");
    if (after.has("denied") && resolution.exists() && !isVoid) {
      found.accept("is denied and made good");
    }
    if (after.has("choice") && (!after.has("found") || !resolution.exists())) {
      found.accept("has a choice that nobody was given");
    }
    Stream.of("key", "lines", "parcel", "requested", "denied", "found", "choice").filter(before::has)
        .filter(it -> !Objects.equals(before.attributes().get(it), after.attributes().get(it)))
        .forEach(it -> found.accept("says something else than before: " + it));
    Document was = before.child("resolution");
    boolean stands = was.exists() && !(was.has("refused") && was.text("remedy").equals("refund"));
    if (stands && !was.without(Set.of("refunded", "refused")).equals(resolution.without(Set.of("refunded", "refused")))
        || was.has("refunded") && !was.child("refunded").equals(resolution.child("refunded"))) {
      found.accept("is made good once more, in another way");
    }
    if (resolution.has("refunded") && !was.has("refunded")) {
      long amount = resolution.child("refunded").number("minor_units");
      long worth = after.children("lines").stream()
          .mapToLong(it -> price(all.text("order"), it.text("line_id")) * it.number("quantity")).sum();
      boolean isEven = after.children("lines").stream().allMatch(it -> isEven(all.text("order"), it.text("line_id")));
      long decided = resolution.has("amount") ? resolution.number("amount") : worth;
      if (resolution.text("remedy").equals("replacement") || isEven && amount != decided) {
        found.accept("is refunded otherwise than was decided: %d, not %d".formatted(amount, decided));
      }
    }
  }

  /** What stock puts back was decided so. */
  private void restocked(Document adjustment) {
    String id = adjustment.text("reference");
    if (!id.startsWith("ret_")) {
      return;
    }
    List<String> key = List.of(id, adjustment.text("sku"), adjustment.text("location"));
    restocked.computeIfAbsent(key, _ -> new TreeMap<>()).merge(adjustment.text("reason"),
        adjustment.number("quantity"), Long::sum);
    long back = restocked.get(key).values().stream().mapToLong(it -> it).sum();
    long decided = decided(id).getOrDefault(key, Map.of()).values().stream().mapToLong(it -> it).sum();
    if (back > decided) {
      world.find("more is put back than was decided: %s, %d of %d".formatted(key, back, decided));
    }
  }

  /** What was decided becomes of units, by their return, product and place. */
  private Map<List<String>, Map<String, Long>> decided(String id) {
    var decided = new HashMap<List<String>, Map<String, Long>>();
    all().filter(it -> it.text("id").equals(id)).flatMap(it -> it.children("disposals").stream())
        .forEach(disposal -> disposal.children("lines").stream().filter(it -> it.has("to"))
            .forEach(it -> decided
                .computeIfAbsent(List.of(id, it.text("sku"), disposal.text("location")), _ -> new TreeMap<>())
                .merge(reason(it.text("to")), it.number("quantity"), Long::sum)));
    return decided;
  }

  private static String reason(String to) {
    return switch (to) {
      case "on_hand" -> "returned";
      default -> "returned_" + to;
    };
  }

  private Stream<Document> all() {
    return known.values().stream().flatMap(it -> it.children("all").stream());
  }

  private Stream<Document> claims() {
    return known.values().stream().flatMap(it -> it.children("claims").stream());
  }

  /** All of it has come where it belongs, or waits for a time. */
  public void atRest() {
    known.values().forEach(it -> {
      checkUnits(it);
      checkWaits(it);
    });
    all().forEach(it -> {
      checkRestocked(it);
      checkSettled(it);
      if (it.has("unsent")) {
        world.find("news of a return is never sent: " + it.text("id"));
      }
    });
    checkLabelled();
    claims().forEach(it -> {
      Document resolution = it.child("resolution");
      boolean asks = resolution.exists() && !resolution.text("remedy").equals("replacement");
      if (it.has("unsent") || asks && !resolution.has("refunded") && !resolution.has("refused")) {
        world.find("a claim is never answered: " + it.text("id"));
      }
      boolean replaced = resolution.exists() && !resolution.text("remedy").equals("refund");
      checkOrdered(it.text("id"), it.text("id"), replaced);
    });
  }

  /** What is sent again or instead is an order, placed by what has asked for it; and nothing else is. */
  private void checkOrdered(String of, String cause, boolean expected) {
    OrderId order = new OrderId("ord_" + of.substring(4, of.lastIndexOf('_')));
    if (orders.order(OrderId.replacing(order, cause).value()).isPlaced() != expected) {
      world.find("what is to be sent%s ordered: %s".formatted(expected ? " is not" : " by nobody is", cause));
    }
  }

  private void checkSettled(Document of) {
    List<Document> disposals = of.children("disposals");
    for (int i = 0; i < disposals.size(); i++) {
      Document settled = disposals.get(i).child("settled");
      if (!settled.exists()) {
        world.find("the money of a return is never granted: %s %d".formatted(of.text("id"), i + 1));
      }
      checkOrdered(of.text("id"), of.text("id") + "_" + (i + 1), !settled.children("kept").isEmpty());
    }
  }

  /** What must not be sold any more since it was decided is kept apart. */
  private void checkRestocked(Document of) {
    decided(of.text("id")).forEach((key, decided) -> {
      Map<String, Long> back = new TreeMap<>(restocked.getOrDefault(key, Map.of()));
      if (key.get(1).equals(Shop.CREAM)) {
        decided = apart(decided);
        back = apart(back);
      }
      if (!back.equals(decided)) {
        world.find("what came back does not lie where it was decided: %s is %s, not %s".formatted(key, back, decided));
      }
    });
  }

  private static Map<String, Long> apart(Map<String, Long> units) {
    var apart = new TreeMap<String, Long>();
    units.forEach((reason, it) -> apart.merge(reason.equals("returned") ? "returned_quarantined" : reason, it,
        Long::sum));
    return apart;
  }

  /** Who waits, waits for a time. */
  private void checkWaits(Document all) {
    boolean waits = all.children("all").stream().anyMatch(ReturnInvariants::waits)
        || all.children("claims").stream().anyMatch(it -> !it.has("denied") && (!it.has("resolution")
            || it.has("found") && !it.has("choice")));
    long due = all.has("by_return_due_range") ? Long.parseLong(all.text("by_return_due_range")) : 0;
    if (waits && due == 0) {
      world.find("a return or a claim waits, and nobody ever looks: " + all.text("order"));
    }
    if (due != 0 && due < world.timeline().instant().minus(SLACK).toEpochMilli()) {
      world.find("a return or a claim was to be looked at at %s, and nobody does: %s"
          .formatted(Instant.ofEpochMilli(due), all.text("order")));
    }
  }

  private static boolean waits(Document of) {
    if (of.has("ended")) {
      return false;
    }
    return !of.has("permitted") || of.children("lines").stream().anyMatch(it -> {
      String line = it.text("line_id");
      long decided = units(lines(of, "disposals").filter(one -> one.has("to")), line);
      long expected = announced(of, line) - received(of, line) - missing(of, line);
      return decided < received(of, line) || expected > 0 && !of.has("expired_at");
    });
  }

  /** The mails that customers are to get, by the beginning of their events: one each. */
  public Stream<String> mails() {
    Stream<String> returns = all().filter(ReturnInvariants::refunds).flatMap(it -> {
      String id = it.text("id");
      boolean asked = it.text("source").equals("requested");
      Stream<String> decided = it.has("ended")
          ? it.child("ended").flag("rejected") ? Stream.of("return_rejected#" + id) : Stream.empty()
          : asked && it.has("permitted") ? Stream.of("return_approved#" + id) : Stream.empty();
      return Stream.concat(decided, settled(it));
    });
    Stream<String> claims = claims().flatMap(it -> {
      String id = it.text("id");
      Document by = it.child("resolution");
      boolean refunds = by.exists() && !by.text("remedy").equals("replacement");
      boolean good = by.exists() && (!refunds || by.has("refunded")
          || by.has("refused") && by.text("remedy").equals("refund_and_replacement"));
      boolean resolved = by.exists() && !(by.has("refused") && by.text("remedy").equals("refund"));
      return Stream.of(Stream.of("claim_opened#" + id),
          it.has("denied") ? Stream.of("claim_denied#" + id) : Stream.<String>empty(),
          good ? Stream.of("claim_resolved#" + id) : Stream.<String>empty(),
          it.has("found") && resolved ? Stream.of("claim_found#" + id) : Stream.<String>empty()).flatMap(one -> one);
    });
    Stream<String> back = all().filter(it -> it.text("key").startsWith("clm_") && !it.has("ended"))
        .map(it -> "send_back#" + it.text("id"));
    return Stream.of(returns, claims, back).flatMap(it -> it);
  }

  private Stream<String> settled(Document of) {
    String order = "ord_" + of.text("id").substring(4, of.text("id").lastIndexOf('_'));
    boolean replaces = Document.of(world.store(), OrderInvariants.TABLE, order, "content").child("form")
        .text("reference").startsWith("ret_");
    List<Document> disposals = of.children("disposals");
    return IntStream.range(0, disposals.size()).filter(it -> {
      Document disposal = disposals.get(it);
      boolean came = disposal.children("lines").stream().anyMatch(one -> one.has("line_id") && one.has("to"));
      boolean nothing = disposal.child("settled").child("amount").number("minor_units") == 0;
      return came && disposal.has("settled") && !(replaces && nothing);
    }).mapToObj(it -> "return_settled#%s#%d".formatted(of.text("id"), it + 1));
  }

  /** What those who follow an order must have heard, and how often. */
  public Map<String, Integer> events(String order) {
    Document all = known.getOrDefault(order, new Document(Map.of()));
    List<Document> returns = all.children("all");
    List<Document> claims = all.children("claims");
    var events = new TreeMap<String, Integer>();
    events.put("return_opened", returns.size());
    events.put("return_received", returns.stream().mapToInt(it -> it.children("receipts").size()).sum());
    events.put("return_settled", Math.toIntExact(returns.stream().flatMap(it -> it.children("disposals").stream())
        .filter(it -> it.has("settled")).count()));
    events.put("return_charged", Math.toIntExact(returns.stream()
        .filter(it -> it.child("exchange").child("ended").flag("charged")).count()));
    events.put("claim_opened", claims.size());
    events.put("claim_denied", Math.toIntExact(claims.stream().filter(it -> it.has("denied")).count()));
    events.put("claim_parcel_found", Math.toIntExact(claims.stream().filter(it -> it.has("found")).count()));
    return events;
  }
}
