package waybill.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import waybill.store.Operand.Path;

/**
 * What a table declares, and what it therefore demands of keys and items.
 *
 * @param indexed the attributes that are keys of indexes
 */
record Schema(Keys keys, Map<String, Index> indexes, List<KeyAttribute> indexed) {
  private static final int MOST_PARTITION_BYTES = 2048;
  private static final int MOST_SORT_BYTES = 1024;

  /** An attribute that is a part of a key, and so a string that is neither empty nor long. */
  record KeyAttribute(String name, int mostBytes) {
    boolean isEmpty(Map<String, AttributeValue> item) {
      AttributeValue value = item.get(name);
      return value != null && value.s() != null && value.s().isEmpty();
    }

    boolean isLong(Map<String, AttributeValue> item) {
      AttributeValue value = item.get(name);
      return value != null && value.s() != null && value.s().length() > mostBytes / Sizes.MOST_BYTES_OF_A_CHAR
          && Sizes.of(value.s()) > mostBytes;
    }

    boolean isNoString(Map<String, AttributeValue> item) {
      AttributeValue value = item.get(name);
      return value != null && value.s() == null;
    }

    /** @throws DynamoDbException where it is empty */
    void requireNotEmpty(Map<String, AttributeValue> item) {
      if (isEmpty(item)) {
        throw Refusals
            .invalid("One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                + "contain an empty string value. Key: " + name);
      }
    }

    /** @throws InvalidItem where it is something else */
    void requireString(Map<String, AttributeValue> item) {
      if (isNoString(item)) {
        throw new InvalidItem("One or more parameter values were invalid: Type mismatch for key " + name);
      }
    }
  }

  /**
   * What a table or an index is sorted by.
   *
   * @param sort empty if one partition holds one item
   */
  record Keys(KeyAttribute partition, Optional<KeyAttribute> sort, List<KeyAttribute> all) {
    Keys(KeyAttribute partition, Optional<KeyAttribute> sort) {
      this(partition, sort, sort.isPresent() ? List.of(partition, sort.get()) : List.of(partition));
    }

    /** Whether an item has all of them. */
    boolean areIn(Map<String, AttributeValue> item) {
      return item.containsKey(partition.name) && (sort.isEmpty() || item.containsKey(sort.get().name));
    }

    /** The sort attribute's value; empty if there is no such attribute. */
    String sortOf(Map<String, AttributeValue> item) {
      return sort.isPresent() ? item.get(sort.get().name).s() : "";
    }
  }

  /**
   * An index.
   *
   * @param projected the attributes that it knows of an item; empty for all
   */
  record Index(String name, Keys keys, Set<String> projected) {
    Map<String, AttributeValue> project(Map<String, AttributeValue> item) {
      return projected.isEmpty() ? item : only(item, projected);
    }

    /** @return empty if the index does not hold the item */
    Optional<Place> placeOf(Key key, Item item) {
      Map<String, AttributeValue> attributes = item.attributes();
      return keys.areIn(attributes)
          ? Optional.of(new Place(attributes.get(keys.partition.name).s(), keys.sortOf(attributes), key))
          : Optional.empty();
    }
  }

  /** @throws UnsupportedOperationException for what no table of the template has */
  static Schema of(CreateTableRequest request) {
    requireKnown(request);
    Keys keys = keys(request.keySchema());
    var indexes = new LinkedHashMap<String, Index>();
    var indexed = new ArrayList<KeyAttribute>();
    for (GlobalSecondaryIndex declared : request.globalSecondaryIndexes()) {
      Index index = index(keys, declared);
      indexes.put(declared.indexName(), index);
      indexed.addAll(index.keys.all());
    }
    return new Schema(keys, indexes, List.copyOf(indexed));
  }

  private static void requireKnown(CreateTableRequest request) {
    if (!request.attributeDefinitions().stream().allMatch(it -> it.attributeType() == ScalarAttributeType.S)) {
      throw new UnsupportedOperationException("a table whose keys are not strings");
    }
    if (request.hasLocalSecondaryIndexes()) {
      throw new UnsupportedOperationException("a table with local indexes");
    }
    Stream.concat(Stream.of(request.keySchema()),
        request.globalSecondaryIndexes().stream().map(GlobalSecondaryIndex::keySchema)).forEach(Schema::requireKey);
  }

  private static void requireKey(List<KeySchemaElement> key) {
    if (key.isEmpty() || key.size() > 2 || key.getFirst().keyType() != KeyType.HASH
        || key.size() == 2 && key.getLast().keyType() != KeyType.RANGE) {
      throw new UnsupportedOperationException("a key that is not a partition attribute and perhaps a sort attribute");
    }
  }

