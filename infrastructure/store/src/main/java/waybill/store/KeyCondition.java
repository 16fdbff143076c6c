package waybill.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Condition.BeginsWith;
import waybill.store.Condition.Between;
import waybill.store.Condition.Comparison;
import waybill.store.Condition.Relation;
import waybill.store.Operand.Given;
import waybill.store.Operand.Path;
import waybill.store.Schema.KeyAttribute;
import waybill.store.Schema.Keys;

/**
 * What a query asks of the keys: one partition, and perhaps a range of its sort attribute.
 *
 * @param least the sort value from which on items can meet the condition
 * @param greatest the last sort value with which items can meet the condition; empty if there is no last
 */
record KeyCondition(Condition condition, Parameters parameters, String partition, String least,
    Optional<String> greatest) {
  /** Follows every sort value that begins with what stands before it: the last code point, as often as a sort value can hold it. */
  private static final String AFTER_ALL = "\uDBFF\uDFFF".repeat(256);

  /** A part of the condition: what it compares one attribute with. The bounds are empty if the part has none. */
  private record Part(Path path, boolean isEquality, List<Given> values, Optional<Given> low, Optional<Given> high,
      boolean isPrefix) {

    static Part of(Condition condition) {
      return switch (condition) {
        case Comparison(Path path, Relation how, Given value) when how != Relation.UNEQUAL ->
          compared(path, how, value);
        case Comparison(Given value, Relation how, Path path) when how != Relation.UNEQUAL ->
          compared(path, how.reversed(), value);
        case Between(Path path, Given low, Given high) ->
          new Part(path, false, List.of(low, high), Optional.of(low), Optional.of(high), false);
        case BeginsWith(Path path, Given prefix) ->
          new Part(path, false, List.of(prefix), Optional.of(prefix), Optional.of(prefix), true);
        default -> throw Refusals.invalid("Invalid operator used in KeyConditionExpression");
      };
    }

    private static Part compared(Path path, Relation how, Given value) {
      boolean isAbove = how == Relation.GREATER || how == Relation.AT_LEAST || how == Relation.EQUAL;
      boolean isBelow = how == Relation.LESS || how == Relation.AT_MOST || how == Relation.EQUAL;
      return new Part(path, how == Relation.EQUAL, List.of(value), isAbove ? Optional.of(value) : Optional.empty(),
          isBelow ? Optional.of(value) : Optional.empty(), false);
    }
  }

  /** @throws DynamoDbException if it is not a condition on these keys */
  static KeyCondition of(Condition condition, Parameters parameters, Keys keys) {
    var parts = new HashMap<KeyAttribute, Part>();
    for (Condition conjunct : conjuncts(condition)) {
      Part part = Part.of(conjunct);
      KeyAttribute attribute = attribute(part, parameters, keys);
      if (attribute == keys.partition() && !part.isEquality) {
        throw Refusals.invalid("Query key condition not supported");
      }
      requireKeyValues(part, parameters, attribute);
      if (parts.put(attribute, part) != null) {
        throw Refusals.invalid("KeyConditionExpressions must only contain one condition per key");
      }
    }
    if (!parts.containsKey(keys.partition())) {
      throw Refusals.invalid("Query condition missed key schema element");
    }
    String partition = text(parts.get(keys.partition()).values.getFirst(), parameters);
    Optional<Part> sort = keys.sort().map(parts::get);
    return new KeyCondition(condition, parameters, partition,
        sort.flatMap(Part::low).map(it -> text(it, parameters)).orElse(""),
        sort.flatMap(it -> it.high.map(high -> text(high, parameters) + (it.isPrefix ? AFTER_ALL : ""))));
  }

  private static List<Condition> conjuncts(Condition condition) {
    return condition instanceof Condition.And(Condition left, Condition right)
        ? Stream.of(left, right).map(KeyCondition::conjuncts).flatMap(List::stream).toList()
        : List.of(condition);
  }

  private static KeyAttribute attribute(Part part, Parameters parameters, Keys keys) {
    String name = part.path.root(parameters);
    return keys.all().stream().filter(it -> it.name().equals(name) && !part.path.isNested()).findFirst()
        .orElseThrow(() -> Refusals.invalid("Query condition missed key schema element"));
  }

  private static void requireKeyValues(Part part, Parameters parameters, KeyAttribute attribute) {
    for (Given given : part.values) {
      var item = Map.of(attribute.name(), parameters.value(given.placeholder()));
      if (attribute.isNoString(item) || attribute.isEmpty(item) || attribute.isLong(item)) {
        throw Refusals.invalid("One or more parameter values were invalid: a condition's value can be no key's");
      }
    }
  }

  private static String text(Given given, Parameters parameters) {
    return parameters.value(given.placeholder()).s();
  }

  boolean holds(Map<String, AttributeValue> item) {
    return condition.holds(item, parameters);
  }

  /** What follows the partition next. */
  String afterPartition() {
    return after(partition);
  }

  /** The first sort value that is too great to meet the condition; empty if none is. */
  Optional<String> afterGreatest() {
    return greatest.map(KeyCondition::after);
  }

  /** Nothing is between a text and this. */
  private static String after(String text) {
    return text + '\0';
  }
}
