package waybill.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The expressions of one request, and the names and values that they use: mostly sound, sometimes nonsense. */
final class RandomExpressions {
  private static final List<String> ATTRIBUTES = List.of("pk", "sk", "s", "n", "x", "l", "m", "revision", "on_hand",
      "by_hold", "by_hold_range", "year", "nowhere");
  private static final List<String> KEYS = List.of("pk", "sk", "by_hold", "by_hold_range");
  private static final List<String> RELATIONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TYPES = List.of("S", "N", "L", "M", "BOOL", "NULL", "SS", "Q");

  private final RandomValues random;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  RandomExpressions(RandomValues random) {
    this.random = random;
  }

  Map<String, String> names() {
    if (random.once(150)) {
      names.put("#unused", "x");
    }
    if (random.once(150) && !names.isEmpty()) {
      names.remove(names.keySet().iterator().next());
    }
    return names.isEmpty() && !random.once(150) ? null : names;
  }

  Map<String, AttributeValue> values() {
    if (random.once(150)) {
      values.put(":unused", random.text());
    }
    if (random.once(150) && !values.isEmpty()) {
      values.remove(values.keySet().iterator().next());
    }
    return values.isEmpty() && !random.once(150) ? null : values;
  }

  private String given(AttributeValue value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  private String given() {
    return given(random.value());
  }

  private String name(String name) {
    boolean isPlain = !name.equals("year") || random.once(20);
    if (isPlain && random.below(3) > 0) {
      return name;
    }
    names.put("#" + name, name);
    return "#" + name;
  }

  private String path() {
    String attribute = random.one(ATTRIBUTES);
    String path = name(attribute);
    while (random.once(5) && !KEYS.contains(attribute)) {
      path += random.one(List.of(".a", ".b", "." + name("year"), "[0]", "[1]", " [ 2 ]"));
    }
    return path;
  }

  String condition() {
    return garbled(switch (random.below(6)) {
      case 0 -> "attribute_not_exists(pk)";
      case 1 -> "attribute_exists(" + path() + ")";
      case 2 -> "revision = " + given(random.number());
      default -> condition(3);
    });
  }

  /** Now and then a word is lost, doubled or exchanged. */
  private String garbled(String text) {
    if (!random.once(40)) {
      return text;
    }
    String[] words = text.splitWithDelimiters("(?<=[(), =<>])|(?=[(), =<>])", 0);
    int place = random.below(words.length);
    words[place] = random
        .one(List.of("", words[place] + " " + words[place], words[random.below(words.length)], "(", ")", ",",
            "and", "5", "!"));
    return String.join("", words);
  }

  private String condition(int depth) {
    if (depth == 0 || random.once(3)) {
      return simple();
    }
    return switch (random.below(5)) {
      case 0 -> condition(depth - 1) + word(" and ") + condition(depth - 1);
      case 1 -> condition(depth - 1) + word(" or ") + condition(depth - 1);
      case 2 -> word("not ") + condition(depth - 1);
      case 3 ->
        "(" + condition(depth - 1) + word(" or ") + condition(depth - 1) + ")" + word(" and ") + condition(depth - 1);
      default -> "(" + condition(depth - 1) + ")";
    };
  }

  private String word(String word) {
    return random.once(4) ? word.toUpperCase(Locale.ROOT) : word;
  }

  private String simple() {
    return switch (random.below(13)) {
      case 0, 1 -> operand() + " " + random.one(List.of("=", "<>")) + " " + operand();
      case 2, 3 -> ordered() + " " + random.one(RELATIONS) + " " + ordered();
      case 4 -> operand() + word(" between ") + path() + word(" and ") + ordered();
      case 5 ->
        path() + word(" between ") + given(AttributeValue.fromN("0")) + " and " + given(AttributeValue.fromN("5"));
      case 6 -> operand() + word(" in ") + "("
          + IntStream.rangeClosed(0, random.below(3)).mapToObj(_ -> operand()).collect(Collectors.joining(", ")) + ")";
      case 7 -> "attribute_exists(" + path() + ")";
      case 8 -> "attribute_not_exists(" + path() + ")";
      case 9 -> "begins_with(" + operand() + ", " + given(random.once(6) ? random.value() : random.text()) + ")";
      case 10 -> "contains(" + (random.once(2) ? name("l") : operand()) + ", " + ordered() + ")";
      case 11 -> "attribute_type(" + path() + ", " + given(AttributeValue.fromS(random.one(TYPES))) + ")";
      default -> "size(" + operand() + ") " + random.one(RELATIONS) + " " + given(random.number());
    };
  }

  private String ordered() {
    return random.once(2)
        ? path()
        : random.once(30) ? given() : given(random.once(2) ? random.number() : random.text());
  }

  private String operand() {
    return switch (random.below(12)) {
      case 0, 1, 2, 3, 4, 5 -> path();
      case 6, 7, 8, 9 -> given();
      case 10 -> "size(" + path() + ")";
      default -> "(" + path() + ")";
    };
  }

  /** As counters are changed, or anything. */
  String update() {
    return garbled(switch (random.below(6)) {
      case 0 -> "set updated_at = %1$s, created_at = if_not_exists(created_at, %1$s) add revision %2$s, %3$s %4$s"
          .formatted(given(AttributeValue.fromN("1000")), given(AttributeValue.fromN("1")), name("on_hand"),
              given(random.number()));
      case 1 -> "remove " + name(random.one(List.of("x", "s", "by_hold", "nowhere")));
      case 2 -> "SET " + assignments() + " REMOVE " + name("l") + ", m";
      case 3 ->
        "add " + name(random.one(List.of("n", "x", "revision"))) + " " + given(addend()) + " set " + assignments();
      case 4 -> "set x = if_not_exists(n, " + given() + "), n = if_not_exists(x, " + given() + ")";
      default -> "set " + assignments();
    });
  }

  String counterCondition() {
    return random.once(2)
        ? "#on_hand >= " + limit()
        : "(attribute_not_exists(#on_hand) or #on_hand <= " + limit() + ")";
  }

  private String limit() {
    names.put("#on_hand", "on_hand");
    return given(random.number());
  }

  private AttributeValue addend() {
    return random.once(20) ? random.text() : random.number();
  }

  private String assignments() {
    return IntStream.rangeClosed(0, random.below(2)).mapToObj(_ -> assignment()).collect(Collectors.joining(", "));
  }

  private String assignment() {
    if (random.once(5)) {
      // An index's attributes are texts: DynamoDB Local lets an update make them anything, which DynamoDB does not.
      return name(random.one(List.of("by_hold", "by_hold_range"))) + " = "
          + given(AttributeValue.fromS(random.one(List.of("open", "shut", "a", "b"))));
    }
    return name(random.one(List.of("s", "n", "x", "l", "year", "revision"))) + " = " + value();
  }

  private String value() {
    return switch (random.below(9)) {
      case 0 -> path();
      case 1 -> path() + random.one(List.of(" + ", " - ")) + given(random.number());
      case 2 -> "if_not_exists(" + path() + ", " + updateOperand() + ")";
      case 3 -> "if_not_exists(n, " + given(random.number()) + ") + " + given(random.number());
      case 4 -> "list_append(" + updateOperand() + ", " + given(AttributeValue.fromL(List.of(random.text()))) + ")";
      case 5 -> "(n - " + updateOperand() + ")";
      default -> given();
    };
  }

  private String updateOperand() {
    return random.once(2) ? path() : given();
  }

  /** @param partition what the partition attribute is mostly asked to be; likewise the sort attribute */
  String keyCondition(String partitionName, String partition, String sortName, List<String> sorts) {
    String equality = name(partitionName) + " = "
        + given(random.once(60) ? random.value() : AttributeValue.fromS(partition));
    return garbled(switch (random.below(10)) {
      case 0, 1 -> equality;
      case 2 -> "(" + equality + ") AND " + sortCondition(sortName, sorts);
      case 3 -> sortCondition(sortName, sorts) + " and " + equality;
      case 4 -> random.once(5) ? condition(1) : equality;
      default -> equality + word(" and ") + sortCondition(sortName, sorts);
    });
  }

  private String sortCondition(String sortName, List<String> sorts) {
    String name = name(random.once(40) ? "s" : sortName);
    return switch (random.below(9)) {
      case 0, 1, 2 -> "begins_with(" + name + ", " + given(random.keyValue(sorts)) + ")";
      case 3 -> name + " between " + given(random.keyValue(sorts)) + " and " + given(random.keyValue(sorts));
      case 4 -> given(random.keyValue(sorts)) + " < " + name;
      default -> name + " " + random.one(random.once(10) ? RELATIONS : List.of("=", "<", "<=", ">", ">=")) + " "
          + given(random.keyValue(sorts));
    };
  }
}
