package waybill.template;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code template.yaml} as it is written, and the templates that it nests: loops written out, nothing else evaluated yet,
 * everything unknown already refused.
 *
 * @param nested by the logical id of the stack that each is of
 */
public record Template(Path path, Map<String, Parameter> parameters, Map<String, Object> conditions,
    Map<String, Object> mappings, Map<String, Declared> resources, Map<String, Object> outputs,
    Map<String, Template> nested) {

  /** A parameter; {@code value} is null when it has no default. */
  record Parameter(String value, List<String> allowed) {}

  /** A resource with its globals merged in, what stands beside its properties, and the name of the condition that it depends on. */
  record Declared(String id, String type, Optional<String> condition, Map<String, Object> attributes,
      Map<String, Object> properties) {}

  private static final String LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions";
  private static final String SAM = "AWS::Serverless-2016-10-31";
  /** Loops are written out before SAM reads what they make, so it is the last. */
  private static final List<List<String>> TRANSFORMS = List.of(List.of(SAM), List.of(LANGUAGE_EXTENSIONS),
      List.of(LANGUAGE_EXTENSIONS, SAM));

  private static final Map<String, String> GLOBALS = Map.of("Function", "AWS::Serverless::Function", "HttpApi",
      "AWS::Serverless::HttpApi");

  /** The types whose properties name another template's file. */
  private static final Map<String, String> NESTED = Map.of("AWS::CloudFormation::Stack", "TemplateURL",
      "AWS::Serverless::Application", "Location");

  public static Template read(Path path) {
    String file = path.getFileName().toString();
    if (!(Yaml.read(path) instanceof Map<?, ?> root)) {
      throw new RefusedTemplate(file + ": is not a map");
    }
    Props top = new Props(file + ": the template", Props.cast(root)).only(Known.SECTIONS, Set.of());
    List<String> transforms = transforms(top);
    Map<String, Parameter> parameters = parameters(file, top.child("Parameters"));
    Map<String, Declared> resources = new LinkedHashMap<>();
    Props globals = top.child("Globals").only(GLOBALS.keySet(), Set.of());
    section(top, "Resources", parameters, transforms)
        .forEach((id, body) -> resources.put(id, declared(file, id, body, globals, transforms)));
    return new Template(path, parameters, section(top, "Conditions", parameters, transforms),
        top.child("Mappings").values(), resources, section(top, "Outputs", parameters, transforms),
        nested(path, resources));
  }

  String file() {
    return path.getFileName().toString();
  }

  private static List<String> transforms(Props top) {
    List<String> transforms = top.values().get("Transform") instanceof List<?>
        ? top.texts("Transform")
        : List.of(top.text("Transform", SAM));
    if (!TRANSFORMS.contains(transforms)) {
      throw new RefusedTemplate(
          top.where() + " has `Transform: " + transforms + "`; the embedded cloud runs only " + TRANSFORMS.getLast());
    }
    return transforms;
  }

  private static Map<String, Object> section(Props top, String name, Map<String, Parameter> parameters,
      List<String> transforms) {
    Map<String, Object> section = top.child(name).values();
    if (Loops.in(section) && !transforms.contains(LANGUAGE_EXTENSIONS)) {
      throw new RefusedTemplate(top.where() + " has loops without the transform " + LANGUAGE_EXTENSIONS);
    }
    return new Loops(top.where().replace(": the template", ""), parameters).writtenOut(section);
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

  private static Declared declared(String file, String id, Object body, Props globals, List<String> transforms) {
    String where = file + ": " + id;
    Props resource = map(where, body).only(Known.RESOURCE, Set.of());
    String type = resource.text("Type");
    Known.Type known = Known.TYPES.get(type);
    if (known == null) {
      throw new RefusedTemplate(where + " is of type `" + type + "`, which the embedded cloud does not run");
    }
    if (type.startsWith("AWS::Serverless::") && !transforms.contains(SAM)) {
      throw new RefusedTemplate(where + " is of type `" + type + "`, which needs the transform " + SAM);
    }
    Map<String, Object> properties = resource.child("Properties").values();
    for (Map.Entry<String, String> global : GLOBALS.entrySet()) {
      if (global.getValue().equals(type)) {
        properties = merge(globals.child(global.getKey()).values(), properties);
      }
    }
    new Props(where, properties).only(known.run(), known.accepted());
    Map<String, Object> attributes = new LinkedHashMap<>(resource.values());
    attributes.keySet().removeAll(Set.of("Type", "Properties"));
    return new Declared(id, type, resource.optional("Condition"), attributes, properties);
  }

  private static Map<String, Template> nested(Path path, Map<String, Declared> resources) {
    Map<String, Template> nested = new LinkedHashMap<>();
    resources.forEach((id, resource) -> {
      String property = NESTED.get(resource.type());
      if (property != null) {
        Props props = new Props(path.getFileName() + ": " + id, resource.properties());
        if (!(props.values().get(property) instanceof String file) || file.contains("://")) {
          throw props.wrong(property, "a file beside this template");
        }
        nested.put(id, read(path.resolveSibling(file)));
      }
    });
    return nested;
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
