package waybill.simulation.store;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * What shall become of one item, looked at as far as it can be without the item.
 *
 * @param tellsOld whether who fails at the condition is told of the item
 */
record Write(StoredTable table, Key key, Effect effect, Optional<Condition> condition, Parameters parameters,
    boolean tellsOld) {

  /** What is done to the item. */
  sealed interface Effect {
    record Replace(Item item) implements Effect {}

    record Change(UpdateExpression expression) implements Effect {}

    record Remove() implements Effect {}

    record Nothing() implements Effect {}
  }

  /**
   * What a request says beside the item or its key.
   *
   * @param condition null for none; likewise names and values
   * @param onFailure what is told where the condition is not met; null for nothing
   */
  record Terms(String condition, Map<String, String> names, Map<String, AttributeValue> values, String onFailure) {
    Optional<ConditionExpression> parsed() {
      return Optional.ofNullable(condition).map(Parser::condition);
    }

    boolean tellOld() {
      return switch (onFailure) {
        case null -> false;
        case "NONE" -> false;
        case "ALL_OLD" -> true;
        default -> throw Refusals.invalid("ReturnValuesOnConditionCheckFailure set to invalid value");
      };
    }
  }

  /**
   * @throws DynamoDbException where it is refused whatever is stored; likewise in those that follow
   * @throws InvalidItem where a transaction would be cancelled whatever is stored; likewise in those that follow
   */
  static Write put(StoredTable table, Map<String, AttributeValue> attributes, Terms terms) {
    Item item = Item.requested(attributes);
    Optional<ConditionExpression> condition = terms.parsed();
    Parameters parameters = parameters(terms, condition.stream());
    return write(table, table.schema().keyOf(item.attributes()), new Effect.Replace(item), condition, parameters, terms);
  }

  /** @param expression null for none: the item comes to be, or stays as it is */
  static Write update(StoredTable table, Map<String, AttributeValue> named, String expression, Terms terms) {
    Optional<UpdateExpression> update = Optional.ofNullable(expression).map(Parser::update);
    Optional<ConditionExpression> condition = terms.parsed();
    Parameters parameters = parameters(terms, Stream.concat(update.stream(), condition.stream()));
    update.ifPresent(it -> it.check(parameters));
    Effect effect = new Effect.Change(update.orElse(UpdateExpression.NOTHING));
    return write(table, table.schema().keyNamed(Values.normal(named)), effect, condition, parameters, terms);
  }

  static Write delete(StoredTable table, Map<String, AttributeValue> named, Terms terms) {
    return keyed(table, named, new Effect.Remove(), terms);
  }

  static Write check(StoredTable table, Map<String, AttributeValue> named, Terms terms) {
    if (terms.condition == null) {
      throw Refusals.invalid("ConditionExpression is required for ConditionCheck operations in TransactWriteItems");
    }
    return keyed(table, named, new Effect.Nothing(), terms);
  }

  private static Write keyed(StoredTable table, Map<String, AttributeValue> named, Effect effect, Terms terms) {
    Optional<ConditionExpression> condition = terms.parsed();
    Parameters parameters = parameters(terms, condition.stream());
    return write(table, table.schema().keyNamed(Values.normal(named)), effect, condition, parameters, terms);
  }

  private static Parameters parameters(Terms terms, Stream<? extends Expression> expressions) {
    return Parameters.of(terms.names, terms.values, expressions.toList());
  }

  private static Write write(StoredTable table, Key key, Effect effect, Optional<ConditionExpression> expression,
      Parameters parameters, Terms terms) {
    Optional<Condition> condition = expression.map(ConditionExpression::condition);
    condition.ifPresent(it -> it.check(parameters));
    return new Write(table, key, effect, condition, parameters, terms.tellOld());
  }

  /** Its part of the bytes that a transaction may have. */
  int payload() {
    return Sizes.of(parameters.values()) + (effect instanceof Effect.Replace(Item item) ? item.bytes() : 0);
  }

  /** Whether an item is as the condition wants it. */
  boolean isMetBy(Optional<Item> item) {
    return condition.isEmpty() || condition.get().holds(attributes(item), parameters);
  }

  /** What is told of an item that does not meet the condition. */
  Map<String, AttributeValue> told(Optional<Item> item) {
    return tellsOld ? attributes(item) : Map.of();
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
    Item updated = Item.updated(expression.apply(before, table.schema(), parameters));
    table.schema().requireIndexable(updated.attributes());
    return updated;
  }

  private static Map<String, AttributeValue> attributes(Optional<Item> item) {
    return item.isPresent() ? item.get().attributes() : Map.of();
  }
}
