package waybill.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Schema.Index;

/** A table's items, its indexes, and what the last writes replaced. */
final class StoredTable {
  /** How many writes a stale read of an index may miss. */
  private static final int REMEMBERED_WRITES = 50;
  private static final Duration OLDEST_EXPIRY = Duration.ofDays(5 * 365);

  private final CreateTableRequest declared;
  private final Schema schema;
  private final NavigableMap<Key, Item> items = new TreeMap<>();
  private final Map<String, NavigableMap<Place, Item>> indexes = new HashMap<>();
  /** The newest first. */
  private final Deque<Replaced> replaced = new ArrayDeque<>();
  private Optional<String> expiresBy = Optional.empty();

  private record Replaced(Key key, Optional<Item> before) {}

  /** @throws UnsupportedOperationException for a table that cannot be kept here */
  StoredTable(CreateTableRequest declared) {
    this.declared = declared;
    this.schema = Schema.of(declared);
    schema.indexes().keySet().forEach(name -> indexes.put(name, new TreeMap<>()));
  }

  String name() {
    return declared.tableName();
  }

  CreateTableRequest declared() {
    return declared;
  }

  Schema schema() {
    return schema;
  }

  /** The attribute with the second in which an item expires. */
  Optional<String> expiresBy() {
    return expiresBy;
  }

  void expireBy(Optional<String> attribute) {
    expiresBy = attribute;
  }

  /** Whether an item's second has come, but not more than five years ago. */
  boolean isExpired(Item item, Instant now) {
    AttributeValue at = expiresBy.map(item.attributes()::get).orElse(null);
    if (at == null || at.n() == null) {
      return false;
    }
    var second = new BigDecimal(at.n());
    return second.compareTo(BigDecimal.valueOf(now.getEpochSecond())) <= 0
        && second.compareTo(BigDecimal.valueOf(now.minus(OLDEST_EXPIRY).getEpochSecond())) > 0;
  }

  /**
   * @throws DynamoDbException where it is no key of the table
   * @throws InvalidItem where a part of it is no string or too long
   */
  Key keyNamed(Map<String, AttributeValue> named) {
    return schema.keyNamed(Values.normal(named));
  }

  Optional<Item> find(Key key) {
    return Optional.ofNullable(items.get(key));
  }

  /** @param after empty to delete it */
  void write(Key key, Optional<Item> after) {
    Optional<Item> before = Optional.ofNullable(after.isPresent() ? items.put(key, after.get()) : items.remove(key));
    schema.indexes().forEach((name, index) -> {
      NavigableMap<Place, Item> places = indexes.get(name);
      before.flatMap(it -> index.placeOf(key, it)).ifPresent(places::remove);
      after.flatMap(it -> index.placeOf(key, it)).ifPresent(place -> places.put(place, after.get()));
    });
    replaced.addFirst(new Replaced(key, before));
    if (replaced.size() > REMEMBERED_WRITES) {
      replaced.removeLast();
    }
  }

  NavigableMap<Key, Item> items() {
    return Collections.unmodifiableNavigableMap(items);
  }

  /** The items of an index, those without its key left out. */
  NavigableMap<Place, Item> items(Index index) {
    return Collections.unmodifiableNavigableMap(indexes.get(index.name()));
  }

  /** What the last so many writes replaced, or all that are remembered; empty for an item that did not exist. */
  Map<Key, Optional<Item>> replaced(int writes) {
    var earlier = new HashMap<Key, Optional<Item>>();
    Iterator<Replaced> newestFirst = replaced.iterator();
    for (int i = 0; i < writes && newestFirst.hasNext(); i++) {
      Replaced write = newestFirst.next();
      earlier.put(write.key, write.before);
    }
    return earlier;
  }
}
