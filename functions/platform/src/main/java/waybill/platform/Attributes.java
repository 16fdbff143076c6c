package waybill.platform;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** JSON trees as DynamoDB's attribute values and back. */
public final class Attributes {

  /** Of so many digits each number fits a {@code long}. */
  private static final int LONG_DIGITS = 18;

  private Attributes() {}

  public static AttributeValue of(String text) {
    return AttributeValue.fromS(text);
  }

  public static AttributeValue of(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  /** What {@link Records} read the same where it is left out is left out: what is not stored costs nothing. */
  static Map<String, AttributeValue> fromObject(Map<String, Object> tree) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    tree.forEach((name, value) -> {
      if (!Boolean.FALSE.equals(value) && !List.of().equals(value) && !Map.of().equals(value)) {
        attributes.put(name, fromTree(value));
      }
    });
    return attributes;
  }

  private static AttributeValue fromTree(Object tree) {
    return switch (tree) {
      case null -> AttributeValue.fromNul(true);
      case String text -> of(text);
      case Number number -> AttributeValue.fromN(number.toString());
      case Boolean flag -> AttributeValue.fromBool(flag);
      case List<?> list -> AttributeValue.fromL(list.stream().map(Attributes::fromTree).toList());
      default -> AttributeValue.fromM(fromObject(Json.object(tree)));
    };
  }

  static Map<String, Object> toObject(Map<String, AttributeValue> attributes) {
    var tree = new LinkedHashMap<String, Object>();
    attributes.forEach((name, value) -> tree.put(name, toTree(value)));
    return tree;
  }

  private static Object toTree(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> number(value.n());
      case BOOL -> value.bool();
      case L -> value.l().stream().map(Attributes::toTree).toList();
      case M -> toObject(value.m());
      case NUL -> null;
      default -> throw new IllegalStateException("an attribute of type " + value.type() + " is none of ours");
    };
  }

  private static Object number(String text) {
    if (text.length() <= LONG_DIGITS && text.chars().allMatch(it -> it >= '0' && it <= '9')) {
      return Long.valueOf(text);
    }
    var number = new BigDecimal(text);
    return number.scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE
        ? (Object) number.longValueExact()
        : number;
  }
}
