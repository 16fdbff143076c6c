package waybill.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What has a value within an expression. */
sealed interface Operand {

  /** Its value with an item, or null where the item has none. */
  AttributeValue in(Map<String, AttributeValue> item, Parameters parameters);

  /** The type that its value has with every item; empty where that depends on the item. */
  default Optional<String> type(Parameters parameters) {
    return Optional.empty();
  }

  /** @throws DynamoDbException where it can have a value with no item */
  default void check(Parameters parameters) {}

  /** A step from a value to one within it. */
  sealed interface Step {
    /** @param name of an attribute of a map, or its placeholder */
    record Attribute(String name) implements Step {}

    record Place(int inList) implements Step {}
  }

  /**
   * Where in an item.
   *
   * @param root the name of an attribute of the item itself, or its placeholder
   * @param steps from there
   */
  record Path(String root, List<Step> steps) implements Operand {
    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = item.get(root(parameters));
      for (int i = 0; i < steps.size() && value != null; i++) {
        value = within(value, steps.get(i), parameters);
      }
      return value;
    }

    private static AttributeValue within(AttributeValue value, Step step, Parameters parameters) {
      return switch (step) {
        case Step.Attribute(String name) when value.hasM() -> value.m().get(parameters.name(name));
        case Step.Place(int place) when place < value.l().size() -> value.l().get(place);
        default -> null;
      };
    }

    /** The attribute of the item itself. */
    String root(Parameters parameters) {
      return parameters.name(root);
    }

    boolean isNested() {
      return !steps.isEmpty();
    }

    boolean isSame(Operand other, Parameters parameters) {
      return other instanceof Path path && resolved(parameters).equals(path.resolved(parameters));
    }

    private Path resolved(Parameters parameters) {
      return new Path(root(parameters), steps.stream()
          .map(it -> it instanceof Step.Attribute(String name) ? new Step.Attribute(parameters.name(name)) : it)
          .toList());
    }
  }

  /** What the request gives. */
  record Given(String placeholder) implements Operand {
    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      return parameters.value(placeholder);
    }

    @Override
    public Optional<String> type(Parameters parameters) {
      return Optional.of(Values.type(parameters.value(placeholder)));
    }
  }

  /** How many characters, bytes or elements; nothing has no size, and neither do numbers, booleans and null. */
  record Size(Operand of) implements Operand {
    private static final List<String> SIZED = List.of("S", "B", "SS", "NS", "BS", "L", "M");

    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = of.in(item, parameters);
      return value == null || !SIZED.contains(Values.type(value))
          ? null
          : AttributeValue.fromN(Integer.toString(size(value)));
    }

    private static int size(AttributeValue value) {
      return switch (value.type()) {
        case S -> value.s().length();
        case B -> value.b().asByteArrayUnsafe().length;
        case SS -> value.ss().size();
        case NS -> value.ns().size();
        case BS -> value.bs().size();
        case L -> value.l().size();
        default -> value.m().size();
      };
    }

    @Override
    public Optional<String> type(Parameters parameters) {
      return Optional.of("N");
    }

    @Override
    public void check(Parameters parameters) {
      of.check(parameters);
      Checks.requireType("size", of, SIZED, parameters);
    }
  }

  /** What is there, or else something else. */
  record IfNotExists(Path path, Operand otherwise) implements Operand {
    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = path.in(item, parameters);
      // The other must be there even where it is not needed: so DynamoDB Local has it.
      AttributeValue other = UpdateExpression.required(otherwise, item, parameters);
      return value == null ? other : value;
    }

    @Override
    public void check(Parameters parameters) {
      otherwise.check(parameters);
      Checks.requireDistinct("if_not_exists", path, List.of(otherwise), parameters);
    }
  }

  /** One list after the other. */
  record ListAppend(Operand first, Operand second) implements Operand {
    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      var elements = new ArrayList<>(UpdateExpression.required(first, "L", item, parameters).l());
      elements.addAll(UpdateExpression.required(second, "L", item, parameters).l());
      return AttributeValue.fromL(elements);
    }

    @Override
    public Optional<String> type(Parameters parameters) {
      return Optional.of("L");
    }

    @Override
    public void check(Parameters parameters) {
      for (Operand operand : List.of(first, second)) {
        operand.check(parameters);
        Checks.requireType("list_append", operand, List.of("L"), parameters);
      }
    }
  }

  /** A sum or a difference. */
  record Arithmetic(Operand left, boolean minus, Operand right) implements Operand {
    @Override
    public AttributeValue in(Map<String, AttributeValue> item, Parameters parameters) {
      String one = UpdateExpression.required(left, "N", item, parameters).n();
      String other = UpdateExpression.required(right, "N", item, parameters).n();
      return AttributeValue.fromN(minus ? Numbers.difference(one, other) : Numbers.sum(one, other));
    }

    @Override
    public Optional<String> type(Parameters parameters) {
      return Optional.of("N");
    }

    @Override
    public void check(Parameters parameters) {
      for (Operand operand : List.of(left, right)) {
        operand.check(parameters);
        Checks.requireType(minus ? "-" : "+", operand, List.of("N"), parameters);
      }
    }
  }
}
