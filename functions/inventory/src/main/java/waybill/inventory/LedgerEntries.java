package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.TimeKey;

/**
 * The ledger of physical movements: a partition for each SKU and location, in the order of time. No SKU has a {@code #}, so that no
 * partition is a SKU's own.
 */
final class LedgerEntries {
  private static final String FIRST = "0";
  private static final String LAST = "9";
  private static final int PAGE = 100;

  private final Table<LedgerEntry> entries;

  LedgerEntries(Ports ports, String variable) {
    this.entries = new Table<>(ports, variable, LedgerEntry.class,
        it -> new Key(partition(it.sku(), it.location()), key(it)));
  }

  private static String partition(Sku sku, LocationId location) {
    return sku + "#" + location;
  }

  static String key(LedgerEntry it) {
    return "%s#%010d".formatted(TimeKey.of(it.at()), it.number());
  }

  TransactWriteItem insertion(LedgerEntry entry) {
    return entries.insertion(entry);
  }

  /** The last that was written until then. */
  Optional<LedgerEntry> lastAt(Sku sku, LocationId location, Instant then) {
    return upTo(sku, location, TimeKey.of(then) + "#" + LAST, 1).stream().findFirst();
  }

  /** The first of all. */
  Optional<LedgerEntry> first(Sku sku, LocationId location) {
    return entries.between(partition(sku, location), FIRST, LAST, true, 1).stream().map(Stored::value).findFirst();
  }

  /** Those that were written after that time, the first of them last. */
  Stream<LedgerEntry> since(Sku sku, LocationId location, Instant then) {
    String after = TimeKey.of(then) + "#" + LAST;
    return Stream.iterate(upTo(sku, location, null, PAGE), page -> !page.isEmpty(),
        page -> page.size() < PAGE || key(page.getLast()).compareTo(after) <= 0
            ? List.of()
            : upTo(sku, location, key(page.getLast()), PAGE + 1).stream().skip(1).toList())
        .flatMap(List::stream).takeWhile(it -> key(it).compareTo(after) > 0);
  }

  /** The latest first. @param key as {@link #key}, included; null for all */
  List<LedgerEntry> upTo(Sku sku, LocationId location, String key, int limit) {
    return entries.between(partition(sku, location), FIRST, key == null ? LAST : key, false, limit).stream()
        .map(Stored::value).toList();
  }
}
