package waybill.inventory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.catalog.Product;
import waybill.inventory.LotSwaps.Found;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * The lots that a packer found for some lines of a fulfillment, in place of those that it was allocated.
 *
 * @param today at its location
 */
record LotSwap(Allocation allocation, List<Found> found, LocalDate today) {
  /** A transaction holds a hundred actions, of which some are records. */
  static final int MOST_LOTS = 90;

  private Sku sku(LineId line) {
    return allocation.lines().stream().filter(it -> it.lineId().equals(line)).findFirst().orElseThrow().sku();
  }

  private Counter counter(Sku sku, LotNumber lot) {
    return Counter.of(sku, allocation.location(), lot);
  }

  private List<LotQuantity> held() {
    return LotQuantity.orNone(allocation.lots());
  }

  private boolean isNamed(LineId line) {
    return found.stream().anyMatch(it -> it.line().equals(line));
  }

  /** The lots that were found, each once. */
  List<Counter> named() {
    return found.stream().map(it -> counter(sku(it.line()), it.lot())).distinct().sorted().toList();
  }

  /** By how many units each lot's part of the allocation changes; nothing for one of which it stays the same. */
  Map<Counter, Integer> moved() {
    var moved = new TreeMap<Counter, Integer>();
    held().stream().filter(it -> isNamed(it.lineId()))
        .forEach(it -> moved.merge(counter(it.sku(), it.lot()), -it.quantity(), Integer::sum));
    found.forEach(it -> moved.merge(counter(sku(it.line()), it.lot()), it.quantity(), Integer::sum));
    moved.values().removeIf(it -> it == 0);
    return moved;
  }

  /**
   * The allocation of these lots.
   *
   * @param known the lots that were found, by their counters
   * @param levels what is free of them
   */
  Outcome<Allocation> with(Map<Counter, Lot> known, Map<Counter, Levels> levels, Map<Sku, Product> products) {
    var violations = new ArrayList<Violation>();
    Map<Counter, Integer> moved = moved();
    for (Found it : found) {
      Counter lot = counter(sku(it.line()), it.lot());
      boolean isTracked = held().stream().anyMatch(one -> one.lineId().equals(it.line()));
      if (!isTracked) {
        violations.add(new Violation(it.at() + "/lot", "not_lot_tracked",
            "is named only of a product that is tracked by lots"));
      } else if (Optional.ofNullable(moved.remove(lot)).filter(units -> units > 0).isPresent()) {
        check(it.at() + "/lot", known.get(lot), products.get(lot.sku()),
            levels.getOrDefault(lot, Levels.NONE), moved().get(lot)).ifPresent(violations::add);
      }
    }
    return violations.isEmpty() ? Outcome.of(swapped(known)) : Refused.invalid(violations).outcome();
  }

  /** @param units how many it is to give more than it has given */
  private Optional<Violation> check(String at, Lot lot, Product product, Levels there, int units) {
    if (lot == null) {
      return Optional.of(new Violation(at, "unknown_lot", "there is no such lot of the product"));
    }
    if (lot.recalled()) {
      return Optional.of(new Violation(at, "recalled", "the lot is recalled: none of it leaves"));
    }
    if (!lot.isGood(today, product.minimumLifeDays())) {
      return Optional.of(lot.isGood(today, 0)
          ? new Violation(at, "minimum_life", "expires on %s: the product is sold for at least %d days of use"
              .formatted(lot.expiresOn(), product.minimumLifeDays()))
          : new Violation(at, "expired", "expired on " + lot.expiresOn()));
    }
    if (there.available() >= units) {
      return Optional.empty();
    }
    return Optional.of(there.get(Level.QUARANTINED) > 0
        ? new Violation(at, "quarantined", "%d more units are wanted of the lot: %d are free here, and %d quarantined"
            .formatted(units, there.available(), there.get(Level.QUARANTINED)))
        : new Violation(at, "not_free",
            "%d more units are wanted of the lot: %d are free here, and others are allocated or not here"
                .formatted(units, there.available())));
  }

  private Allocation swapped(Map<Counter, Lot> known) {
    var next = new ArrayList<LotQuantity>();
    for (LineQuantity line : allocation.lines()) {
      if (isNamed(line.lineId())) {
        Map<LotNumber, Integer> units = found.stream().filter(it -> it.line().equals(line.lineId()))
            .collect(Collectors.toMap(Found::lot, Found::quantity, Integer::sum, TreeMap::new));
        units.entrySet().stream()
            .map(it -> new LotQuantity(line.lineId(), line.sku(), it.getKey(),
                known.get(counter(line.sku(), it.getKey())).expiresOn(), it.getValue()))
            .sorted(comparing(LotQuantity::expiresOn, nullsLast(naturalOrder()))).forEach(next::add);
      } else {
        held().stream().filter(it -> it.lineId().equals(line.lineId())).forEach(next::add);
      }
    }
    return allocation.swapped(next);
  }
}
