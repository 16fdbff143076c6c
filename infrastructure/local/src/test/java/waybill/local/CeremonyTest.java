package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How much of the handlers is ceremony: lines that say nothing of what a function does. Counted are package, imports, annotations, the
 * header of the class and its last brace, fields and constants, constructors whole, and a handleRequest whole if there is one; of
 * all lines, the blank ones and comments included. At 7ed0a4e it was 56 %.
 */
class CeremonyTest {
  private static final double MOST = 0.35;
  private static final Pattern FIELD = Pattern.compile("  (private|public|static)\\b[^(]*?(=.*|;)");

  private enum Kind {
    PACKAGE, IMPORT, ANNOTATION, CLASS, FIELD, CONSTRUCTOR, HANDLE_REQUEST, CONTENT
  }

  @Test
  void atMostAThirdOfAHandlerIsCeremony() throws IOException {
    var counted = new EnumMap<Kind, Integer>(Kind.class);
    List<Path> handlers = handlers();
    for (Path handler : handlers) {
      count(handler, counted);
    }
    int all = counted.values().stream().mapToInt(Integer::intValue).sum();
    int ceremony = all - counted.get(Kind.CONTENT);
    System.out.printf("ceremony of %d handlers: %d of %d lines, %.1f %% %s%n", handlers.size(), ceremony, all,
        100.0 * ceremony / all, counted);

    assertThat(handlers).hasSizeGreaterThan(30);
    assertThat((double) ceremony / all).as("ceremony %s", counted).isLessThanOrEqualTo(MOST);
  }

  private static List<Path> handlers() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../../functions"))) {
      return files.filter(it -> it.toString().matches(".*/src/main/java/.*Handler\\.java")).sorted().toList();
    }
  }

  private static void count(Path handler, Map<Kind, Integer> counted) throws IOException {
    String name = handler.getFileName().toString().replace(".java", "");
    Pattern constructor = Pattern.compile("  (public |private |protected )?" + name + "\\(.*");
    Pattern header = Pattern.compile("(public )?(final )?(class|record) " + name + "\\b.*");
    Kind within = null;
    for (String line : Files.readAllLines(handler)) {
      Kind kind = within;
      if (within == null) {
        if (line.startsWith("package ")) {
          kind = Kind.PACKAGE;
        } else if (line.startsWith("import ")) {
          kind = Kind.IMPORT;
        } else if (line.strip().startsWith("@")) {
          kind = Kind.ANNOTATION;
        } else if (header.matcher(line).matches() || line.equals("}")) {
          kind = Kind.CLASS;
          within = line.endsWith("{") || line.equals("}") ? null : Kind.CLASS;
        } else if (constructor.matcher(line).matches()) {
          kind = Kind.CONSTRUCTOR;
          within = line.endsWith("}") ? null : Kind.CONSTRUCTOR;
        } else if (line.contains(" void handleRequest(")) {
          kind = Kind.HANDLE_REQUEST;
          within = Kind.HANDLE_REQUEST;
        } else {
          kind = FIELD.matcher(line).matches() ? Kind.FIELD : Kind.CONTENT;
        }
      } else if (within == Kind.CLASS ? line.endsWith("{") : line.equals("  }")) {
        within = null;
      }
      counted.merge(kind, 1, Integer::sum);
    }
  }
}
