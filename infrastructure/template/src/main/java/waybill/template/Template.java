package waybill.template;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code template.yaml} as it is written: nothing evaluated yet, everything unknown already refused. */
public record Template(Path path, Map<String, Parameter> parameters, Map<String, Object> conditions,
    Map<String, Declared> resources, Map<String, Object> outputs) {

  /** A parameter; {@code value} is null when it has no default. */
  record Parameter(String value, List<String> allowed) {}

  /** A resource with its globals merged in, and the name of the condition that it depends on. */
  record Declared(String id, String type, Optional<String> condition, Map<String, Object> properties) {}

  private static final Map<String, String> GLOBALS = Map.of("Function", "AWS::Serverless::Function", "HttpApi",
      "AWS::Serverless::HttpApi");

  public static Template read(Path path) {
    String file = path.getFileName().toString();
    if (!(Yaml.read(path) instanceof Map<?, ?> root)) {
      throw new RefusedTemplate(file + ": is not a map");
    }
    Props top = new Props(file + ": the template", Props.cast(root)).only(Known.SECTIONS, Set.of());
    top.must("Transform", "AWS::Serverless-2016-10-31");
    Map<String, Declared> resources = new LinkedHashMap<>();
    Props globals = top.child("Globals").only(GLOBALS.keySet(), Set.of());
    top.child("Resources").values().forEach((id, body) -> resources.put(id, declared(file, id, body, globals)));
    return new Template(path, parameters(file, top.child("Parameters")), top.child("Conditions").values(), resources,
        top.child("Outputs").values());
  }

  String file() {
    return path.getFileName().toString();
  }

  private static Map<String, Parameter> parameters(String file, Props section) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    section.values().forEach((name, body) -> {
      Props parameter = map(file + ": " + name, body).only(Known.PARAMETER, Set.of());
      String type = parameter.text("Type");
      if (!Set.of("String", "Number").contains(type)) {
        throw new RefusedTemplate(
            file + ": " + name + " is a parameter of type `" + type + "`, which the embedded cloud does not run");
      }
      parameters.put(name, new Parameter(parameter.text("Default", null), parameter.texts("AllowedValues")));
    });
    return parameters;
  }

  private static Declared declared(String file, String id, Object body, Props globals) {
    String where = file + ": " + id;
    Props resource = map(where, body).only(Known.RESOURCE, Set.of());
    String type = resource.text("Type");
    Known.Type known = Known.TYPES.get(type);
    if (known == null) {
      throw new RefusedTemplate(where + " is of type `" + type + "`, which the embedded cloud does not run");
    }
    Map<String, Object> properties = resource.child("Properties").values();
    for (Map.Entry<String, String> global : GLOBALS.entrySet()) {
      if (global.getValue().equals(type)) {
        properties = merge(globals.child(global.getKey()).values(), properties);
      }
    }
    new Props(where, properties).only(known.run(), known.accepted());
    return new Declared(id, type, resource.optional("Condition"), properties);
  }

  /** As SAM merges globals: maps are joined, lists are appended, and what the resource itself says wins. */
  private static Map<String, Object> merge(Map<String, Object> globals, Map<String, Object> own) {
    Map<String, Object> merged = new LinkedHashMap<>(globals);
    own.forEach((name, value) -> merged.merge(name, value, Template::join));
    return merged;
  }

  private static Object join(Object global, Object own) {
    if (global instanceof Map<?, ?> left && own instanceof Map<?, ?> right) {
      return merge(Props.cast(left), Props.cast(right));
    }
    if (global instanceof List<?> left && own instanceof List<?> right) {
      return Stream.concat(left.stream(), right.stream()).toList();
    }
    return own;
  }

  private static Props map(String where, Object body) {
    if (body instanceof Map<?, ?> map) {
      return new Props(where, Props.cast(map));
    }
    throw new RefusedTemplate(where + " is not a map");
  }
}
