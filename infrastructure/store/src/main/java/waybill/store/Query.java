package waybill.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import waybill.store.Schema.Index;
import waybill.store.Schema.Keys;

/** A query of a table or of one of its indexes, looked at as far as it can be without the items. */
final class Query {
  private static final Understood UNDERSTOOD = Understood.members(QueryRequest.builder().build(), "TableName",
      "IndexName", "ConsistentRead", "ScanIndexForward", "Limit", "ExclusiveStartKey", "KeyConditionExpression",
      "ExpressionAttributeNames", "ExpressionAttributeValues");

  private final Schema schema;
  private final Optional<Index> index;
  private final Keys keys;
  private final KeyCondition condition;
  private final Integer limit;
  private final boolean isDescending;
  private final Optional<Place> start;

  /** @throws DynamoDbException where it is refused */
  Query(Schema schema, QueryRequest request) {
    UNDERSTOOD.require(request);
    this.schema = schema;
    index = schema.index(request.indexName(), request.consistentRead());
    keys = index.map(Index::keys).orElse(schema.keys());
    condition = condition(request);
    limit = request.limit();
    Page.requireLimit(limit);
    isDescending = Boolean.FALSE.equals(request.scanIndexForward());
    start = request.hasExclusiveStartKey() ? Optional.of(start(request.exclusiveStartKey())) : Optional.empty();
  }

  private KeyCondition condition(QueryRequest request) {
    if (request.keyConditionExpression() == null) {
      throw Refusals
          .invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }
    ConditionExpression expression = Parser.condition(request.keyConditionExpression());
    Parameters parameters = Parameters.of(request.expressionAttributeNames(), request.expressionAttributeValues(),
        List.of(expression));
    expression.condition().check(parameters);
    return KeyCondition.of(expression.condition(), parameters, keys);
  }

  private Place start(Map<String, AttributeValue> given) {
    Map<String, AttributeValue> key = Page.start(given, schema, index);
    if (!condition.holds(key)) {
      throw Refusals.invalid("The provided starting key does not match the range key predicate");
    }
    return place(key);
  }

  private Place place(Map<String, AttributeValue> item) {
    return new Place(item.get(keys.partition().name()).s(), keys.sortOf(item),
        new Key(item.get(schema.keys().partition().name()).s(), schema.keys().sortOf(item)));
  }

  /** @param writesBehind how many of the table's last writes it does not know */
  QueryResponse answer(StoredTable table, int writesBehind) {
    Stream<Item> candidates = writesBehind == 0 ? current(table) : earlier(table, table.replaced(writesBehind));
    Page page = Page.of(candidates.filter(it -> condition.holds(it.attributes())).iterator(), limit, schema, index);
    return QueryResponse.builder().items(page.items()).count(page.items().size()).scannedCount(page.items().size())
        .lastEvaluatedKey(page.cursor()).build();
  }

  /** In order, from the start. */
  private Stream<Item> current(StoredTable table) {
    if (index.isPresent()) {
      return range(table.items(index.get()), new Place(condition.partition(), condition.least(), Key.LEAST),
          condition.afterGreatest().map(it -> new Place(condition.partition(), it, Key.LEAST))
              .orElseGet(() -> new Place(condition.afterPartition(), "", Key.LEAST)),
          start);
    }
    return range(table.items(), new Key(condition.partition(), condition.least()),
        condition.afterGreatest().map(it -> new Key(condition.partition(), it))
            .orElseGet(() -> new Key(condition.afterPartition(), "")),
        start.map(Place::key));
  }

  private <K extends Comparable<K>> Stream<Item> range(NavigableMap<K, Item> items, K from, K to,
      Optional<K> start) {
    if (from.compareTo(to) >= 0) {
      return Stream.empty();
    }
    NavigableMap<K, Item> range = items.subMap(from, true, to, false);
    if (start.isPresent() && !isDescending) {
      range = range.tailMap(start.get(), false);
    } else if (start.isPresent()) {
      range = range.headMap(start.get(), false);
    }
    // Not the collection's own stream, which counts the whole range before it begins.
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(
        (isDescending ? range.descendingMap() : range).values().iterator(), Spliterator.ORDERED), false);
  }

  /** As the items were before some writes. */
  private Stream<Item> earlier(StoredTable table, Map<Key, Optional<Item>> replaced) {
    Comparator<Place> order = isDescending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    Stream<Item> untouched = current(table).filter(it -> !replaced.containsKey(place(it.attributes()).key()));
    Stream<Item> before = replaced.values().stream().flatMap(Optional::stream)
        .filter(it -> keys.areIn(it.attributes()))
        .filter(it -> start.isEmpty() || order.compare(place(it.attributes()), start.get()) > 0);
    return Stream.concat(untouched, before).sorted(Comparator.comparing(it -> place(it.attributes()), order));
  }
}
