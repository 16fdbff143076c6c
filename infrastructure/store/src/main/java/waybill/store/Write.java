package waybill.store;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What shall become of one item, looked at as far as it can be without the item. */
record Write(StoredTable table, Key key, Effect effect, Clauses clauses) {

  /** What is done to the item. */
  sealed interface Effect {
    record Replace(Item item) implements Effect {}

    record Change(UpdateExpression expression) implements Effect {}

    record Remove() implements Effect {}

    record Nothing() implements Effect {}
  }

  /**
   * @throws DynamoDbException where it is refused whatever is stored; likewise in those that follow
   * @throws InvalidItem where it is refused whatever is stored, but as the item's fault; likewise in those that follow
   */
  static Write put(StoredTable table, Item item, Clauses clauses) {
    clauses.check(table.schema());
    return new Write(table, table.schema().keyOf(item.attributes()), new Effect.Replace(item), clauses);
  }

  /** Without an update the item comes to be, or stays as it is. */
  static Write update(StoredTable table, Map<String, AttributeValue> named, Clauses clauses) {
    return keyed(table, named, new Effect.Change(clauses.update().orElse(UpdateExpression.NOTHING)), clauses);
  }

  static Write delete(StoredTable table, Map<String, AttributeValue> named, Clauses clauses) {
    return keyed(table, named, new Effect.Remove(), clauses);
  }

  static Write check(StoredTable table, Map<String, AttributeValue> named, Clauses clauses) {
    return keyed(table, named, new Effect.Nothing(), clauses);
  }

  private static Write keyed(StoredTable table, Map<String, AttributeValue> named, Effect effect, Clauses clauses) {
    clauses.check(table.schema());
    return new Write(table, table.keyNamed(named), effect, clauses);
  }

  /** Its part of the bytes that a transaction may have. */
  int payload() {
    return Sizes.of(clauses.parameters().values()) + (effect instanceof Effect.Replace(Item item) ? item.bytes() : 0);
  }

  /** Whether an item is as the condition wants it. */
  boolean isMetBy(Optional<Item> item) {
    return clauses.condition().isEmpty()
        || clauses.condition().get().condition().holds(Item.attributes(item), clauses.parameters());
  }

  /** The attributes to return of an item that does not meet the condition; empty for nothing. */
  Map<String, AttributeValue> told(Optional<Item> item) {
    return clauses.tellsOld() ? Item.attributes(item) : Map.of();
  }

  /**
   * The item afterwards.
   *
   * @throws InvalidItem where it cannot be what is asked
   */
  Optional<Item> applyTo(Optional<Item> item) {
    return switch (effect) {
      case Effect.Replace(Item next) -> Optional.of(next);
      case Effect.Change(UpdateExpression expression) -> Optional.of(updated(item, expression));
      case Effect.Remove() -> Optional.empty();
      case Effect.Nothing() -> item;
    };
  }

  private Item updated(Optional<Item> item, UpdateExpression expression) {
    Map<String, AttributeValue> before = item.isPresent() ? item.get().attributes() : table.schema().attributes(key);
    Item updated = Item.updated(expression.apply(before, table.schema(), clauses.parameters()));
    table.schema().requireIndexable(updated.attributes());
    return updated;
  }
}
