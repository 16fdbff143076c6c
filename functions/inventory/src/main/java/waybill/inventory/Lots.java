package waybill.inventory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** The lots of products. A SKU's are a partition of their own; no SKU has a {@code #}, so that it is no SKU's. */
final class Lots {
  private static final String PREFIX = "lot#";

  private static final int PAGE = 1_000;

  private final Table<Lot> lots;
  private final Table<ExpiringLot> days;

  Lots(Ports ports, String variable) {
    this.lots = new Table<>(ports, variable, Lot.class, it -> key(it.sku(), it.number()));
    this.days = new Table<>(ports, variable, ExpiringLot.class, ExpiringLot::key);
  }

  private static String partition(Sku sku) {
    return "lots#" + sku;
  }

  private static Key key(Sku sku, LotNumber number) {
    return new Key(partition(sku), PREFIX + number);
  }

  Optional<Lot> find(Sku sku, LotNumber number) {
    return stored(sku, number).map(Stored::value);
  }

  private Optional<Stored<Lot>> stored(Sku sku, LotNumber number) {
    return number == null ? Optional.empty() : lots.find(key(sku, number));
  }

  /** Those of a SKU, by their numbers. */
  Map<LotNumber, Lot> findAll(Sku sku) {
    return byNumber(lots.findAll(partition(sku), PREFIX).stream());
  }

  /** Those of these counters that are lots'. */
  Map<LotNumber, Lot> findAll(Sku sku, Collection<Counter> counters) {
    List<Key> keys = counters.stream().filter(Counter::isLot).map(it -> key(sku, it.lot())).distinct().toList();
    return keys.isEmpty() ? Map.of() : byNumber(lots.findAll(keys).stream());
  }

  private static Map<LotNumber, Lot> byNumber(Stream<Stored<Lot>> found) {
    var byNumber = new HashMap<LotNumber, Lot>();
    found.forEach(it -> byNumber.put(it.value().number(), it.value()));
    return byNumber;
  }

  /** Those that the counters are of, whatever their products. */
  List<Lot> findAll(Collection<Counter> counters) {
    return lots.findAll(counters.stream().filter(Counter::isLot).map(it -> key(it.sku(), it.lot())).distinct().toList())
        .stream().map(Stored::value).toList();
  }

  /** A new lot as a part of the transaction in which its first units come. */
  List<TransactWriteItem> opening(Lot lot) {
    return lot.expiresOn() == null
        ? List.of(lots.insertion(lot))
        : List.of(lots.insertion(lot), days.insertion(new ExpiringLot(lot.expiresOn(), lot.sku(), lot.number())));
  }

  /** A lot is recalled, as a part of a transaction; nothing if it is already. */
  List<TransactWriteItem> recalling(Sku sku, LotNumber number) {
    return stored(sku, number).filter(it -> !it.value().recalled())
        .map(it -> List.of(lots.replacement(it, it.value().recall()))).orElse(List.of());
  }

  /** Those that expire until then, whichever does first. */
  Stream<Stored<ExpiringLot>> expiring(LocalDate until) {
    String last = until + ExpiringLot.BEHIND;
    return Stream.iterate(days.between(ExpiringLot.PARTITION, "0", last, true, PAGE), page -> !page.isEmpty(),
        page -> page.size() < PAGE
            ? List.of()
            : days.between(ExpiringLot.PARTITION, page.getLast().value().key().sk(), last, true, PAGE + 1).stream()
                .skip(1).toList())
        .flatMap(List::stream);
  }

  Table<ExpiringLot> days() {
    return days;
  }
}
