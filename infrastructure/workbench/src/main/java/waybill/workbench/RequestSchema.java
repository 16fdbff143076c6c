package waybill.workbench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import waybill.platform.Fields;
import waybill.platform.Json;
import waybill.platform.Problem;
import waybill.platform.Violation;
import waybill.template.Yaml;

/**
 * A request's schema in {@code openapi.yaml}, to be held against what its reader takes. Field by field, a sample of the request
 * is changed to values at and beside each limit; schema and reader must agree on every one. A schema that cannot say all that
 * its reader checks, for example that a currency exists, says so by {@code x-narrower}: it may take more.
 */
public final class RequestSchema {
  /** Rules that a schema can express. Others, for example that there is such a line, are beyond it. */
  private static final Set<String> CODES = Set.of("required", "wrong_type", "empty", "too_long", "control_character",
      "invalid", "out_of_range", "unknown_value", "wrong_count", "too_many", "invalid_key");
  private static final Path FILE = Path.of("../..").toAbsolutePath().normalize().resolve("infrastructure/openapi.yaml");

  private final Map<String, Object> document;
  private final Map<String, Object> schema;

  private RequestSchema(Map<String, Object> document, Map<String, Object> schema) {
    this.document = document;
    this.schema = schema;
  }

  /** @param name in the components of {@code infrastructure/openapi.yaml}, two folders above where tests run */
  public static RequestSchema of(String name) {
    return in(Json.object(Yaml.read(FILE)), name);
  }

  static RequestSchema in(Map<String, Object> document, String name) {
    Map<String, Object> schemas = Json.object(Json.object(document.get("components")).get("schemas"));
    return new RequestSchema(document, Json.object(schemas.get(name)));
  }

  /**
   * Where the two disagree; empty if nowhere.
   *
   * @param sample JSON of a request with every field
   * @param reader reads the request; what it returns is compared for defaults
   * @param together pointers of fields that depend on each other, so that none may be left out alone
   */
  public List<String> misfits(String sample, Function<Fields, ?> reader, String... together) {
    var walk = new Walk(Json.readObject(sample), reader, Set.of(together));
    walk.object(alternative(schema, walk.sample), "", walk.sample);
    return walk.misfits;
  }

  /** What the reader made of a body. @param value null if it refused */
  private record Read(Object value, List<Violation> violations, Map<String, Set<String>> asked) {

    boolean takes(String pointer) {
      return violations.stream().noneMatch(it -> it.pointer().equals(pointer) && CODES.contains(it.code()));
    }

    boolean takesAllOf(String pointer) {
      return violations.stream().noneMatch(it -> (it.pointer() + "/").startsWith(pointer + "/"));
    }
  }

  private final class Walk {
    private final Map<String, Object> sample;
    private final Function<Fields, ?> reader;
    private final Set<String> together;
    private final List<String> misfits = new ArrayList<>();

    Walk(Map<String, Object> sample, Function<Fields, ?> reader, Set<String> together) {
      this.sample = sample;
      this.reader = reader;
      this.together = together;
      Read read = read(sample);
      read.violations.forEach(it -> misfits.add("the sample is refused: " + it));
    }

    private Read read(Map<String, Object> body) {
      Fields fields = Fields.of(body);
      try {
        Object value = reader.apply(fields);
        fields.verify();
        return new Read(value, List.of(), fields.asked());
      } catch (Problem refusal) {
        return new Read(null, ((List<?>) refusal.body().get("errors")).stream().map(Violation.class::cast).toList(),
            fields.asked());
      }
    }

    void object(Map<String, Object> schema, String pointer, Map<String, Object> value) {
      Map<String, Object> properties = Json.object(schema.get("properties"));
      Set<String> asked = read(sample).asked.getOrDefault(pointer, Set.of());
      if (!asked.equals(properties.keySet())) {
        misfits.add("%s is read as %s and described as %s".formatted(pointer.isEmpty() ? "the request" : pointer,
            new TreeSet<>(asked), new TreeSet<>(properties.keySet())));
      }
      if (!Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        misfits.add(pointer + " is described as taking any field");
      }
      List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
      properties.forEach((name, property) -> field(resolved(property), pointer + "/" + name, value.get(name),
          required.contains(name)));
    }

    private void field(Map<String, Object> schema, String pointer, Object value, boolean required) {
      if (value == null) {
        misfits.add(pointer + " is not in the sample");
        return;
      }
      omission(schema, pointer, required);
      probe(schema, pointer, value);
      inside(schema, pointer, value);
    }

    private void omission(Map<String, Object> schema, String pointer, boolean required) {
      if (together.contains(pointer)) {
        return;
      }
      if (read(without(pointer)).takes(pointer) == required) {
        misfits.add("%s is described as %s and read as if not".formatted(pointer, required ? "required" : "optional"));
      }
      if (read(with(pointer, null)).takes(pointer) != Schemas.takes(schema, null)) {
        misfits.add("%s and null: described and read differently".formatted(pointer));
      }
      if (schema.containsKey("default")
          && !Objects.equals(read(without(pointer)).value,
              read(with(pointer, Json.read(Json.write(schema.get("default"))))).value)) {
        misfits.add("%s has another default than %s".formatted(pointer, schema.get("default")));
      }
    }

