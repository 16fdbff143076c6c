package waybill.platform;

import java.util.Map;
import java.util.Optional;

/** The names and values that the template gives a function. A name that is not set is a fault of the template, and is reported as one. */
public record Environment(Map<String, String> values) {

  public Environment {
    values = Map.copyOf(values);
  }

  public String get(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("the environment lacks " + name));
  }

  /** What the template may leave empty. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(it -> !it.isEmpty());
  }
}
