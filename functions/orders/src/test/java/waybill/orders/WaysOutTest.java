package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.orders.WaysOut.Row;

/** Every end state has a way out, and somebody hears of it. */
class WaysOutTest {
  private static final Path PAGE = Path.of("../../infrastructure/ways-out.md");
  private static final List<Row> ROWS = WaysOut.all();

  private static String text(String file) {
    try {
      return Files.readString(Path.of("../..", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void somebodyHearsOfEachStateAndSomethingLeavesIt() {
    assertThat(ROWS).allSatisfy(it -> {
      assertThat(it.told()).as("who hears of %s", it).isNotEmpty();
      assertThat(it.ways()).as("what leaves %s", it).isNotEmpty();
    });
  }

  @Test
  void mailsAlarmsCallsAndMessagesThatAreNamedAreThere() {
    String api = text("infrastructure/openapi.yaml");
    String runbooks = text("infrastructure/runbooks.md");
    ROWS.stream().flatMap(it -> it.told().stream()).distinct().forEach(told -> {
      switch (told) {
        case WaysOut.Mail it -> assertThat(Path
            .of("../notifications/src/main/java/waybill/notifications", it.name() + "Mail.java")).exists();
        case WaysOut.Alarm it -> assertThat(runbooks).contains("## `" + it.entry() + "`");
        case WaysOut.Listed _, WaysOut.Event _, WaysOut.Caller _ -> {
          // They are values of the types themselves.
        }
      }
    });
    ROWS.stream().flatMap(it -> it.ways().stream()).distinct().forEach(way -> {
      switch (way) {
        case WaysOut.Call it -> {
          String[] route = it.route().split(" ");
          int path = api.indexOf("\n  " + route[1] + ":\n");
          assertThat(path).as("the path of %s", it.route()).isPositive();
          int next = api.indexOf("\n  /", path + 1);
          assertThat(api.substring(path, next)).as(it.route()).contains("    " + route[0].toLowerCase() + ":");
        }
        case WaysOut.News it -> assertThat(AdvanceOrder.Input.class).as(it.message().getName())
            .isAssignableFrom(it.message());
        case WaysOut.End _ -> {
          // Said in words.
        }
      }
    });
  }

  @Test
  void eachValueThatTheDescribedApiShowsIsInTheTable() {
    List<Set<String>> described = Pattern.compile("enum: \\[([^]]*)]").matcher(text("infrastructure/openapi.yaml"))
        .results().map(it -> Set.of(it.group(1).trim().split("\\s*,\\s*"))).toList();
    byField().forEach((field, rows) -> {
      Set<String> values = rows.stream().map(Row::value).collect(Collectors.toSet());
      assertThat(described).as("the values of %s", field).contains(values);
    });
  }

  private static Map<String, List<Row>> byField() {
    return ROWS.stream().collect(Collectors.groupingBy(Row::field, TreeMap::new, Collectors.toList()));
  }

  @Test
  void thePageIsTheTable() throws IOException {
    String page = page();
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/ways-out.md"), page);
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "").as("copy functions/orders/target/ways-out.md")
        .isEqualTo(page);
  }

  private static String page() {
    var page = new StringBuilder(
        """
            # Ways out

            For each status and hold that the API shows of an order: who hears of it, and what leaves it. The table is made from the types by
            `WaysOutTest`, which fails for a value without an answer, for a mail, an alarm, a route or a message that is not there, and if this
            page is not what it makes.
            """);
    ROWS.stream().map(Row::field).distinct().forEach(field -> {
      page.append("\n## `").append(field).append("`\n\n| Value | Who hears of it | What leaves it |\n|---|---|---|\n");
      byField().get(field).forEach(it -> page.append(it.line()).append('\n'));
    });
    return page.toString();
  }
}
