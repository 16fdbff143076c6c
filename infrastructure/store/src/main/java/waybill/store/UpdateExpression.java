package waybill.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Operand.Given;
import waybill.store.Operand.Path;

/** An update expression. All of its actions see the item as it was before. */
record UpdateExpression(List<Action> actions, Set<String> placeholders, List<Path> nestedPaths) implements Expression {
  static final UpdateExpression NOTHING = new UpdateExpression(List.of(), Set.of(), List.of());

  /** What becomes of one attribute. */
  sealed interface Action {
    Path target();
  }

  record Assign(Path target, Operand value) implements Action {}

  record Remove(Path target) implements Action {}

  /** A number is added to what is there, or is there if nothing is. */
  record Add(Path target, Given number) implements Action {}

  /**
   * Looks at what DynamoDB refuses whatever the item.
   *
   * @throws DynamoDbException where DynamoDB refuses it
   * @throws UnsupportedOperationException for what DynamoDB can do and this cannot
   */
  void check(Parameters parameters) {
    var targets = new HashSet<String>();
    for (Action action : actions) {
      if (action.target().isNested()) {
        throw new UnsupportedOperationException("an update of a part of an attribute");
      }
      if (!targets.add(action.target().root(parameters))) {
        throw Refusals.invalid("Two document paths overlap with each other; must remove or rewrite one of these paths");
      }
      check(action, parameters);
    }
  }

  private static void check(Action action, Parameters parameters) {
    switch (action) {
      case Assign(_, Operand value) -> value.check(parameters);
      case Add(_, Given number) -> {
        Checks.requireType("ADD", number, List.of("N", "SS", "NS", "BS"), parameters);
        if (parameters.value(number.placeholder()).n() == null) {
          throw new UnsupportedOperationException("ADD of a set");
        }
      }
      case Remove _ -> {
        // Everything can be removed.
      }
    }
  }

  /**
   * The item that it makes.
   *
   * @param item where there is none, its key
   * @throws InvalidItem where the item does not allow it, or its key would change
   */
  TreeMap<String, AttributeValue> apply(Map<String, AttributeValue> item, Schema schema, Parameters parameters) {
    var updated = new TreeMap<>(item);
    for (Action action : actions) {
      String attribute = action.target().root(parameters);
      if (schema.isKey(attribute)) {
        throw new InvalidItem("One or more parameter values were invalid: Cannot update attribute " + attribute
            + ". This attribute is part of the key");
      }
      switch (action) {
        case Assign(_, Operand value) -> updated.put(attribute, required(value, item, parameters));
        case Remove _ -> updated.remove(attribute);
        case Add(_, Given number) -> updated.put(attribute, sum(item.get(attribute), number.in(item, parameters)));
      }
    }
    return updated;
  }

  private static AttributeValue sum(AttributeValue current, AttributeValue number) {
    if (current == null) {
      return number;
    }
    requireType(current, "N");
    return AttributeValue.fromN(Numbers.sum(current.n(), number.n()));
  }

  static AttributeValue required(Operand operand, Map<String, AttributeValue> item, Parameters parameters) {
    AttributeValue value = operand.in(item, parameters);
    if (value == null) {
      throw new InvalidItem("The provided expression refers to an attribute that does not exist in the item");
    }
    return value;
  }

  static AttributeValue required(Operand operand, String type, Map<String, AttributeValue> item,
      Parameters parameters) {
    AttributeValue value = required(operand, item, parameters);
    requireType(value, type);
    return value;
  }

  private static void requireType(AttributeValue value, String type) {
    if (!Values.type(value).equals(type)) {
      throw new InvalidItem("An operand in the update expression has an incorrect data type");
    }
  }
}
