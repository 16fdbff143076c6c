package waybill.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Schema.Index;
import waybill.store.Schema.KeyAttribute;
import waybill.store.Schema.Keys;

/**
 * A page of a query or a scan: it ends at the limit or after a megabyte.
 *
 * @param cursor where the next page begins; null if this is the last
 */
record Page(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> cursor) {
  private static final int MOST_BYTES = 1024 * 1024;

  /** @param limit null for none */
  static Page of(Iterator<Item> found, Integer limit, Schema schema, Optional<Index> index) {
    var page = new ArrayList<Map<String, AttributeValue>>();
    int most = limit == null ? Integer.MAX_VALUE : limit;
    int bytes = 0;
    Map<String, AttributeValue> last = Map.of();
    while (page.size() < most && bytes < MOST_BYTES && found.hasNext()) {
      Item item = found.next();
      last = item.attributes();
      page.add(index.isPresent() ? index.get().project(last) : last);
      bytes += index.isPresent() ? Sizes.of(page.getLast()) : item.bytes();
    }
    boolean isLast = page.size() < most && !found.hasNext();
    return new Page(page, isLast ? null : cursor(last, schema, index));
  }

  private static Map<String, AttributeValue> cursor(Map<String, AttributeValue> item, Schema schema,
      Optional<Index> index) {
    var cursor = new TreeMap<String, AttributeValue>();
    position(schema, index).forEach(it -> cursor.put(it.name(), item.get(it.name())));
    return cursor;
  }

  /** @throws DynamoDbException if it is less than one item */
  static void requireLimit(Integer limit) {
    if (limit != null && limit < 1) {
      throw Refusals.invalid("Limit must be greater than or equal to 1");
    }
  }

  /**
   * Where a page is to start, as an item with nothing but its position.
   *
   * @throws DynamoDbException if it does not have exactly the attributes of a position
   */
  static Map<String, AttributeValue> start(Map<String, AttributeValue> given, Schema schema, Optional<Index> index) {
    Map<String, AttributeValue> start = Values.normal(given);
    boolean isComplete = start.size() == position(schema, index).count() && position(schema, index)
        .allMatch(it -> start.containsKey(it.name()) && !it.isNoString(start) && !it.isEmpty(start));
    if (!isComplete) {
      throw Refusals.invalid("The provided starting key is invalid");
    }
    return start;
  }

  /** The attributes that say where in the table or the index an item is. */
  private static Stream<KeyAttribute> position(Schema schema, Optional<Index> index) {
    Stream<KeyAttribute> own = schema.keys().all().stream();
    return index.map(Index::keys).map(Keys::all).map(it -> Stream.concat(own, it.stream()).distinct()).orElse(own);
  }
}
