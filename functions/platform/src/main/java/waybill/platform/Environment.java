package waybill.platform;

import java.util.Map;

/** The names and values that the template gives a function. A name that is not set is a fault of the template, and is reported as one. */
public record Environment(Map<String, String> values) {

  public Environment {
    values = Map.copyOf(values);
  }

  public String get(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("the environment lacks " + name);
    }
    return value;
  }
}
