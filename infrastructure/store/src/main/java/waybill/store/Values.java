package waybill.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Attribute values in normal form: numbers as {@link Numbers} has them, maps and sets in order. Two of them are the same to
 * DynamoDB exactly where they are equal to Java, and none shows the order of the map that it was made of.
 */
final class Values {
  private static final int DEEPEST = 32;
  private static final Comparator<SdkBytes> BYTES = (one, other) -> Arrays.compareUnsigned(one.asByteArrayUnsafe(),
      other.asByteArrayUnsafe());

  private Values() {}

  /** @throws DynamoDbException where DynamoDB does not know such a value */
  static AttributeValue normal(AttributeValue value) {
    return requested(() -> normal(value, 1));
  }

  /** @throws DynamoDbException where DynamoDB does not know one of the values, or a name is empty */
  static TreeMap<String, AttributeValue> normal(Map<String, AttributeValue> attributes) {
    return requested(() -> normal(attributes, 0));
  }

  /** What is wrong with a value of the request itself is not the item's fault. */
  private static <T> T requested(Supplier<T> normal) {
    try {
      return normal.get();
    } catch (InvalidItem e) {
      throw Refusals.invalid(e.getMessage());
    }
  }

  private static TreeMap<String, AttributeValue> normal(Map<String, AttributeValue> attributes, int depth) {
    var normal = new TreeMap<String, AttributeValue>();
    attributes.forEach((name, value) -> {
      require(!name.isEmpty(), "Empty attribute name");
      normal.put(name, normal(value, depth + 1));
    });
    return normal;
  }

  private static AttributeValue normal(AttributeValue value, int depth) {
    require(value != null, "Supplied AttributeValue is empty");
    require(depth <= DEEPEST, "Nesting Levels have exceeded supported limits");
    return switch (value.type()) {
      case S, B, BOOL -> value;
      case N -> number(value);
      case NUL -> {
        require(value.nul(), "Null attribute value types must have the value of true");
        yield value;
      }
      case L -> AttributeValue.fromL(value.l().stream().map(it -> normal(it, depth + 1)).toList());
      case M -> AttributeValue.fromM(normal(value.m(), depth));
      case SS -> AttributeValue.fromSs(set(value.ss(), UnaryOperator.identity(), Values::compare));
      case NS -> AttributeValue.fromNs(set(value.ns(), Numbers::normal, Numbers::compare));
      case BS -> AttributeValue.fromBs(set(value.bs(), UnaryOperator.identity(), BYTES));
      case UNKNOWN_TO_SDK_VERSION -> throw new InvalidItem(
          "Supplied AttributeValue must contain exactly one of the supported datatypes");
    };
  }

  private static AttributeValue number(AttributeValue value) {
    String normal = Numbers.normal(value.n());
    return normal.equals(value.n()) ? value : AttributeValue.fromN(normal);
  }

  private static <T> List<T> set(Collection<T> elements, UnaryOperator<T> normal, Comparator<T> order) {
    List<T> sorted = elements.stream().map(normal).sorted(order).toList();
    require(!sorted.isEmpty(), "A set may not be empty");
    require(new HashSet<>(sorted).size() == sorted.size(), "Input collection contains duplicates");
    return sorted;
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new InvalidItem(message);
    }
  }

  /** Its type's name as expressions have it. */
  static String type(AttributeValue value) {
    return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
  }

  /** Of two normal ones of one type that {@code <} is defined for. */
  static int compare(AttributeValue one, AttributeValue other) {
    if (one.s() != null) {
      return compare(one.s(), other.s());
    }
    return one.n() != null ? Numbers.compare(one.n(), other.n()) : BYTES.compare(one.b(), other.b());
  }

  /** In the order of their UTF-8 bytes, which is that of their code points and not quite that of Java's chars. */
  static int compare(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameKind ? Character.compare(a, b) : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
