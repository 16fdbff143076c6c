package waybill.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that whoever asks a rule must expect, as a value: nothing failed and nothing changed. A rule says what it refuses and
 * why; how that is answered, over HTTP for example, is decided where the request came in.
 *
 * @param kind what the refusal means to the caller
 * @param code the reason for programs, part of the API
 * @param detail the reason for people
 * @param violations the fields that break a rule, if it is about fields
 * @param about further facts for programs, by name, in their order
 */
public record Refused(Kind kind, String code, String detail, List<Violation> violations, Map<String, Object> about) {

  public enum Kind {
    /** The request cannot be read. */
    MALFORMED,
    /** There is no such thing, or not for this caller: the two look the same. */
    ABSENT,
    /** The state of the thing does not allow it. */
    CONFLICT,
    /** The caller has seen an older revision. */
    OUTDATED, TOO_LARGE,
    /** The request can be read and breaks a rule, whatever the state of the thing. */
    INVALID
  }

  public Refused {
    violations = List.copyOf(violations);
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
  }

  public static Refused of(Kind kind, String code, String detail) {
    return new Refused(kind, code, detail, List.of(), Map.of());
  }

  public static Refused conflict(String code, String detail) {
    return of(Kind.CONFLICT, code, detail);
  }

  /** @param what the kind of thing that there is none of, for example {@code order} */
  public static Refused absent(String what) {
    return of(Kind.ABSENT, "not_found", "there is no such " + what);
  }

  /** @param violations at least one */
  public static Refused invalid(List<Violation> violations) {
    return new Refused(Kind.INVALID, "invalid_request",
        violations.size() == 1 ? violations.getFirst().detail() : violations.size() + " fields break a rule",
        violations, Map.of());
  }

  public static Refused invalid(String pointer, String code, String detail) {
    return invalid(List.of(new Violation(pointer, code, detail)));
  }

  /** The same with one more fact for programs. */
  public Refused about(String name, Object value) {
    var more = new LinkedHashMap<>(about);
    more.put(name, value);
    return new Refused(kind, code, detail, violations, more);
  }

  /** As what a rule decides. */
  public <T> Outcome<T> outcome() {
    return new Outcome.Declined<>(this);
  }
}
