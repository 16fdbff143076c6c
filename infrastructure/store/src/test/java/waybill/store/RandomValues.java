package waybill.store;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Few different keys and values of every type, so that they meet. */
final class RandomValues {
  /** The last two are in another order in UTF-8 than in Java. */
  private static final List<String> TEXTS = List.of("", "a", "ab", "abc", "b", "B", "1", "é", "\uFFFD", "\uD83D\uDE00");
  private static final List<String> NUMBERS = List.of("0", "1", "2", "-1", "10", "5", "1.0", "1e2", "0.5", "-0", "7000",
      "+3",
      "99999999999999999999999999999999999999", "1e-100");
  private static final List<String> NO_NUMBERS = List.of("", "x", " 1", "1e126", "1e-131",
      "123456789012345678901234567890123456789");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  AttributeValue text() {
    return AttributeValue.fromS(one(TEXTS));
  }

  AttributeValue number() {
    return AttributeValue.fromN(one(once(6) ? NUMBERS : NUMBERS.subList(0, 6)));
  }

  AttributeValue value() {
    return once(60) ? noValue() : value(2);
  }

  private AttributeValue value(int depth) {
    return switch (below(depth > 0 ? 13 : 8)) {
      case 0, 1, 2 -> text();
      case 3, 4, 5 -> number();
      case 6 -> AttributeValue.fromBool(random.nextBoolean());
      case 7 -> one(List.of(AttributeValue.fromNul(true), AttributeValue.fromB(SdkBytes.fromUtf8String(one(TEXTS)))));
      case 8 -> AttributeValue.fromSs(one(List.of(List.of("a"), List.of("ab", "a"), List.of("b", "1"))));
      case 9 -> AttributeValue.fromNs(one(List.of(List.of("1"), List.of("5", "1.0"), List.of("-1"))));
      case 10, 11 -> list(depth);
      default -> map(depth);
    };
  }

  AttributeValue list(int depth) {
    return AttributeValue.fromL(random.ints(below(4), 0, 9).mapToObj(_ -> value(depth - 1)).toList());
  }

  AttributeValue map(int depth) {
    var map = new TreeMap<String, AttributeValue>();
    for (String name : List.of("a", "b", "year")) {
      if (random.nextBoolean()) {
        map.put(name, value(depth - 1));
      }
    }
    return AttributeValue.fromM(map);
  }

  private AttributeValue noValue() {
    return one(List.of(AttributeValue.fromN(one(NO_NUMBERS)), AttributeValue.fromNul(false),
        AttributeValue.builder().build(), AttributeValue.fromSs(List.of("a", "a")),
        AttributeValue.fromNs(List.of("1", "1.0")), AttributeValue.fromSs(List.of()),
        AttributeValue.fromM(Map.of("a", AttributeValue.fromN("x")))));
  }

  /** What a key's attribute may be, or seldom may not. */
  AttributeValue keyValue(List<String> usual) {
    return once(120)
        ? one(List.of(AttributeValue.fromS(""), number(), AttributeValue.fromS("x".repeat(1025))))
        : AttributeValue.fromS(one(usual));
  }
}