    private void probe(Map<String, Object> schema, String pointer, Object value) {
      boolean narrower = schema.containsKey("x-narrower");
      Optional<Object> misfit = Schemas.probes(schema, value).stream().filter(probe -> {
        Read read = read(with(pointer, probe));
        boolean taken = schema.containsKey("propertyNames") ? read.takesAllOf(pointer) : read.takes(pointer);
        boolean described = Schemas.takes(schema, probe);
        return taken ? !described : described && !narrower;
      }).findFirst();
      misfit.ifPresent(it -> misfits.add("%s and %s: it is described as %s and read as if not".formatted(pointer,
          shown(it), Schemas.takes(schema, it) ? "right" : "wrong")));
      if (schema.get("enum") instanceof List<?> values) {
        choices(pointer, values);
      }
    }

    /** What is none of the choices is refused with all of them. */
    private void choices(String pointer, List<?> values) {
      var described = new TreeSet<>(values.stream().filter(Objects::nonNull).map(String::valueOf).toList());
      read(with(pointer, "none of them")).violations.stream().filter(it -> it.pointer().equals(pointer)).forEach(it -> {
        var read = new TreeSet<>(List.of(it.detail().replaceFirst("^is one of ", "").split(", ")));
        if (!read.equals(described)) {
          misfits.add("%s is read as one of %s and described as one of %s".formatted(pointer, read, described));
        }
      });
    }

    private void inside(Map<String, Object> schema, String pointer, Object value) {
      if (value instanceof Map<?, ?> object && schema.containsKey("properties")) {
        object(alternative(schema, object), pointer, Json.object(object));
      } else if (value instanceof List<?> list && !list.isEmpty()) {
        elements(Json.object(schema.get("items")), pointer, list);
      }
    }

    /** One element of each kind. */
    private void elements(Map<String, Object> items, String pointer, List<?> list) {
      var seen = new HashSet<Object>();
      for (int i = 0; i < list.size(); i++) {
        Map<String, Object> schema = alternative(items, list.get(i));
        if (seen.add(schema) && list.get(i) instanceof Map<?, ?> object) {
          object(schema, pointer + "/" + i, Json.object(object));
        } else if (i == 0) {
          probe(schema, pointer + "/" + i, list.get(i));
        }
      }
      if (items.get("oneOf") instanceof List<?> kinds && seen.size() < kinds.size()) {
        misfits.add(pointer + " has not one of each kind in the sample");
      }
    }

    private Map<String, Object> without(String pointer) {
      return changed(sample, pointer.substring(1).split("/"), 0, Optional.empty());
    }

    private Map<String, Object> with(String pointer, Object value) {
      return changed(sample, pointer.substring(1).split("/"), 0, Optional.of(new Object[]{value}));
    }
  }

  private static Map<String, Object> changed(Map<String, Object> object, String[] path, int depth,
      Optional<Object[]> value) {
    var copy = new LinkedHashMap<>(object);
    if (depth < path.length - 1) {
      copy.put(path[depth], changed(copy.get(path[depth]), path, depth + 1, value));
    } else if (value.isPresent()) {
      copy.put(path[depth], value.get()[0]);
    } else {
      copy.remove(path[depth]);
    }
    return copy;
  }

  private static Object changed(Object tree, String[] path, int depth, Optional<Object[]> value) {
    if (tree instanceof Map<?, ?> object) {
      return changed(Json.object(object), path, depth, value);
    }
    var copy = new ArrayList<Object>((List<?>) tree);
    int index = Integer.parseInt(path[depth]);
    copy.set(index,
        depth < path.length - 1 ? changed(copy.get(index), path, depth + 1, value) : value.orElseThrow()[0]);
    return copy;
  }

  private static String shown(Object probe) {
    String text = Json.write(probe);
    return text.length() <= 60 ? text : "%s... (%d characters)".formatted(text.substring(0, 60), text.length());
  }

  /** The kind of element that this is, by the constant that it has, or by the fields that the kind requires. */
  private Map<String, Object> alternative(Map<String, Object> items, Object element) {
    if (!(items.get("oneOf") instanceof List<?> kinds)) {
      return resolved(items);
    }
    return kinds.stream().map(this::resolved).filter(kind -> !(kind.get("required") instanceof List<?> required)
        || ((Map<?, ?>) element).keySet().containsAll(required))
        .filter(kind -> Json.object(kind.get("properties")).entrySet().stream()
            .allMatch(it -> {
              Object constant = Json.object(it.getValue()).get("const");
              return constant == null || constant.equals(((Map<?, ?>) element).get(it.getKey()));
            }))
        .findFirst().orElseThrow();
  }

  /** The schema itself or what it refers to; of one that may also be null, with null among its types. */
  private Map<String, Object> resolved(Object object) {
    Map<String, Object> node = Json.object(object);
    if (node.get("$ref") instanceof String reference) {
      Object place = document;
      for (String step : reference.substring(2).split("/")) {
        place = Json.object(place).get(step);
      }
      return resolved(place);
    }
    if (node.get("anyOf") instanceof List<?> parts) {
      var joined = new LinkedHashMap<>(resolved(parts.getFirst()));
      // One of several kinds of objects says its type in each.
      joined.put("type", List.of(joined.getOrDefault("type", "object"), "null"));
      return joined;
    }
    return node;
  }
}