  /**
   * The index that a request names; empty if it names none.
   *
   * @throws DynamoDbException if there is none of this name, or it is to be read consistently
   */
  Optional<Index> index(String name, Boolean isConsistent) {
    if (name == null) {
      return Optional.empty();
    }
    Index index = indexes.get(name);
    if (index == null) {
      throw Refusals.invalid("The table does not have the specified index: " + name);
    }
    if (Boolean.TRUE.equals(isConsistent)) {
      throw Refusals.invalid("Consistent reads are not supported on global secondary indexes");
    }
    return Optional.of(index);
  }

  private static Index index(Keys table, GlobalSecondaryIndex declared) {
    Keys keys = keys(declared.keySchema());
    var projected = new HashSet<String>();
    if (declared.projection().projectionType() != ProjectionType.ALL) {
      Stream.of(table, keys).flatMap(it -> it.all().stream()).forEach(it -> projected.add(it.name));
      projected.addAll(declared.projection().nonKeyAttributes());
    }
    return new Index(declared.indexName(), keys, projected);
  }

  private static Keys keys(List<KeySchemaElement> declared) {
    Optional<KeyAttribute> sort = declared.size() < 2
        ? Optional.empty()
        : Optional.of(new KeyAttribute(declared.getLast().attributeName(), MOST_SORT_BYTES));
    return new Keys(new KeyAttribute(declared.getFirst().attributeName(), MOST_PARTITION_BYTES), sort);
  }

  /**
   * The key of an item that is to be put.
   *
   * @throws DynamoDbException where a part of the key is missing or empty, or one of an index's is empty or too long
   * @throws InvalidItem where a part of the key or of an index's is no string, or one of the key too long
   */
  Key keyOf(Map<String, AttributeValue> item) {
    if (!keys.areIn(item)) {
      throw Refusals.invalid("One or more parameter values were invalid: Missing a part of the key in the item");
    }
    keys.all().forEach(it -> it.requireNotEmpty(item));
    indexed.forEach(it -> it.requireNotEmpty(item));
    Key key = key(item);
    if (isAnyIndexKeyLong(item)) {
      throw Refusals
          .invalid("One or more parameter values were invalid: Size of an index key has exceeded the size limit");
    }
    indexed.forEach(it -> it.requireString(item));
    return key;
  }

  private boolean isAnyIndexKeyLong(Map<String, AttributeValue> item) {
    for (KeyAttribute attribute : indexed) {
      if (attribute.isLong(item)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The key that a request names.
   *
   * @throws DynamoDbException where it is not of the key's attributes, or one is empty
   * @throws InvalidItem where one is no string or too long
   */
  Key keyNamed(Map<String, AttributeValue> named) {
    if (named.size() != keys.all().size() || !keys.areIn(named)) {
      throw Refusals.invalid("The provided key element does not match the schema");
    }
    return key(named);
  }

  private Key key(Map<String, AttributeValue> attributes) {
    for (KeyAttribute attribute : keys.all()) {
      attribute.requireNotEmpty(attributes);
      attribute.requireString(attributes);
    }
    if (keys.all.stream().anyMatch(it -> it.isLong(attributes))) {
      throw new InvalidItem("One or more parameter values were invalid: Size of a key has exceeded the size limit");
    }
    return new Key(attributes.get(keys.partition.name).s(), keys.sortOf(attributes));
  }

  /** @throws DynamoDbException where a path leads into a part of the key or of an index's */
  void requireWholeKeys(Expression expression, Parameters parameters) {
    for (Path path : expression.nestedPaths()) {
      String root = path.root(parameters);
      if (isKey(root) || indexed.stream().anyMatch(it -> it.name.equals(root))) {
        throw Refusals.invalid(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " + root);
      }
    }
  }

  /** The attributes that a key stands for. */
  Map<String, AttributeValue> attributes(Key key) {
    var attributes = new TreeMap<String, AttributeValue>();
    attributes.put(keys.partition.name, AttributeValue.fromS(key.partition()));
    keys.sort.ifPresent(it -> attributes.put(it.name, AttributeValue.fromS(key.sort())));
    return attributes;
  }

  boolean isKey(String attribute) {
    return keys.all.stream().anyMatch(it -> it.name.equals(attribute));
  }

  /**
   * Looks at an item that an update made.
   *
   * @throws DynamoDbException where a part of an index's key is empty
   * @throws InvalidItem where one is no string or too long
   */
  void requireIndexable(Map<String, AttributeValue> item) {
    indexed.forEach(it -> it.requireNotEmpty(item));
    indexed.forEach(it -> it.requireString(item));
    if (isAnyIndexKeyLong(item)) {
      throw new InvalidItem(
          "The update expression attempted to update the secondary index key beyond allowed size limits");
    }
  }

  private static Map<String, AttributeValue> only(Map<String, AttributeValue> item, Set<String> names) {
    var attributes = new TreeMap<>(item);
    attributes.keySet().retainAll(names);
    return attributes;
  }
}
