package waybill.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What a table or an index is sorted by. */
  record Keys(KeyAttribute partition, KeyAttribute sort) {
    List<KeyAttribute> both() {
      return List.of(partition, sort);
    }

    /** Whether there are both of them. */
    boolean areIn(Map<String, AttributeValue> item) {
      return item.containsKey(partition.name) && item.containsKey(sort.name);
    }
  }

  /**
   * An index.
   *
   * @param projected the attributes that it knows of an item; empty for all
   */
  record Index(Keys keys, Set<String> projected) {
    Map<String, AttributeValue> project(Map<String, AttributeValue> item) {
      return projected.isEmpty() ? item : only(item, projected);
    }
  }

  /** @throws UnsupportedOperationException for what no table of the template has */
  static Schema of(CreateTableRequest request) {
    if (!request.attributeDefinitions().stream().allMatch(it -> it.attributeType() == ScalarAttributeType.S)
        || request.hasLocalSecondaryIndexes()) {
      throw new UnsupportedOperationException("a table with local indexes or with keys that are no strings");
    }
    Keys keys = keys(request.keySchema());
    var indexes = new LinkedHashMap<String, Index>();
    var indexed = new ArrayList<KeyAttribute>();
    for (GlobalSecondaryIndex declared : request.globalSecondaryIndexes()) {
      Index index = index(keys, declared);
      indexes.put(declared.indexName(), index);
      indexed.addAll(index.keys.both());
    }
    return new Schema(keys, indexes, List.copyOf(indexed));
  }

  private static Index index(Keys table, GlobalSecondaryIndex declared) {
    Keys keys = keys(declared.keySchema());
    var projected = new HashSet<String>();
    if (declared.projection().projectionType() != ProjectionType.ALL) {
      Stream.of(table, keys).flatMap(it -> it.both().stream()).forEach(it -> projected.add(it.name));
      projected.addAll(declared.projection().nonKeyAttributes());
    }
    return new Index(keys, projected);
  }

  private static Keys keys(List<KeySchemaElement> declared) {
    if (declared.size() != 2 || declared.getFirst().keyType() != KeyType.HASH) {
      throw new UnsupportedOperationException("a key that is not a partition attribute and a sort attribute");
    }
    return new Keys(new KeyAttribute(declared.getFirst().attributeName(), MOST_PARTITION_BYTES),
        new KeyAttribute(declared.getLast().attributeName(), MOST_SORT_BYTES));
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
    keys.both().forEach(it -> it.requireNotEmpty(item));
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
    if (named.size() != 2 || !keys.areIn(named)) {
      throw Refusals.invalid("The provided key element does not match the schema");
    }
    return key(named);
  }

  private Key key(Map<String, AttributeValue> attributes) {
    for (KeyAttribute attribute : keys.both()) {
      attribute.requireNotEmpty(attributes);
      attribute.requireString(attributes);
    }
    if (keys.partition.isLong(attributes) || keys.sort.isLong(attributes)) {
      throw new InvalidItem("One or more parameter values were invalid: Size of a key has exceeded the size limit");
    }
    return new Key(attributes.get(keys.partition.name).s(), attributes.get(keys.sort.name).s());
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
    attributes.put(keys.sort.name, AttributeValue.fromS(key.sort()));
    return attributes;
  }

  boolean isKey(String attribute) {
    return attribute.equals(keys.partition.name) || attribute.equals(keys.sort.name);
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
