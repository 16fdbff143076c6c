package waybill.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.template.Yaml;

/** A page of CloudFormation as tests compare it: {@code !Ref X} and the like are texts, longs are ints. */
final class AsText {
  private AsText() {}

  static Object of(Object tree) {
    return switch (tree) {
      case null -> null;
      case Yaml.Intrinsic call -> "!" + call.name().replace("Fn::", "") + " " + call.argument();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> copy.put(name.toString(), of(value)));
        yield copy;
      }
      case List<?> list -> list.stream().map(AsText::of).toList();
      case Long number -> Math.toIntExact(number);
      default -> tree;
    };
  }
}
