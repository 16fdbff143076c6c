package waybill.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map of the template that knows its own place in it, so that whatever is refused can be found. {@code where} reads
 * like "template.yaml: ReserveStock".
 */
public record Props(String where, Map<String, Object> values) {

  /** Refuses every property that is named in neither list. */
  public Props only(Set<String> run, Set<String> accepted) {
    for (String name : values.keySet()) {
      if (!run.contains(name) && !accepted.contains(name)) {
        throw new RefusedTemplate(where + " has the property `" + name + "`, which the embedded cloud does not run");
      }
    }
    return this;
  }

  public Props only(String... run) {
    return only(Set.of(run), Set.of());
  }

  public boolean has(String name) {
    return values.get(name) != null;
  }

  public String text(String name) {
    return optional(name).orElseThrow(() -> new RefusedTemplate(where + " lacks `" + name + "`"));
  }

  public String text(String name, String fallback) {
    return optional(name).orElse(fallback);
  }

  public Optional<String> optional(String name) {
    return switch (values.get(name)) {
      case null -> Optional.empty();
      case Map<?, ?> _, List<?> _ -> throw wrong(name, "text");
      case Object value -> Optional.of(String.valueOf(value));
    };
  }

  public int number(String name, int fallback) {
    try {
      return optional(name).map(Integer::parseInt).orElse(fallback);
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number");
    }
  }

  public boolean flag(String name, boolean fallback) {
    return optional(name).map(Boolean::parseBoolean).orElse(fallback);
  }

  /** The map under a name; empty when there is none. */
  public Props child(String name) {
    return values.get(name) == null ? new Props(where + "." + name, Map.of()) : child(name, values.get(name));
  }

  private Props child(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, "a map");
    }
    return new Props(where + "." + name, cast(map));
  }

  /** The maps in the list under a name. */
  public List<Props> children(String name) {
    List<Props> children = new ArrayList<>();
    for (Object child : list(name)) {
      children.add(child(name, child));
    }
    return children;
  }

  public List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  private List<?> list(String name) {
    return switch (values.get(name)) {
      case null -> List.of();
      case List<?> list -> list;
      default -> throw wrong(name, "a list");
    };
  }

  /** Refuses a value that AWS would take and this cloud would not honour. */
  Props must(String name, String value) {
    optional(name).filter(actual -> !actual.equals(value)).ifPresent(actual -> {
      throw new RefusedTemplate(where + " has `" + name + ": " + actual + "`; the embedded cloud runs only " + value);
    });
    return this;
  }

  RefusedTemplate wrong(String name, String expected) {
    return new RefusedTemplate(where + " has a `" + name + "` that is not " + expected + ": " + values.get(name));
  }

  @SuppressWarnings("unchecked") // keys come from Yaml, which makes them text
  static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
