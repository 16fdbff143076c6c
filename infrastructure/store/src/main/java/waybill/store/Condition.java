package waybill.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.store.Operand.Given;
import waybill.store.Operand.Path;

/** What holds of an item or does not. */
sealed interface Condition {
  List<String> ORDERED = List.of("S", "N", "B");

  /** @param item empty where there is none */
  boolean holds(Map<String, AttributeValue> item, Parameters parameters);

  /** @throws DynamoDbException where DynamoDB refuses it whatever the item */
  void check(Parameters parameters);

  /** A comparison's sign. */
  enum Relation {
    EQUAL("="), UNEQUAL("<>"), LESS("<"), AT_MOST("<="), GREATER(">"), AT_LEAST(">=");

    final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    boolean isOrder() {
      return this != EQUAL && this != UNEQUAL;
    }

    /** What it is if left and right change places. */
    Relation reversed() {
      return switch (this) {
        case EQUAL, UNEQUAL -> this;
        case LESS -> GREATER;
        case AT_MOST -> AT_LEAST;
        case GREATER -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }

    boolean allows(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case UNEQUAL -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /** What is not there is equal to nothing, and neither smaller nor greater than anything. */
  record Comparison(Operand left, Relation relation, Operand right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue one = left.in(item, parameters);
      AttributeValue other = right.in(item, parameters);
      return switch (relation) {
        case EQUAL -> one != null && one.equals(other);
        case UNEQUAL -> one == null || !one.equals(other);
        default -> areComparable(one, other) && relation.allows(Values.compare(one, other));
      };
    }

    @Override
    public void check(Parameters parameters) {
      left.check(parameters);
      right.check(parameters);
      Checks.requireDistinct(relation.sign, left, List.of(right), parameters);
      if (relation.isOrder()) {
        Checks.requireType(relation.sign, left, ORDERED, parameters);
        Checks.requireType(relation.sign, right, ORDERED, parameters);
      }
    }
  }

  private static boolean areComparable(AttributeValue one, AttributeValue other) {
    return one != null && other != null && one.type() == other.type() && ORDERED.contains(Values.type(one));
  }

  /** Both bounds included. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = operand.in(item, parameters);
      AttributeValue from = low.in(item, parameters);
      AttributeValue to = high.in(item, parameters);
      return areComparable(from, value) && areComparable(value, to) && Values.compare(from, value) <= 0
          && Values.compare(value, to) <= 0;
    }

    @Override
    public void check(Parameters parameters) {
      for (Operand it : List.of(operand, low, high)) {
        it.check(parameters);
        Checks.requireType("BETWEEN", it, ORDERED, parameters);
      }
      Checks.requireDistinct("BETWEEN", operand, List.of(low, high), parameters);
      if (low instanceof Given from && high instanceof Given to) {
        requireOrder(parameters.value(from.placeholder()), parameters.value(to.placeholder()));
      }
    }

    private static void requireOrder(AttributeValue from, AttributeValue to) {
      if (from.type() != to.type()) {
        throw Refusals.invalid("The BETWEEN operator requires same data type for lower and upper bounds");
      }
      if (Values.compare(from, to) > 0) {
        throw Refusals.invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound");
      }
    }
  }

  /** Equal to one of them. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = operand.in(item, parameters);
      return value != null && candidates.stream().anyMatch(it -> value.equals(it.in(item, parameters)));
    }

    @Override
    public void check(Parameters parameters) {
      operand.check(parameters);
      candidates.forEach(it -> it.check(parameters));
      Checks.requireDistinct("IN", operand, candidates, parameters);
    }
  }

  /** There is something. */
  record Exists(Path path) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      return path.in(item, parameters) != null;
    }

    @Override
    public void check(Parameters parameters) {}
  }

  /** There is something of this type. */
  record HasType(Operand operand, Operand type) implements Condition {
    private static final List<String> TYPES = List.of("S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M");

    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue value = operand.in(item, parameters);
      return value != null && Values.type(value).equals(type.in(item, parameters).s());
    }

    @Override
    public void check(Parameters parameters) {
      operand.check(parameters);
      if (!(type instanceof Given given)) {
        throw Refusals.invalid("Incorrect operand type for operator or function; operator or function: attribute_type");
      }
      Checks.requireType("attribute_type", type, List.of("S"), parameters);
      if (!TYPES.contains(parameters.value(given.placeholder()).s())) {
        throw Refusals.invalid("Invalid attribute type name found");
      }
    }
  }

  /** It is a text or bytes, and starts with others. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue whole = operand.in(item, parameters);
      AttributeValue start = prefix.in(item, parameters);
      if (whole == null || start == null) {
        return false;
      }
      if (whole.s() != null && start.s() != null) {
        return whole.s().startsWith(start.s());
      }
      return whole.b() != null && start.b() != null && startsWith(whole.b().asByteArrayUnsafe(),
          start.b().asByteArrayUnsafe());
    }

    private static boolean startsWith(byte[] whole, byte[] start) {
      return start.length <= whole.length && Arrays.equals(whole, 0, start.length, start, 0, start.length);
    }

    @Override
    public void check(Parameters parameters) {
      for (Operand it : List.of(operand, prefix)) {
        it.check(parameters);
        Checks.requireType("begins_with", it, List.of("S", "B"), parameters);
      }
      Checks.requireDistinct("begins_with", operand, List.of(prefix), parameters);
    }
  }

  /** It is a text or bytes with others in it, or a list or set with this element. */
  record Contains(Operand operand, Operand element) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      AttributeValue whole = operand.in(item, parameters);
      AttributeValue part = element.in(item, parameters);
      return whole != null && part != null && switch (whole.type()) {
        case S -> part.s() != null && whole.s().contains(part.s());
        case SS -> part.s() != null && whole.ss().contains(part.s());
        case NS -> part.n() != null && whole.ns().contains(part.n());
        case BS -> part.b() != null && whole.bs().contains(part.b());
        case L -> whole.l().contains(part);
        case B -> part.b() != null && text(whole.b()).contains(text(part.b()));
        default -> false;
      };
    }

    /** With a char for each byte. */
    private static String text(SdkBytes bytes) {
      return bytes.asString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void check(Parameters parameters) {
      operand.check(parameters);
      element.check(parameters);
      Checks.requireDistinct("contains", operand, List.of(element), parameters);
    }
  }

  /** Both hold. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      return left.holds(item, parameters) && right.holds(item, parameters);
    }

    @Override
    public void check(Parameters parameters) {
      left.check(parameters);
      right.check(parameters);
    }
  }

  /** One of them holds, or both. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      return left.holds(item, parameters) || right.holds(item, parameters);
    }

    @Override
    public void check(Parameters parameters) {
      left.check(parameters);
      right.check(parameters);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Parameters parameters) {
      return !condition.holds(item, parameters);
    }

    @Override
    public void check(Parameters parameters) {
      condition.check(parameters);
    }
  }
}
