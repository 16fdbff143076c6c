package waybill.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import waybill.template.Yaml.Intrinsic;

/** Evaluates the template's functions. A name that leads nowhere is refused, as CloudFormation refuses it. */
final class Intrinsics {
  private static final Set<String> KNOWN = Set.of("Ref", "Fn::Sub", "Fn::GetAtt", "Fn::Join", "Fn::Select",
      "Fn::Split", "Fn::If", "Fn::Equals", "Fn::And", "Fn::Not", "Fn::FindInMap");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  /** What {@code !Ref AWS::NoValue} gives: the key it stands on is left out. */
  private static final Object NO_VALUE = new Object();

  /** What the names of the template stand for. */
  interface Names {
    /** A parameter, a pseudo parameter or a resource; null when there is none. */
    String ref(String name);

    /** An attribute of a resource; null when there is none. */
    String attribute(String resource, String attribute);

    /** A condition as declared; null when there is none of this name. */
    Object condition(String name);

    /** A value of a map under {@code Mappings}; null when there is none. */
    Object mapped(String map, String row, String column);
  }

  private final Names names;

  Intrinsics(Names names) {
    this.names = names;
  }

  static Intrinsic shortForm(String file, String tag, Object argument) {
    String name = tag.equals("!Ref") ? "Ref" : "Fn::" + tag.substring(1);
    return new Intrinsic(known(file, name, tag), argument);
  }

  /** A map of one entry is a call when its key says so; a loop is not one, {@link Loops} writes it out. */
  static Object longForm(String file, Map<String, Object> map) {
    String key = map.keySet().iterator().next();
    if (key.startsWith(Loops.KEY)) {
      return map;
    }
    return key.equals("Ref") || key.startsWith("Fn::") ? new Intrinsic(known(file, key, key), map.get(key)) : map;
  }

  private static String known(String file, String name, String spelled) {
    if (KNOWN.contains(name)) {
      return name;
    }
    throw new RefusedTemplate(file + ": uses the intrinsic `" + spelled + "`, which the embedded cloud does not run");
  }

  /** The value with every call in it evaluated; {@code where} begins the sentence of a refusal. */
  Object evaluate(String where, Object value) {
    return switch (value) {
      case Intrinsic call -> call(where, call);
      case Map<?, ?> map -> {
        Map<String, Object> evaluated = new LinkedHashMap<>();
        map.forEach((key, child) -> keep(evaluated, (String) key, evaluate(where, child)));
        yield evaluated;
      }
      case List<?> list -> list.stream().map(child -> evaluate(where, child)).filter(it -> it != NO_VALUE)
          .collect(Collectors.toCollection(ArrayList::new));
      case null -> null;
      default -> value;
    };
  }

  private static void keep(Map<String, Object> map, String key, Object value) {
    if (value != NO_VALUE) {
      map.put(key, value);
    }
  }

  private Object call(String where, Intrinsic call) {
    return switch (call.name()) {
      case "Ref" -> referenced(where, call);
      case "Fn::GetAtt" -> evaluate(where, call.argument()) instanceof List<?> path
          ? attribute(where, path.stream().map(String::valueOf).collect(Collectors.joining(".")))
          : attribute(where, text(where, call));
      case "Fn::FindInMap" -> findInMap(where, call);
      case "Fn::Sub" -> sub(where, call);
      case "Fn::Join" -> String.join((String) pair(where, call).get(0), texts(where, call, pair(where, call).get(1)));
      case "Fn::Select" -> select(where, call);
      case "Fn::Split" -> new ArrayList<Object>(List.of(
          String.valueOf(pair(where, call).get(1)).split(Pattern.quote(String.valueOf(pair(where, call).get(0))), -1)));
      case "Fn::If" -> choose(where, call);
      case "Fn::Equals" -> pair(where, call).get(0).equals(pair(where, call).get(1));
      case "Fn::And" -> truths(where, call).stream().allMatch(it -> it);
      case "Fn::Not" -> truths(where, call).stream().noneMatch(it -> it);
      default -> throw new IllegalStateException(call.name());
    };
  }

  private List<Boolean> truths(String where, Intrinsic call) {
    if (evaluate(where, call.argument()) instanceof List<?> parts
        && parts.stream().allMatch(Boolean.class::isInstance)) {
      return parts.stream().map(Boolean.class::cast).toList();
    }
    throw malformed(where, call);
  }

