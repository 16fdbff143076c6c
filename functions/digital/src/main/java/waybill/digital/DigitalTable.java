package waybill.digital;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.DueList;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** What customers were given, the downloads behind their links, and the pools of keys. */
final class DigitalTable {
  private static final String TABLE = "DIGITAL_TABLE";
  private static final DueList WAITING = new DueList("by_waiting", "waiting", 1);
  private static final int MOST_AT_ONCE = 1_000;
  /** So that an import of keys ends in seconds: the rest is found by the sweep. */
  private static final int MOST_LOOKED_AT = 20_000;
  private static final int CHUNK = 100;

  private DigitalTable() {}

  /** A key that is in its pool. There is one for each key that was not given yet, so that none is looked for among those that were. */
  record SpareKey(Sku sku, String id) {}

  /** An import, which a repeated request finds. @param content a digest of the keys @param added how many were new */
  record Import(Sku sku, String id, String content, int added) {}

  static Table<Delivery> deliveries(Ports ports) {
    return new Table<>(ports, TABLE, Delivery.class, it -> key(it.order()),
        it -> it.waitingSince() == null ? Map.of() : WAITING.entry(it.order(), it.waitingSince()));
  }

  static Table<Download> downloads(Ports ports) {
    return new Table<>(ports, TABLE, Download.class, it -> downloadKey(it.id()));
  }

  static Table<LicenceKey> keys(Ports ports) {
    return new Table<>(ports, TABLE, LicenceKey.class, it -> licenceKey(it.sku(), it.id()));
  }

  static Table<SpareKey> spares(Ports ports) {
    return new Table<>(ports, TABLE, SpareKey.class, it -> new Key(pool(it.sku()), it.id()));
  }

  static Table<Import> imports(Ports ports) {
    return new Table<>(ports, TABLE, Import.class, it -> importKey(it.sku(), it.id()));
  }

  static Key key(OrderId order) {
    return new Key(order.value(), "delivery");
  }

  static Key downloadKey(String id) {
    return new Key("download#" + id, "download");
  }

  static Key licenceKey(Sku sku, String id) {
    return new Key("keys#" + sku, id);
  }

  static Key importKey(Sku sku, String id) {
    return new Key("imports#" + sku, id);
  }

  /** The partition of the keys that are left. */
  static String pool(Sku sku) {
    return "pool#" + sku;
  }

  /** The orders that wait for something that was missing, the longest waiting first. @param wanted which of them: others keep nobody waiting */
  static Stream<OrderId> waiting(Table<Delivery> deliveries, Instant now, Predicate<OrderId> wanted) {
    return WAITING.dueBy(deliveries, now, MOST_AT_ONCE, it -> wanted.test(new OrderId(it.key().pk())))
        .map(it -> new OrderId(it.key().pk()));
  }

  /** The orders that wait for this product, the longest waiting first, however many wait for others. @param most how many */
  static List<OrderId> waitingFor(Table<Delivery> deliveries, Sku sku, int most, Instant now) {
    return WAITING.dueBy(deliveries, now, MOST_LOOKED_AT).gather(Gatherers.windowFixed(CHUNK))
        .flatMap(keys -> deliveries.findAll(keys).stream().map(Stored::value)
            .filter(it -> it.isMissing(sku)).sorted(Comparator.comparing(Delivery::waitingSince)))
        .limit(most).map(Delivery::order).toList();
  }
}
