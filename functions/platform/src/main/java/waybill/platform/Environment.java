package waybill.platform;

import java.util.Map;

/** What the template tells a function. A name that is not set is a fault of the template and says so. */
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
