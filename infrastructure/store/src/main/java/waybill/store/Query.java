package waybill.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import waybill.store.Condition.BeginsWith;
import waybill.store.Condition.Between;
import waybill.store.Condition.Relation;
import waybill.store.Condition.Comparison;
import waybill.store.Operand.Given;
import waybill.store.Operand.Path;
import waybill.store.Schema.Index;
import waybill.store.Schema.KeyAttribute;
import waybill.store.Schema.Keys;

/** A query of a table or of one of its indexes, looked at as far as it can be without the items. */
final class Query {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final Understood UNDERSTOOD = Understood.members(QueryRequest.builder().build(), "TableName",
      "IndexName", "ConsistentRead", "ScanIndexForward", "Limit", "ExclusiveStartKey", "KeyConditionExpression",
      "ExpressionAttributeNames", "ExpressionAttributeValues");

  private final Schema schema;
  private final Optional<Index> index;
  private final Keys keys;
  private final Condition condition;
  private final Parameters parameters;
  private final String partition;
  private final Comparator<Place> order;
  private final int limit;
  private final Optional<Place> start;

  /** Where an item is in what is queried. */
  private record Place(String sort, Key key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySort = Values.compare(sort, other.sort);
      return bySort == 0 ? key.compareTo(other.key) : bySort;
    }
  }

  private record Found(Place place, Item item) {}

  /** @throws DynamoDbException where it is refused */
  Query(Schema schema, QueryRequest request) {
    UNDERSTOOD.require(request);
    this.schema = schema;
    index = Optional.ofNullable(request.indexName()).map(this::index);
    if (index.isPresent() && Boolean.TRUE.equals(request.consistentRead())) {
      throw Refusals.invalid("Consistent reads are not supported on global secondary indexes");
    }
    keys = index.map(Index::keys).orElse(schema.keys());
    if (request.keyConditionExpression() == null) {
      throw Refusals
          .invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    }
    ConditionExpression expression = Parser.condition(request.keyConditionExpression());
    condition = expression.condition();
    parameters = Parameters.of(request.expressionAttributeNames(), request.expressionAttributeValues(),
        List.of(expression));
    condition.check(parameters);
    partition = partition();
    limit = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    if (limit < 1) {
      throw Refusals.invalid("Limit must be greater than or equal to 1");
    }
    order = Boolean.FALSE.equals(request.scanIndexForward()) ? Comparator.reverseOrder() : Comparator.naturalOrder();
    start = request.hasExclusiveStartKey()
        ? Optional.of(start(Values.normal(request.exclusiveStartKey())))
        : Optional.empty();
  }

  private Index index(String name) {
    Index declared = schema.indexes().get(name);
    if (declared == null) {
      throw Refusals.invalid("The table does not have the specified index: " + name);
    }
    return declared;
  }

  /** A part of a key condition: what it compares one attribute with, and whether that must be equal. */
  private record Part(Path path, boolean isEquality, List<Given> values) {}

  /** What one of the condition's parts asks the partition attribute to be; the other, if any, is about the sort attribute. */
  private String partition() {
    var values = new HashMap<String, AttributeValue>();
    for (Condition conjunct : conjuncts(condition)) {
      Part part = part(conjunct);
      KeyAttribute attribute = attribute(part);
      if (attribute == keys.partition() && !part.isEquality) {
        throw Refusals.invalid("Query key condition not supported");
      }
      if (values.put(attribute.name(), value(part, attribute)) != null) {
        throw Refusals.invalid("KeyConditionExpressions must only contain one condition per key");
      }
    }
    if (!values.containsKey(keys.partition().name())) {
      throw Refusals.invalid("Query condition missed key schema element");
    }
    return values.get(keys.partition().name()).s();
  }

  private static List<Condition> conjuncts(Condition condition) {
    return condition instanceof Condition.And(Condition left, Condition right)
        ? Stream.of(left, right).map(Query::conjuncts).flatMap(List::stream).toList()
        : List.of(condition);
  }

  private static Part part(Condition condition) {
    return switch (condition) {
      case Comparison(Path path, Relation how, Given value) when how != Relation.UNEQUAL ->
        new Part(path, how == Relation.EQUAL, List.of(value));
      case Comparison(Given value, Relation how, Path path) when how != Relation.UNEQUAL ->
        new Part(path, how == Relation.EQUAL, List.of(value));
      case Between(Path path, Given low, Given high) -> new Part(path, false, List.of(low, high));
      case BeginsWith(Path path, Given prefix) -> new Part(path, false, List.of(prefix));
      default -> throw Refusals.invalid("Invalid operator used in KeyConditionExpression");
    };
  }

  private KeyAttribute attribute(Part part) {
    String name = part.path.root(parameters);
    return keys.both().stream().filter(it -> it.name().equals(name) && !part.path.isNested()).findFirst()
        .orElseThrow(() -> Refusals.invalid("Query condition missed key schema element"));
  }

  private AttributeValue value(Part part, KeyAttribute attribute) {
    for (Given given : part.values) {
      var item = Map.of(attribute.name(), parameters.value(given.placeholder()));
      if (attribute.isNoString(item) || attribute.isEmpty(item) || attribute.isLong(item)) {
        throw Refusals.invalid("One or more parameter values were invalid: a condition's value can be no key's");
      }
    }
    return parameters.value(part.values.getFirst().placeholder());
  }

  private Place start(Map<String, AttributeValue> key) {
    boolean isComplete = key.size() == position().count()
        && position().allMatch(it -> key.containsKey(it.name()) && !it.isNoString(key) && !it.isEmpty(key));
    if (!isComplete) {
      throw Refusals.invalid("The provided starting key is invalid");
    }
    if (!condition.holds(key, parameters)) {
      throw Refusals.invalid("The provided starting key does not match the range key predicate");
    }
    return place(key);
  }

  /** The attributes that tell where in the table or the index an item is. */
  private Stream<KeyAttribute> position() {
    return Stream.concat(schema.keys().both().stream(), keys.both().stream()).distinct();
  }

  private Place place(Map<String, AttributeValue> item) {
    return new Place(item.get(keys.sort().name()).s(),
        new Key(item.get(schema.keys().partition().name()).s(), item.get(schema.keys().sort().name()).s()));
  }

  /** @param items the table's */
  QueryResponse answer(NavigableMap<Key, Item> items) {
    List<Found> found = candidates(items).filter(it -> condition.holds(it.attributes(), parameters))
        .map(it -> new Found(place(it.attributes()), it))
        .filter(it -> start.isEmpty() || order.compare(it.place, start.get()) > 0)
        .sorted(Comparator.comparing(Found::place, order)).toList();
    List<Map<String, AttributeValue>> page = page(found);
    QueryResponse.Builder response = QueryResponse.builder().items(page).count(page.size()).scannedCount(page.size());
    if (page.size() < found.size() || page.size() == limit) {
      response.lastEvaluatedKey(position(page.getLast()));
    }
    return response.build();
  }

  /** An index is made anew with every query: there are few items, and fewer queries. */
  private Stream<Item> candidates(NavigableMap<Key, Item> items) {
    if (index.isPresent()) {
      return items.values().stream().filter(it -> keys.areIn(it.attributes()));
    }
    return items.tailMap(new Key(partition, "")).entrySet().stream()
        .takeWhile(it -> it.getKey().partition().equals(partition)).map(Map.Entry::getValue);
  }

  private List<Map<String, AttributeValue>> page(List<Found> found) {
    var page = new ArrayList<Map<String, AttributeValue>>();
    int bytes = 0;
    for (Found it : found) {
      if (page.size() == limit || bytes >= MOST_BYTES) {
        break;
      }
      Map<String, AttributeValue> attributes = it.item.attributes();
      page.add(index.isPresent() ? index.get().project(attributes) : attributes);
      bytes += index.isPresent() ? Sizes.of(page.getLast()) : it.item.bytes();
    }
    return page;
  }

  private Map<String, AttributeValue> position(Map<String, AttributeValue> item) {
    var position = new TreeMap<String, AttributeValue>();
    position().forEach(it -> position.put(it.name(), item.get(it.name())));
    return position;
  }
}
