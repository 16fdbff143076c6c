package waybill.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The parameters of a request's query, read one by one. As with {@link Fields}, what breaks a rule is remembered and
 * {@link #verify} refuses all of it at once, unknown parameters included.
 */
public final class Parameters {
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private final Map<String, String> query;
  private final Set<String> known = new HashSet<>();
  private final List<Violation> errors = new ArrayList<>();

  Parameters(Map<String, String> query) {
    this.query = query;
  }

  /** Null where it was not given. */
  public String text(String name) {
    known.add(name);
    return query.get(name);
  }

  /**
   * The values of a parameter that may be given more than once, in their order; for values that hold no comma, as that is what the gateway
   * joins them with. Empty if it was not given.
   *
   * @param type refuses what it is not
   * @param rule what each must be
   */
  public <T> List<T> list(String name, int max, Function<String, T> type, String code, String rule) {
    String text = text(name);
    List<String> given = text == null ? List.of() : List.of(text.split(",", -1));
    if (given.size() > max) {
      refuse(name, "wrong_count", "is given %d times at most".formatted(max));
      return List.of();
    }
    var list = new ArrayList<T>();
    try {
      given.forEach(it -> list.add(type.apply(it)));
    } catch (IllegalArgumentException e) {
      refuse(name, code, rule);
    }
    return List.copyOf(list);
  }

  /** Null where it was not given. @param type refuses what it is not @param rule what it must be */
  public <T> T parsed(String name, Function<String, T> type, String code, String rule) {
    String text = text(name);
    try {
      return text == null ? null : type.apply(text);
    } catch (IllegalArgumentException e) {
      refuse(name, code, rule);
      return null;
    }
  }

  /** A time in ISO-8601 with its offset, from 1970 to 9999; null where it was not given. */
  public Instant time(String name) {
    return parsed(name, it -> {
      try {
        return Fields.time(it);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(e);
      }
    }, "invalid", Fields.TIME_RULE);
  }

  /** How many of a list to answer with: 1 to 100, 20 where it is not said. */
  public int limit() {
    Integer limit = parsed("limit", Parameters::number, "out_of_range", "is a number from 1 to " + MAX_LIMIT);
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  /** Where the last page ended; null for the first. */
  public String cursor() {
    return text("cursor");
  }

  /** Whether the caller only wants to know what would be done. @throws Problem 422 if it is something else, or there are other parameters */
  public boolean dryRun() {
    boolean dry = flag("dry_run");
    verify();
    return dry;
  }

  /** Whether the parameter is true; false where it was not given. */
  public boolean flag(String name) {
    Boolean flag = parsed(name, it -> switch (it) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    }, "unknown_value", "is true or false");
    return Boolean.TRUE.equals(flag);
  }

  /** Remembers that the parameter breaks a rule that only the caller knows. */
  public void refuse(String name, String code, String detail) {
    errors.add(new Violation(name, code, detail));
  }

  /** @throws Problem 422 with every rule that was broken and every parameter that nobody asked for */
  public void verify() {
    var unknown = new TreeSet<>(query.keySet());
    unknown.removeAll(known);
    unknown.forEach(name -> refuse(name, "unknown", "is not a parameter of this route"));
    if (!errors.isEmpty()) {
      throw Problem.invalid(List.copyOf(errors));
    }
  }
}
