package waybill.inventory;

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

  private final Table<Lot> lots;

  Lots(Ports ports, String variable) {
    this.lots = new Table<>(ports, variable, Lot.class, it -> key(it.sku(), it.number()));
  }

  private static String partition(Sku sku) {
    return "lots#" + sku;
  }

  private static Key key(Sku sku, LotNumber number) {
    return new Key(partition(sku), PREFIX + number);
  }

  Optional<Lot> find(Sku sku, LotNumber number) {
    return number == null ? Optional.empty() : lots.find(key(sku, number)).map(Stored::value);
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

  /** A new lot as a part of the transaction in which its first units come. */
  List<TransactWriteItem> opening(Lot lot) {
    return List.of(lots.insertion(lot));
  }
}
