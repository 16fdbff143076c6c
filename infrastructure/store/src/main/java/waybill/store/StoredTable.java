package waybill.store;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A table's items, and what the last writes replaced. */
final class StoredTable {
  /** What an index can be behind at most. */
  private static final int REMEMBERED_WRITES = 50;

  private final String name;
  private final Schema schema;
  private final NavigableMap<Key, Item> items = new TreeMap<>();
  /** The newest first. */
  private final Deque<Replaced> replaced = new ArrayDeque<>();

  private record Replaced(Key key, Optional<Item> before) {}

  StoredTable(String name, Schema schema) {
    this.name = name;
    this.schema = schema;
  }

  String name() {
    return name;
  }

  Schema schema() {
    return schema;
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
    replaced.addFirst(new Replaced(key, find(key)));
    if (replaced.size() > REMEMBERED_WRITES) {
      replaced.removeLast();
    }
    set(items, key, after);
  }

  NavigableMap<Key, Item> items() {
    return Collections.unmodifiableNavigableMap(items);
  }

  /** The items before the last so many writes, or before all that are remembered. */
  NavigableMap<Key, Item> before(int writes) {
    var earlier = new TreeMap<>(items);
    Iterator<Replaced> newestFirst = replaced.iterator();
    for (int i = 0; i < writes && newestFirst.hasNext(); i++) {
      Replaced write = newestFirst.next();
      set(earlier, write.key, write.before);
    }
    return earlier;
  }

  private static void set(NavigableMap<Key, Item> items, Key key, Optional<Item> item) {
    if (item.isPresent()) {
      items.put(key, item.get());
    } else {
      items.remove(key);
    }
  }
}
