package waybill.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML as CloudFormation writes it: maps, lists, text, numbers and flags, and {@link Intrinsic} for both spellings of a
 * function ({@code !Sub x} and {@code Fn::Sub: x}).
 */
public final class Yaml {
  /** A call that is evaluated later: {@code name} is its long spelling. */
  public record Intrinsic(String name, Object argument) {}

  private final String file;

  private Yaml(String file) {
    this.file = file;
  }

  public static Object read(Path path) {
    String file = path.getFileName().toString();
    try (Reader reader = Files.newBufferedReader(path)) {
      Node root = new Compose(LoadSettings.builder().setLabel(file).build()).composeReader(reader)
          .orElseThrow(() -> new RefusedTemplate(file + ": is empty"));
      return new Yaml(file).value(root);
    } catch (IOException e) {
      throw new RefusedTemplate(file + ": cannot be read (" + e + ")");
    }
  }

  private Object value(Node node) {
    String tag = node.getTag().getValue();
    Object plain = switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> throw new RefusedTemplate(file + ": has a " + node.getNodeType() + where(node));
    };
    return tag.startsWith("!") ? Intrinsics.shortForm(file, tag, plain) : plain;
  }

  private Object scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT)) {
      return Long.valueOf(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    return text;
  }

  private List<Object> sequence(SequenceNode node) {
    List<Object> list = new ArrayList<>();
    node.getValue().forEach(child -> list.add(value(child)));
    return list;
  }

  private Object mapping(MappingNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      String key = String.valueOf(value(entry.getKeyNode()));
      if (map.containsKey(key)) {
        throw new RefusedTemplate(file + ": `" + key + "` stands twice" + where(entry.getKeyNode()));
      }
      map.put(key, value(entry.getValueNode()));
    }
    return map.size() == 1 ? Intrinsics.longForm(file, map) : map;
  }

  private static String where(Node node) {
    return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
  }
}
