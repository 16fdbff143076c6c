package waybill.digital;

import java.util.List;
import java.util.Set;
import waybill.digital.DigitalTable.SpareKey;
import waybill.messages.Sku;
import waybill.platform.Chance;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** The keys that are left of a product. */
final class KeyPool {
  /** Sorts behind every id. */
  private static final String LAST = "~";
  /** Of so many more than are wanted some are chosen, so that two orders at once seldom want the same. */
  private static final int CHOICE = 30;

  private final Table<SpareKey> spares;

  KeyPool(Ports ports) {
    this.spares = DigitalTable.spares(ports);
  }

  /** Some keys of the pool. @param without what was taken of it before */
  List<Stored<SpareKey>> some(Sku sku, int wanted, Set<String> without) {
    List<Stored<SpareKey>> left = spares
        .between(DigitalTable.pool(sku), LicenceKey.PREFIX, LAST, true, wanted + without.size() + CHOICE).stream()
        .filter(it -> !without.contains(it.value().id())).toList();
    int from = left.size() <= wanted
        ? 0
        : Math.floorMod(Chance.here().newName().hashCode(), left.size() - wanted + 1);
    return left.subList(from, Math.min(left.size(), from + wanted));
  }

  /** How many keys are left, counted up to a number. */
  int left(Sku sku, int most) {
    return spares.between(DigitalTable.pool(sku), LicenceKey.PREFIX, LAST, true, most).size();
  }

  /** All keys that are left. */
  int left(Sku sku) {
    return spares.findAll(DigitalTable.pool(sku), "").size();
  }

  Table<SpareKey> spares() {
    return spares;
  }
}
