package waybill.workbench;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.platform.Json;

/** What a schema says of one value, whatever is inside it, and values at and beside its limits. */
final class Schemas {
  /** Beside all of ASCII. */
  private static final String OTHER_CHARACTERS = "äßÅéŁжשع中\u0663\u00a0\u00ad\u1680\u2003\u200b\u200d\u2028\u3000\ufeff\u0085\ud83d\ude00";
  private static final String FEW_CHARACTERS = "\u0000\b\t\n\r \u007f\u0085\u00a0\u00ad<é\u200b\u2028\u3000\ufeff\ud83d\ude00";
  private static final List<Integer> LENGTHS = List.of(0, 1, 2, 20, 21, 40, 41, 64, 65, 100, 101, 128, 200, 201, 255,
      256, 500, 501,
      1000, 1001);
  /** Longer than any form of text that a pattern describes. */
  private static final int FORM = 70;

  /** How the pattern of texts that may hold nearly anything begins. */
  private static final String ANYTHING_BUT = "^[^";

  /** RFC 3339, whatever the day is. */
  private static final String DATE_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})";
  private static final List<String> TIMES = List.of("2026-11-22T09:15Z", "2026-11-22T09:15:04+01",
      "2026-11-22T09:15:04",
      "2026-11-22T09:15:04+01:00:30", "2026-11-22T09:15:04.123456789Z", "2026-11-22", "2026-W47-7T09:15:04Z");

  private Schemas() {}

  static boolean takes(Map<String, Object> schema, Object value) {
    if (schema.containsKey("const")) {
      return schema.get("const").equals(value);
    }
    if (schema.get("enum") instanceof List<?> values) {
      return values.contains(value);
    }
    return switch (value) {
      case null -> is(schema, "null");
      case String text -> is(schema, "string") && takesText(schema, text);
      case Boolean _ -> is(schema, "boolean");
      case List<?> list -> is(schema, "array") && list.size() >= limit(schema, "minItems", 0)
          && list.size() <= limit(schema, "maxItems", Integer.MAX_VALUE);
      case Map<?, ?> object -> is(schema, "object") && takesEntries(schema, object);
      default -> takesNumber(schema, new BigDecimal(value.toString()));
    };
  }

  private static boolean is(Map<String, Object> schema, String type) {
    Object types = schema.get("type");
    return types instanceof List<?> several ? several.contains(type) : type.equals(types);
  }

  private static int limit(Map<String, Object> schema, String name, int otherwise) {
    return schema.get(name) instanceof Number number ? number.intValue() : otherwise;
  }

  private static boolean takesText(Map<String, Object> schema, String text) {
    int length = text.codePointCount(0, text.length());
    if ("date-time".equals(schema.get("format")) && !text.matches(DATE_TIME)) {
      return false;
    }
    return length >= limit(schema, "minLength", 0) && length <= limit(schema, "maxLength", Integer.MAX_VALUE)
        && (!(schema.get("pattern") instanceof String pattern)
            // ECMAScript's $ is the very end.
            || java.util.regex.Pattern.compile(pattern.replaceFirst("\\$$", "\\\\z")).matcher(text).find());
  }

  private static boolean takesNumber(Map<String, Object> schema, BigDecimal number) {
    boolean type = is(schema, "number") || is(schema, "integer") && number.stripTrailingZeros().scale() <= 0;
    boolean excluded = schema.get("not") instanceof Map<?, ?> not
        && new BigDecimal(not.get("const").toString()).compareTo(number) == 0;
    return type && !excluded && bound(schema, "minimum", number) <= 0 && bound(schema, "maximum", number) >= 0;
  }

  private static int bound(Map<String, Object> schema, String name, BigDecimal number) {
    return schema.get(name) == null ? 0 : new BigDecimal(schema.get(name).toString()).compareTo(number);
  }

  /** The names and values of an object whose fields are the caller's own. */
  private static boolean takesEntries(Map<String, Object> schema, Map<?, ?> object) {
    return !(schema.get("propertyNames") instanceof Map<?, ?> names)
        || object.size() <= limit(schema, "maxProperties", Integer.MAX_VALUE)
            && object.keySet().stream().allMatch(it -> takes(named(names), it))
            && object.values().stream().allMatch(it -> takes(Json.object(schema.get("additionalProperties")), it));
  }

  private static Map<String, Object> named(Map<?, ?> names) {
    var schema = new LinkedHashMap<>(Json.object(names));
    schema.put("type", "string");
    return schema;
  }

  /** @param seed a value that is right */
  static List<Object> probes(Map<String, Object> schema, Object seed) {
    var probes = new ArrayList<Object>(List.of("", "nonsense", 7L, new BigDecimal("0.5"), true, List.of(), Map.of()));
    switch (seed) {
      case Boolean _ -> probes.add(false);
      case Number _ -> probes.addAll(numbers(schema));
      case List<?> list -> probes.addAll(lists(schema, list));
      case Map<?, ?> _ when schema.containsKey("propertyNames") -> probes.addAll(entries());
      case Map<?, ?> _ -> probes.remove(Map.of()); // what is missing in it is reported for its fields
      default -> probes.addAll(texts(schema, (String) seed));
    }
    return probes;
  }

  private static List<Object> numbers(Map<String, Object> schema) {
    var numbers = new ArrayList<Object>(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    Stream.of("minimum", "maximum").map(schema::get).filter(Objects::nonNull).map(it -> new BigDecimal(it.toString()))
        .flatMap(it -> Stream.of(it.subtract(BigDecimal.ONE), it, it.add(BigDecimal.ONE)))
        .map(BigDecimal::toBigInteger).filter(it -> it.bitLength() < 64).map(BigInteger::longValue)
        .forEach(numbers::add);
    return numbers;
  }

  private static List<Object> lists(Map<String, Object> schema, List<?> seed) {
    int max = limit(schema, "maxItems", 10);
    return Stream.of(limit(schema, "minItems", 0), max - 1, max, max + 1).filter(it -> it > 0)
        .map(it -> (Object) Collections.nCopies(it, seed.getFirst())).toList();
  }

  private static List<Object> entries() {
    return Stream.of(IntStream.of(50, 51).mapToObj(Schemas::entries), //
        IntStream.of(0, 1, 40, 41).mapToObj(it -> Map.of("k".repeat(it), "v")),
        IntStream.of(0, 500, 501).mapToObj(it -> Map.of("k", "v".repeat(it))),
        Stream.of(Map.of("k", 7L), Map.of(" ", "v"), Map.of("k\u0000", "v"), Map.of("k", "\u200b")))
        .flatMap(it -> it).map(Object.class::cast).toList();
  }

  private static Map<String, String> entries(int count) {
    var entries = new LinkedHashMap<String, String>();
    IntStream.range(0, count).forEach(it -> entries.put("k" + it, "v"));
    return entries;
  }

  private static List<Object> texts(Map<String, Object> schema, String seed) {
    var texts = new ArrayList<Object>();
    if (schema.get("enum") instanceof List<?> values) {
      values.stream().filter(Objects::nonNull)
          .forEach(it -> texts.addAll(List.of(it, it.toString().toUpperCase(Locale.ROOT))));
      return texts;
    }
    if (schema.containsKey("format")) {
      texts.addAll(TIMES);
    }
    boolean free = !(schema.get("pattern") instanceof String pattern) || pattern.startsWith(ANYTHING_BUT);
    int max = limit(schema, "maxLength", FORM);
    Stream.of(LENGTHS.stream(), IntStream.range(3, free ? 3 : FORM).boxed(), Stream.of(max - 1, max, max + 1))
        .flatMap(it -> it).forEach(length -> texts.add(ofLength(seed, length)));
    String end = seed.substring(0, seed.length() - 1);
    (free ? FEW_CHARACTERS.codePoints() : IntStream.concat(IntStream.range(0, 128), OTHER_CHARACTERS.codePoints()))
        .mapToObj(Character::toString)
        .forEach(it -> texts.addAll(List.of(it, end + it, it + seed.substring(1), seed.charAt(0) + it + end)));
    return texts;
  }

  /** The text cut, or its last character repeated. */
  private static String ofLength(String text, int length) {
    return length <= text.length()
        ? text.substring(0, length)
        : text + text.substring(text.length() - 1).repeat(length - text.length());
  }
}
