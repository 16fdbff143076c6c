package waybill.store;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** An item as it is stored: its attributes in normal form and in the order of their names, and their size. */
record Item(SortedMap<String, AttributeValue> attributes, int bytes) {
  private static final int MOST_BYTES = 400 * 1024;

  /**
   * The item that a request holds.
   *
   * @throws DynamoDbException where DynamoDB does not know one of its values, or it is too large
   */
  static Item requested(Map<String, AttributeValue> attributes) {
    Item item = of(Values.normal(attributes));
    if (item.bytes > MOST_BYTES) {
      throw Refusals.invalid("Item size has exceeded the maximum allowed size");
    }
    return item;
  }

  /**
   * The item that an update made of another.
   *
   * @throws InvalidItem where it is too large
   */
  static Item updated(TreeMap<String, AttributeValue> attributes) {
    Item item = of(attributes);
    if (item.bytes > MOST_BYTES) {
      throw new InvalidItem("Item size to update has exceeded the maximum allowed size");
    }
    return item;
  }

  /** Those of an item, or none where there is none. */
  static Map<String, AttributeValue> attributes(Optional<Item> item) {
    return item.isPresent() ? item.get().attributes : Map.of();
  }

  private static Item of(TreeMap<String, AttributeValue> attributes) {
    return new Item(Collections.unmodifiableSortedMap(attributes), Sizes.of(attributes));
  }
}
