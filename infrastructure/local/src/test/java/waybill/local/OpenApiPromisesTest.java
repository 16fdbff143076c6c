package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code openapi.yaml} promises beyond shapes: what an answer always holds, and what becomes of a field that is taken. */
class OpenApiPromisesTest {
  private static final JsonNode DOCUMENT = new OpenApi().document();
  private static final Pattern ABSENT = Pattern.compile("(?i)absent|: the .* that has the|With `");

  @Test
  void anAnswerSaysOfEachFieldThatItIsAlwaysThereOrWhenItIsAbsent() {
    var unsaid = new ArrayList<String>();
    var seen = new HashSet<JsonNode>();
    for (JsonNode path : DOCUMENT.path("paths")) {
      for (JsonNode operation : path) {
        operation.path("responses").properties().stream().filter(it -> it.getKey().startsWith("2")).forEach(
            it -> walk(it.getValue(), it.getKey(), "", seen, unsaid));
      }
    }
    assertThat(unsaid).isEmpty();
    assertThat(seen).hasSizeGreaterThan(30);
  }

  /** @param about what the schemas around say of what is absent */
  private static void walk(JsonNode given, String place, String about, Set<JsonNode> seen, List<String> unsaid) {
    JsonNode node = given.has("$ref") ? DOCUMENT.at(given.path("$ref").asText().substring(1)) : given;
    String said = about + " " + node.path("description").asText();
    if (node.has("properties")) {
      seen.add(node);
      Set<String> required = new HashSet<>();
      node.path("required").forEach(it -> required.add(it.asText()));
      node.path("properties").properties().forEach(it -> {
        String own = said + " " + it.getValue().path("description").asText();
        if (!required.contains(it.getKey()) && !ABSENT.matcher(own).find()) {
          unsaid.add(place + "/" + it.getKey());
        }
        walk(it.getValue(), place + "/" + it.getKey(), "", seen, unsaid);
      });
    }
    for (String inner : List.of("schema", "items", "content", "application/json")) {
      if (node.has(inner)) {
        walk(node.path(inner), place, inner.equals("schema") || inner.equals("items") ? "" : said, seen, unsaid);
      }
    }
    StreamSupport.stream(node.path("allOf").spliterator(), false).forEach(it -> walk(it, place, said, seen, unsaid));
  }

  @Test
  void everyTimeOfAnAnswerHasThePrecisionThatIsPromised() {
    var seen = new HashSet<JsonNode>();
    for (JsonNode path : DOCUMENT.path("paths")) {
      for (JsonNode operation : path) {
        operation.path("responses").properties().stream().filter(it -> it.getKey().startsWith("2"))
            .forEach(it -> walk(it.getValue(), it.getKey(), "", seen, new ArrayList<>()));
      }
    }
    assertThat(seen.stream().flatMap(it -> it.path("properties").properties().stream())
        .filter(it -> it.getValue().path("format").asText().equals("date-time")))
        .isNotEmpty().allMatch(it -> it.getValue().path("pattern").asText().endsWith("[.][0-9]{3}Z$"));
  }

  /** A promise that is due fails here when its release is made: it is kept, or the field is refused. */
  @Test
  void aFieldThatIsOnlyKeptNamesTheReleaseThatActsOnIt() {
    var kept = new ArrayList<String>();
    everywhere(DOCUMENT, "", (pointer, schema) -> {
      if (schema.has("x-kept-until")) {
        kept.add(pointer);
        String release = schema.path("x-kept-until").asText();
        assertThat(schema.path("description").asText()).as(pointer).containsIgnoringCase("kept")
            .contains("release " + release + " ");
        assertThat(number(release)).as(pointer + ": its release is still to come")
            .isGreaterThan(number(DOCUMENT.at("/info/version").asText()));
      }
    });
    assertThat(kept).hasSizeGreaterThan(5);
  }

  private static int number(String release) {
    String[] parts = release.split("\\.");
    return Integer.parseInt(parts[0]) * 1_000 + Integer.parseInt(parts[1]);
  }

  private static void everywhere(JsonNode node, String pointer, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, node);
    for (Map.Entry<String, JsonNode> it : node.properties()) {
      everywhere(it.getValue(), pointer + "/" + it.getKey(), visitor);
    }
    if (node.isArray()) {
      node.forEach(it -> everywhere(it, pointer + "/-", visitor));
    }
  }
}
