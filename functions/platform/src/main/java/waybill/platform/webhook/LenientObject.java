package waybill.platform.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * An object of a provider's event, read leniently: what we look at must be of a known form, since it is logged, stored or derived
 * from; everything else may change, come and go.
 */
public final class LenientObject {
  private final Map<?, ?> tree;
  private final String pointer;

  private LenientObject(Map<?, ?> tree, String pointer) {
    this.tree = tree;
    this.pointer = pointer;
  }

  /** A field is not what its provider documents: it ends the reading. */
  public static final class Illegible extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Violation violation;

    private Illegible(Violation violation) {
      super(violation.pointer() + " " + violation.detail(), null, false, false);
      this.violation = violation;
    }
  }

  /** What the reader makes of an event, or a refusal that names the field that it cannot read. @param provider its name */
  public static <E> Outcome<E> read(Map<String, Object> event, String provider, Function<LenientObject, E> reader) {
    try {
      return Outcome.of(reader.apply(new LenientObject(event, "")));
    } catch (Illegible e) {
      return new Refused(Refused.Kind.MALFORMED, "invalid_event", "this is not an event as " + provider + " sends it",
          List.of(e.violation), Map.of()).outcome();
    }
  }

  /** Whatever it is; null if it is not there. */
  public Object get(String name) {
    return tree.get(name);
  }

  /** Required: a text. @param legal what it must be, as the rule says */
  public String text(String name, Predicate<String> legal, String rule) {
    if (tree.get(name) instanceof String text && legal.test(text)) {
      return text;
    }
    throw illegible(name, rule);
  }

  /** Required: true or false. */
  public boolean flag(String name) {
    if (tree.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw illegible(name, "is true or false");
  }

  /** Required: a whole number. */
  public long whole(String name, Predicate<Long> legal, String rule) {
    if (tree.get(name) instanceof Long number && legal.test(number)) {
      return number;
    }
    throw illegible(name, rule);
  }

  /** Required: an object. */
  public LenientObject object(String name) {
    return objectIfAny(name).orElseThrow(() -> illegible(name, "is an object"));
  }

  /** Empty if there is none, or something else. */
  public Optional<LenientObject> objectIfAny(String name) {
    return tree.get(name) instanceof Map<?, ?> object
        ? Optional.of(new LenientObject(object, pointer + "/" + name))
        : Optional.empty();
  }

  /** The objects of a list; none if there is no list. */
  public List<LenientObject> objects(String name) {
    var objects = new ArrayList<LenientObject>();
    List<?> elements = tree.get(name) instanceof List<?> list ? list : List.of();
    for (int i = 0; i < elements.size(); i++) {
      if (!(elements.get(i) instanceof Map<?, ?> object)) {
        throw illegible(name + "/" + i, "is an object");
      }
      objects.add(new LenientObject(object, pointer + "/" + name + "/" + i));
    }
    return objects;
  }

  /** To be thrown: the field is not what its provider documents. @param rule what it must be */
  public Illegible illegible(String name, String rule) {
    return new Illegible(new Violation(pointer + "/" + name, "invalid", rule));
  }
}
