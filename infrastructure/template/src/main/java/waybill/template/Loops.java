package waybill.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.template.Yaml.Intrinsic;

/**
 * Writes out the loops of a section, as the transform {@code AWS::LanguageExtensions} does: {@code Fn::ForEach::Name: [Variable,
 * [values], {…}]} becomes what it repeats, once for each value. In that, keys and texts say <code>${Variable}</code>, or
 * <code>&amp;{Variable}</code> for its letters and digits alone, and a value is <code>!Ref Variable</code>.
 */
final class Loops {
  static final String KEY = "Fn::ForEach::";

  private final String file;
  private final Map<String, ?> parameters;

  /** @param parameters of the template: a variable of the same name would be ambiguous */
  Loops(String file, Map<String, ?> parameters) {
    this.file = file;
    this.parameters = parameters;
  }

  static boolean in(Map<String, ?> section) {
    return section.keySet().stream().anyMatch(it -> it.startsWith(KEY));
  }

  /** The section with every loop in it, and every loop within a loop, replaced by what it repeats. */
  Map<String, Object> writtenOut(Map<String, Object> section) {
    Map<String, Object> written = new LinkedHashMap<>();
    section.forEach((name, value) -> {
      if (name.startsWith(KEY)) {
        repeated(name, value).forEach((key, copy) -> put(written, key, copy));
      } else {
        refuseInside(name, value);
        put(written, name, value);
      }
    });
    return written;
  }

  private void put(Map<String, Object> written, String name, Object value) {
    if (written.put(name, value) != null) {
      throw new RefusedTemplate(file + ": `" + name + "` is made twice by a loop");
    }
  }

  private Map<String, Object> repeated(String name, Object loop) {
    if (!(loop instanceof List<?> parts && parts.size() == 3 && parts.get(0) instanceof String variable
        && parts.get(2) instanceof Map<?, ?> body)) {
      throw new RefusedTemplate(file + ": has a malformed `" + name + "`");
    }
    if (parameters.containsKey(variable)) {
      throw new RefusedTemplate(
          file + ": the variable of `" + name + "` is called as the parameter `" + variable + "`");
    }
    if (!(parts.get(1) instanceof List<?> values && values.stream().allMatch(String.class::isInstance))) {
      throw new RefusedTemplate(
          file + ": `" + name + "` repeats what is not a list of texts, which the embedded cloud does not run");
    }
    Map<String, Object> written = new LinkedHashMap<>();
    for (Object value : values) {
      Map<String, Object> copy = Props.cast((Map<?, ?>) new Variable(variable, (String) value).replacedIn(body));
      writtenOut(copy).forEach((key, child) -> put(written, key, child));
    }
    return written;
  }

  /** CloudFormation knows loops over properties too; nothing here needs them. */
  private void refuseInside(String name, Object value) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((key, child) -> {
        if (((String) key).startsWith(KEY)) {
          throw new RefusedTemplate(
              file + ": " + name + " has the loop `" + key + "` inside, which the embedded cloud does not run");
        }
        refuseInside(name, child);
      });
      case List<?> list -> list.forEach(child -> refuseInside(name, child));
      case Intrinsic call -> refuseInside(name, call.argument());
      case null, default -> {
      }
    }
  }

  /** A loop's variable in one of its rounds. */
  private record Variable(String name, String value) {
    Object replacedIn(Object tree) {
      return switch (tree) {
        case String text -> replacedIn(text);
        case Intrinsic(String call, Object argument) when call.equals("Ref") && name.equals(argument) -> value;
        case Intrinsic(String call, Object argument) -> new Intrinsic(call, replacedIn(argument));
        case List<?> list -> {
          List<Object> copy = new ArrayList<>();
          list.forEach(child -> copy.add(replacedIn(child)));
          yield copy;
        }
        case Map<?, ?> map -> {
          Map<String, Object> copy = new LinkedHashMap<>();
          map.forEach((key, child) -> copy.put(replacedIn((String) key), replacedIn(child)));
          yield copy;
        }
        case null -> null;
        default -> tree;
      };
    }

    private String replacedIn(String text) {
      return text.replace("${" + name + "}", value).replace("&{" + name + "}", value.replaceAll("[^A-Za-z0-9]", ""));
    }
  }
}