  /** Only the branch that is chosen is evaluated: names in the other may lead to what is not made. */
  private Object choose(String where, Intrinsic call) {
    if (!(call.argument() instanceof List<?> parts && parts.size() == 3)) {
      throw malformed(where, call);
    }
    return evaluate(where, parts.get(holds(where, String.valueOf(parts.get(0))) ? 1 : 2));
  }

  boolean holds(String where, String condition) {
    Object declared = names.condition(condition);
    if (declared == null) {
      throw new RefusedTemplate(
          where + " depends on the condition `" + condition + "`, which the template does not declare");
    }
    return (Boolean) evaluate(where + ": the condition " + condition, declared);
  }

  /** The default is evaluated only if there is no such value: a row says what differs from it. */
  private Object findInMap(String where, Intrinsic call) {
    if (!(call.argument() instanceof List<?> parts && (parts.size() == 3 || parts.size() == 4))) {
      throw malformed(where, call);
    }
    List<String> path = texts(where, call, evaluate(where, parts.subList(0, 3)));
    Object value = names.mapped(path.get(0), path.get(1), path.get(2));
    if (value != null) {
      return value;
    }
    if (parts.size() == 4) {
      if (!(parts.get(3) instanceof Map<?, ?> last && last.keySet().equals(Set.of("DefaultValue")))) {
        throw malformed(where, call);
      }
      return evaluate(where, last.get("DefaultValue"));
    }
    throw new RefusedTemplate(where + " looks for `" + String.join(".", path) + "`, which no mapping has");
  }

  private Object select(String where, Intrinsic call) {
    List<String> choices = texts(where, call, pair(where, call).get(1));
    int index = Integer.parseInt(String.valueOf(pair(where, call).get(0)));
    if (index < 0 || index >= choices.size()) {
      throw new RefusedTemplate(where + " selects number " + index + " of " + choices);
    }
    return choices.get(index);
  }

  private String sub(String where, Intrinsic call) {
    String pattern;
    Map<?, ?> own = Map.of();
    if (call.argument() instanceof List<?> both && both.size() == 2 && both.get(1) instanceof Map<?, ?> variables) {
      pattern = String.valueOf(both.get(0));
      own = (Map<?, ?>) evaluate(where, variables);
    } else {
      pattern = text(where, call);
    }
    Matcher matcher = PLACEHOLDER.matcher(pattern);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(substitute(where, matcher.group(1), own)));
    }
    return matcher.appendTail(result).toString();
  }

  private String substitute(String where, String name, Map<?, ?> own) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}"; // ${!x} is how Sub writes a literal ${x}
    }
    if (own.containsKey(name)) {
      return String.valueOf(own.get(name));
    }
    return name.contains(".") ? attribute(where, name) : ref(where, name);
  }

  /** With the transform for loops, the name may be put together. */
  private Object referenced(String where, Intrinsic call) {
    if (!(evaluate(where, call.argument()) instanceof String name)) {
      throw malformed(where, call);
    }
    return name.equals("AWS::NoValue") ? NO_VALUE : ref(where, name);
  }

  private String ref(String where, String name) {
    String value = names.ref(name);
    if (value == null) {
      throw new RefusedTemplate(where + " refers to `" + name + "`, which the template does not declare");
    }
    return value;
  }

  private String attribute(String where, String path) {
    int dot = path.indexOf('.');
    String value = dot < 0 ? null : names.attribute(path.substring(0, dot), path.substring(dot + 1));
    if (value == null) {
      throw new RefusedTemplate(
          where + " asks for the attribute `" + path + "`, which the embedded cloud does not know");
    }
    return value;
  }

  private List<?> pair(String where, Intrinsic call) {
    if (evaluate(where, call.argument()) instanceof List<?> list && list.size() == 2) {
      return list;
    }
    throw malformed(where, call);
  }

  private static List<String> texts(String where, Intrinsic call, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw malformed(where, call);
  }

  private static String text(String where, Intrinsic call) {
    if (call.argument() instanceof String text) {
      return text;
    }
    throw malformed(where, call);
  }

  private static RefusedTemplate malformed(String where, Intrinsic call) {
    return new RefusedTemplate(where + " has a malformed `" + call.name() + "`");
  }
}
