package waybill.simulation.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.ParcelId;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Lots, after every write: in each number the lots of a location add up to it; each lot has as many units allocated as the allocations and parcels say; a
 * parcel takes no lot that its fulfillment was not allocated; and nobody is allocated a lot that has expired or was recalled. In the end, none of those is
 * for sale, and what a fulfillment shows is what its location keeps for it.
 */
public final class LotInvariants {
  private static final List<String> LEVELS = List.of("available", "on_hand", "allocated", "damaged", "quarantined",
      "in_transit", "shortfall");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  /** As long as a function may have held what it read. */
  private static final Duration SLACK = Duration.ofMinutes(2);
  private static final Set<String> HOLDING = Set.of("open", "packed", "dispatched");

  private final World world;
  private final Map<String, Document> counters = new TreeMap<>();
  private final Map<String, Long> allocated = new HashMap<>();
  private final Map<String, Instant> recalled = new HashMap<>();

  public LotInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    var shelves = new TreeSet<String>();
    var lots = new TreeSet<String>();
    for (Change change : changes) {
      if (change.table().equals(StockInvariants.TABLE)) {
        count(change, shelves, lots);
        move(new Document(change.before()), -1, lots);
        move(new Document(change.after()), 1, lots);
        checkTaken(new Document(change.before()), new Document(change.after()));
      }
    }
    shelves.forEach(this::checkSum);
    lots.forEach(this::checkAllocated);
  }

  private void count(Change change, Set<String> shelves, Set<String> lots) {
    String pk = change.key().get("pk").s();
    String sk = change.key().get("sk").s();
    var after = new Document(change.after());
    if (pk.startsWith("lots#") && after.flag("recalled")) {
      recalled.putIfAbsent(pk + " " + sk, world.timeline().instant());
    } else if (!pk.contains("#") && (sk.startsWith("lot#") || sk.startsWith("location#"))) {
      counters.put(pk + " " + sk, after);
      shelves.add(pk + " " + (sk.startsWith("lot#") ? sk.substring(0, sk.lastIndexOf('#')) : sk).replaceFirst(
          "^(lot|location)#", ""));
      if (sk.startsWith("lot#")) {
        lots.add(pk + " " + sk);
        if (after.number("on_hand") != after.number("allocated") + after.number("available")) {
          world.find("what lies there of a lot is neither allocated nor available: %s %s".formatted(pk, sk));
        }
        LEVELS.stream().filter(it -> after.number(it) < 0)
            .forEach(it -> world.find("a counter of a lot is negative: %s %s %s".formatted(pk, sk, it)));
      }
    }
  }

  /** @param shelf the SKU and its location */
  private void checkSum(String shelf) {
    String prefix = shelf.replace(" ", " lot#") + "#";
    List<Document> lots = counters.entrySet().stream().filter(it -> it.getKey().startsWith(prefix))
        .map(Map.Entry::getValue).toList();
    if (lots.isEmpty()) {
      return;
    }
    Document whole = counters.getOrDefault(shelf.replace(" ", " location#"), new Document(Map.of()));
    for (String level : LEVELS) {
      long sum = lots.stream().mapToLong(it -> it.number(level)).sum();
      if (sum != whole.number(level)) {
        world.find("the lots of a location do not add up to it: %s has %d %s, and they %d".formatted(shelf,
            whole.number(level), level, sum));
      }
    }
  }

  /** What an allocation keeps of each lot, and what a parcel has taken of that. */
  private void move(Document record, int times, Set<String> lots) {
    int sign = switch (record.text("sk")) {
      case "allocation" -> record.text("status").equals("taken") ? times : 0;
      case "shipment" -> record.text("status").equals("taken") ? -times : 0;
      default -> 0;
    };
    if (sign == 0) {
      return;
    }
    String fulfillment = record.text("sk").equals("allocation")
        ? record.text("pk")
        : new ParcelId(record.text("pk")).fulfillment().value();
    for (Document it : record.children("lots")) {
      String lot = "%s lot#%s#%s".formatted(it.text("sku"), record.text("location"), it.text("lot"));
      lots.add(lot);
      allocated.merge(lot, sign * it.number("quantity"), Long::sum);
      long left = allocated.merge(fulfillment + " " + lot, sign * it.number("quantity"), Long::sum);
      if (left < 0 && record.text("sk").equals("shipment") && times > 0) {
        world.find("a parcel takes a lot that was not allocated to it: %s, %d of %s".formatted(record.text("pk"), -left,
            lot));
      }
    }
  }

  private void checkAllocated(String lot) {
    long counted = counters.getOrDefault(lot, new Document(Map.of())).number("allocated");
    long kept = allocated.getOrDefault(lot, 0L);
    if (counted != kept) {
      world.find("a lot has other units allocated than its allocations say: %s has %d, not %d".formatted(lot, counted,
          kept));
    }
  }

  /** What an allocation newly takes must be good. */
  private void checkTaken(Document before, Document after) {
    if (!after.text("sk").equals("allocation") || !after.text("status").equals("taken")) {
      return;
    }
    checkWhole(after);
    Map<String, Long> had = before.text("status").equals("taken") ? byLot(before) : Map.of();
    byLot(after).forEach((lot, units) -> {
      if (units > had.getOrDefault(lot, 0L)) {
        checkGood(after.text("pk"), lot);
      }
    });
  }

  /** No swap of lots loses a unit: all units of a product that has lots are of some lot. */
  private void checkWhole(Document allocation) {
    var units = new TreeMap<String, Long>();
    allocation.children("lots").forEach(it -> units.merge(it.text("sku"), it.number("quantity"), Long::sum));
    units.forEach((sku, ofLots) -> {
      long ofLines = allocation.children("lines").stream().filter(it -> it.text("sku").equals(sku))
          .mapToLong(it -> it.number("quantity")).sum();
      if (ofLots != ofLines) {
        world.find("an allocation has other units of lots than of its lines: %s has %d, not %d".formatted(
            allocation.text("pk"), ofLots, ofLines));
      }
    });
  }

  /** @param lot the SKU and the number */
  private void checkGood(String fulfillment, String lot) {
    String sku = lot.substring(0, lot.indexOf(' '));
    String number = "lot#" + lot.substring(lot.indexOf(' ') + 1);
    Document known = Document.of(world.store(), StockInvariants.TABLE, "lots#" + sku, number);
    Instant since = recalled.get("lots#" + sku + " " + number);
    Instant read = world.timeline().instant().minus(SLACK);
    if (isPast(known, read) || since != null && since.isBefore(read)) {
      world.find("a lot is allocated that must not leave: %s to %s".formatted(lot, fulfillment));
    }
  }

  private static boolean isPast(Document lot, Instant time) {
    return lot.has("expires_on")
        && LocalDate.parse(lot.text("expires_on")).isBefore(LocalDate.ofInstant(time, ZONE));
  }

  private static Map<String, Long> byLot(Document record) {
    var units = new TreeMap<String, Long>();
    record.children("lots")
        .forEach(it -> units.merge(it.text("sku") + " " + it.text("lot"), it.number("quantity"), Long::sum));
    return units;
  }

  /** What fulfillments and their parcels show is what is kept for them. */
  public void afterADay() {
    for (Map<String, AttributeValue> item : world.store().items("FulfillmentTable")) {
      var fulfillment = new Document(item);
      if (!HOLDING.contains(fulfillment.text("status")) || !fulfillment.text("sk").startsWith("ful_")) {
        continue;
      }
      Document allocation = Document.of(world.store(), StockInvariants.TABLE, fulfillment.text("sk"), "allocation");
      if (!byLot(fulfillment).equals(byLot(allocation))) {
        world.find("a fulfillment shows other lots than are kept for it: %s has %s, not %s".formatted(
            fulfillment.text("sk"), byLot(fulfillment), byLot(allocation)));
      }
      var packed = new TreeMap<String, Long>();
      fulfillment.children("parcels").forEach(it -> byLot(it).forEach((lot, units) -> packed.merge(lot, units,
          Long::sum)));
      if (!fulfillment.text("status").equals("open") && !packed.equals(byLot(fulfillment))) {
        world.find("parcels hold other lots than their fulfillment: %s has %s, not %s".formatted(
            fulfillment.text("sk"), packed, byLot(fulfillment)));
      }
    }
  }

  /** A swap is decided once, and its fulfillment knows what was decided. */
  private void checkDecided(Document asked) {
    String id = asked.text("sk");
    Document decision = Document.of(world.store(), StockInvariants.TABLE, id, "swap");
    if (!asked.flag("decided") || !decision.exists()) {
      world.find("a swap of lots is never decided: " + id);
    } else if (!asked.text("refused").equals(decision.text("refused"))) {
      world.find("a swap of lots is known otherwise than it was decided: %s, %s and not %s".formatted(id,
          asked.text("refused"), decision.text("refused")));
    }
  }

  /** Nothing is for sale that must not be sold. */
  public void atRest() {
    afterADay();
    world.store().items("FulfillmentTable").stream().map(Document::new).filter(it -> it.text("sk").startsWith("swp_"))
        .forEach(this::checkDecided);
    Instant yesterday = world.timeline().instant().minus(Duration.ofDays(1));
    counters.forEach((place, counter) -> {
      int at = place.indexOf(" lot#");
      if (at < 0) {
        return;
      }
      String number = "lot#" + place.substring(place.lastIndexOf('#') + 1);
      String sku = place.substring(0, at);
      Document lot = Document.of(world.store(), StockInvariants.TABLE, "lots#" + sku, number);
      boolean isBad = lot.flag("recalled") || isPast(lot, yesterday);
      if (isBad && counter.number("available") > counter.number("shortfall")) {
        world.find("a lot is for sale that must not be sold: %s has %d".formatted(place,
            counter.number("available") - counter.number("shortfall")));
      }
    });
  }
}
