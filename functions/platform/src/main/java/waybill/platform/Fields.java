package waybill.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The fields of a request's body, read one by one. What breaks a rule is remembered with its pointer and a harmless value
 * is given in its place, so that reading goes on and {@link #verify} refuses everything at once, unknown fields included.
 */
public final class Fields {
  private static final int MAX_METADATA = 50;
  private static final int MAX_METADATA_KEY = 40;
  private static final char GROUP_SEPARATOR = '\u001d';
  /** What is smaller is zero, before it is smaller than the least number that a table holds; and zero has no sign. */
  private static final double NOTHING = 1e-12;
  /** As JSON Schema's date-time: Java would also take a time without seconds, or an offset with some. */
  private static final Pattern TIME = Pattern.compile("[^.]{19}(?:\\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})");
  public static final String TIME_RULE = "is a time in ISO-8601 with its offset, from 1970 to 9999, for example 2026-11-22T09:15:04Z";
  private static final Instant FIRST_TIME = Instant.EPOCH;
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private final Map<String, Object> tree;
  private final String pointer;
  private final List<Violation> errors;
  private final List<Fields> all;
  private final Set<String> known = new HashSet<>();

  private Fields(Map<String, Object> tree, String pointer, List<Violation> errors, List<Fields> all) {
    this.tree = tree;
    this.pointer = pointer;
    this.errors = errors;
    this.all = all;
    all.add(this);
  }

  public static Fields of(Map<String, Object> tree) {
    return new Fields(tree, "", new ArrayList<>(), new ArrayList<>());
  }

  /** This object's own place, as an RFC 6901 pointer. */
  public String pointer() {
    return pointer;
  }

  public boolean has(String name) {
    known.add(name);
    return tree.get(name) != null;
  }

  /** Whether the object has this field, which tells its kind from others; the field is not asked for by that. */
  public boolean isNamed(String name) {
    return tree.get(name) != null;
  }

  /** Required: 1 to {@code maxLength} characters, no control characters but line ends and tabs, not only blanks and what cannot be seen. */
  public String text(String name, int maxLength) {
    return required(name) ? checkedText(name, maxLength) : "";
  }

  public String textOrNull(String name, int maxLength) {
    return has(name) ? checkedText(name, maxLength) : null;
  }

  private String checkedText(String name, int maxLength) {
    if (!(tree.get(name) instanceof String text)) {
      return error(name, "wrong_type", "is a string", "");
    }
    if (isInvisible(text)) {
      return error(name, "empty", "must not be empty", "");
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      return error(name, "too_long", "has at most %d characters".formatted(maxLength), "");
    }
    return isPlain(text) ? text : error(name, "control_character", "must not hold control characters", "");
  }

  /** Nothing but blanks of any script, and signs that only say how others are written. */
  public static boolean isInvisible(String text) {
    return text.codePoints().allMatch(it -> Character.isWhitespace(it) || Character.isSpaceChar(it)
        || Character.getType(it) == Character.FORMAT);
  }

  /** Half a surrogate pair is not text either: it would not come back from a table as it went in. */
  public static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(it -> Character.getType(it) == Character.CONTROL && it != '\n' && it != '\t' && it != '\r'
            || Character.getType(it) == Character.SURROGATE);
  }

  /** Required: a text that becomes an id or another type that refuses what it is not. @param rule what it must be */
  public <T> T parsed(String name, Function<String, T> type, String rule) {
    return required(name) ? checkedParse(name, type, rule) : null;
  }

  public <T> T parsedOrNull(String name, Function<String, T> type, String rule) {
    return has(name) ? checkedParse(name, type, rule) : null;
  }

  private <T> T checkedParse(String name, Function<String, T> type, String rule) {
    if (!(tree.get(name) instanceof String text)) {
      return error(name, "wrong_type", "is a string", null);
    }
    return parsedPlain(name, text, type, rule);
  }

  private <T> T parsedPlain(String name, String text, Function<String, T> type, String rule) {
    if (!isPlain(text)) {
      return error(name, "control_character", "must not hold control characters", null);
    }
    try {
      return type.apply(text);
    } catch (Unusable e) {
      return error(name, e.code(), e.getMessage(), null);
    } catch (IllegalArgumentException | DateTimeException e) {
      return error(name, "invalid", rule, null);
    }
  }

  /**
   * Required: a text as a scanner gives it, in which the group separator of a GS1 code may stand.
   *
   * @param rule what it must be
   */
  public <T> T scanned(String name, int maxLength, Function<String, T> type, String rule) {
    if (!required(name)) {
      return null;
    }
    if (!(tree.get(name) instanceof String text)) {
      return error(name, "wrong_type", "is a string", null);
    }
    if (isInvisible(text)) {
      return error(name, "empty", "must not be empty", null);
    }
    if (text.codePointCount(0, text.length()) > maxLength) {
      return error(name, "too_long", "has at most %d characters".formatted(maxLength), null);
    }
    return parsedPlain(name, text.replace(GROUP_SEPARATOR, ' '), _ -> type.apply(text), rule);
  }

  /** Required: a text of this form, whole. @param rule what it must be */
  public String matching(String name, Pattern pattern, String rule) {
    return parsed(name, text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException();
      }
      return text;
    }, rule);
  }

  /** Required: a whole number within the range. */
  public int integer(String name, int min, int max) {
    return (int) whole(name, min, max);
  }

  public int integerOr(String name, int min, int max, int otherwise) {
    return has(name) ? integer(name, min, max) : otherwise;
  }

  /** Required: a whole number within the range, for example an amount in minor units. */
  public long whole(String name, long min, long max) {
    return required(name) ? checkedWhole(name, min, max) : min;
  }

  private long checkedWhole(String name, long min, long max) {
    if (!(tree.get(name) instanceof Long number)) {
      return error(name, "wrong_type", "is a whole number within range", min);
    }
    if (number < min || number > max) {
      return error(name, "out_of_range", "is a whole number from %d to %d".formatted(min, max), min);
    }
    return number;
  }

  /** A number with a fraction, within the range; null where it was not sent. */
  public Double decimalOrNull(String name, double min, double max) {
    if (!has(name)) {
      return null;
    }
    if (!(tree.get(name) instanceof Number number)) {
      return error(name, "wrong_type", "is a number", null);
    }
    double value = number.doubleValue();
    return value >= min && value <= max
        ? (Double) (Math.abs(value) < NOTHING ? 0 : value)
        : error(name, "out_of_range", "is a number from %s to %s".formatted(min, max), null);
  }

  /** Required: true or false. */
  public boolean flag(String name) {
    return required(name) && checkedFlag(name);
  }

  public boolean flagOr(String name, boolean otherwise) {
    return has(name) ? checkedFlag(name) : otherwise;
  }

  private boolean checkedFlag(String name) {
    return tree.get(name) instanceof Boolean flag ? flag : error(name, "wrong_type", "is true or false", false);
  }

  /** A time in ISO-8601 with its offset, from 1970 to 9999; null where it was not sent. */
  public Instant timeOrNull(String name) {
    return parsedOrNull(name, Fields::time, TIME_RULE);
  }

  /** @throws IllegalArgumentException or {@link DateTimeException} if it breaks {@link #TIME_RULE} */
  public static Instant time(String text) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    if (!TIME.matcher(text).matches() || time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)) {
      throw new IllegalArgumentException();
    }
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** One of the constants, in small letters. */
  public <E extends Enum<E>> E choiceOr(String name, E otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(tree.get(name))) {
        return constant;
      }
    }
    String names = String.join(", ", java.util.Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
        .map(it -> it.name().toLowerCase(Locale.ROOT)).toList());
    return error(name, "unknown_value", "is one of " + names, otherwise);
  }

  /** Required: an object. */
  public Fields object(String name) {
    return required(name) ? checkedObject(name) : nothing();
  }

  public Fields objectOrNull(String name) {
    return has(name) ? checkedObject(name) : null;
  }

  private Fields checkedObject(String name) {
    if (tree.get(name) instanceof Map<?, ?> object) {
      return new Fields(Json.object(object), pointer + "/" + escape(name), errors, all);
    }
    return error(name, "wrong_type", "is an object", nothing());
  }

  /** Stands for an object that is not there: that is reported once, what is missing in it is not. */
  private static Fields nothing() {
    return of(Map.of());
  }

  /** Required: a list of {@code min} to {@code max} objects, each read by {@code element}. */
  public <T> List<T> list(String name, int min, int max, Function<Fields, T> element) {
    return required(name) ? checkedList(name, min, max, element) : List.of();
  }

  public <T> List<T> listOrEmpty(String name, int max, Function<Fields, T> element) {
    return has(name) ? checkedList(name, 0, max, element) : List.of();
  }

  private <T> List<T> checkedList(String name, int min, int max, Function<Fields, T> element) {
    List<?> elements = elements(name, min, max);
    var list = new ArrayList<T>();
    for (int i = 0; i < elements.size(); i++) {
      String place = pointer + "/" + escape(name) + "/" + i;
      if (elements.get(i) instanceof Map<?, ?> object) {
        list.add(element.apply(new Fields(Json.object(object), place, errors, all)));
      } else {
        errors.add(new Violation(place, "wrong_type", "is an object"));
      }
    }
    return list;
  }

  /** A list of texts, each read by {@code type}; empty where it was not sent. @param rule what each must be */
  public <T> List<T> parsedListOrEmpty(String name, int max, Function<String, T> type, String rule) {
    return has(name) ? checkedParses(name, 0, max, type, rule) : List.of();
  }

  /** Required: a list of {@code min} to {@code max} texts, each read by {@code type}. @param rule what each must be */
  public <T> List<T> parsedList(String name, int min, int max, Function<String, T> type, String rule) {
    return required(name) ? checkedParses(name, min, max, type, rule) : List.of();
  }

  private <T> List<T> checkedParses(String name, int min, int max, Function<String, T> type, String rule) {
    List<?> elements = elements(name, min, max);
    var list = new ArrayList<T>();
    for (int i = 0; i < elements.size(); i++) {
      var one = new Fields(java.util.Collections.singletonMap(Integer.toString(i), elements.get(i)),
          pointer + "/" + escape(name), errors, all);
      list.add(one.parsed(Integer.toString(i), type, rule));
    }
    return list.stream().filter(Objects::nonNull).toList();
  }

  private List<?> elements(String name, int min, int max) {
    if (!(tree.get(name) instanceof List<?> elements)) {
      return error(name, "wrong_type", "is a list", List.of());
    }
    if (elements.size() < min || elements.size() > max) {
      return error(name, "wrong_count", "has %d to %d entries".formatted(min, max), List.of());
    }
    return elements;
  }

  /** The merchant's own names and values: at most 50, of at most 40 and 500 characters. */
  public Map<String, String> metadata() {
    if (!has("metadata")) {
      return Map.of();
    }
    if (tree.get("metadata") instanceof Map<?, ?> map && map.size() > MAX_METADATA) {
      return error("metadata", "too_many", "has at most %d keys".formatted(MAX_METADATA), Map.of());
    }
    Fields metadata = checkedObject("metadata");
    var entries = new LinkedHashMap<String, String>();
    for (String name : metadata.tree.keySet()) {
      if (isInvisible(name) || name.codePointCount(0, name.length()) > MAX_METADATA_KEY || !isPlain(name)) {
        metadata.error(name, "invalid_key",
            "a key has 1 to %d characters, none of them a control character".formatted(MAX_METADATA_KEY), null);
      }
      entries.put(name, metadata.text(name, 500));
    }
    return entries;
  }

  private boolean required(String name) {
    if (!has(name)) {
      error(name, "required", "is required", null);
      return false;
    }
    return true;
  }

  /** Remembers that a rule over several fields is broken. */
  public void refuse(Violation error) {
    errors.add(error);
  }

  /** Remembers that the field breaks a rule that only the caller knows. */
  public void refuse(String name, String code, String detail) {
    error(name, code, detail, null);
  }

  private <T> T error(String name, String code, String detail, T harmless) {
    errors.add(new Violation(pointer + "/" + escape(name), code, detail));
    return harmless;
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The names that were asked for, by the pointer of the object that has them: the fields that a request may have. */
  public Map<String, Set<String>> asked() {
    var asked = new LinkedHashMap<String, Set<String>>();
    all.forEach(it -> asked.computeIfAbsent(it.pointer, _ -> new HashSet<>()).addAll(it.known));
    return asked;
  }

  /** Whether no rule is broken so far; for rules that only make sense over fields that are right. */
  public boolean sound() {
    return errors.isEmpty();
  }

  /** @throws Problem 422 with every rule that was broken and every field that nobody asked for */
  public void verify() {
    List<Violation> broken = broken();
    if (!broken.isEmpty()) {
      throw Problem.invalid(broken);
    }
  }

  /** Every rule that was broken and every field that nobody asked for. */
  public List<Violation> broken() {
    for (Fields object : List.copyOf(all)) {
      object.tree.keySet().stream().filter(name -> !object.known.contains(name))
          .forEach(name -> object.error(name, "unknown", "is not a field of this request", null));
    }
    return List.copyOf(errors);
  }
}
