package waybill.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.platform.Fields;
import waybill.platform.Json;

/** A schema and a reader that agree; then either is changed in one place, and that is found. */
class RequestSchemaTest {
  private static final String SCHEMA = """
      {"type": "object", "additionalProperties": false, "required": ["name", "code", "pairs", "big"], "properties": {
         "name": {"type": "string", "minLength": 1, "maxLength": 20, "pattern": "^[^\\\\x00-\\\\x1f\\\\x7f-\\\\x9f]*[^\\\\x00-\\\\x20\\\\x7f-\\\\xa0\\\\xad\\\\u1680\\\\u2000-\\\\u200f\\\\u2028-\\\\u202f\\\\u205f-\\\\u2064\\\\u3000\\\\ufeff][^\\\\x00-\\\\x1f\\\\x7f-\\\\x9f]*$"},
         "code": {"type": "string", "pattern": "^[a-z]{2,5}$"},
         "note": {"type": ["string", "null"], "minLength": 1, "maxLength": 9, "pattern": "^[^\\\\x00]+$", "x-narrower": "it can be seen"},
         "count": {"type": ["integer", "null"], "minimum": 1, "maximum": 9, "default": 3},
         "big": {"type": "integer", "minimum": -5, "maximum": 1000000000000, "not": {"const": 0}},
         "share": {"type": ["number", "null"], "minimum": -1, "maximum": 1},
         "real": {"type": ["boolean", "null"], "default": true},
         "hue": {"enum": ["red", "blue", null], "default": "red"},
         "tags": {"type": ["array", "null"], "maxItems": 3, "items": {"type": "string", "pattern": "^[a-z]{1,4}$"}},
         "pairs": {"type": "array", "minItems": 1, "maxItems": 4, "items": {"$ref": "#/components/schemas/Pair"}}}}""";
  private static final String PAIR = """
      {"type": "object", "additionalProperties": false, "required": ["left"],
       "properties": {"left": {"type": "integer", "minimum": 0, "maximum": 7},
                      "right": {"type": ["string", "null"], "pattern": "^x+$"}}}""";
  private static final String SAMPLE = """
      {"name": "Assam", "code": "abc", "note": "n", "count": 2, "big": 4, "share": 0.5, "real": false, "hue": "blue",
       "tags": ["t"], "pairs": [{"left": 1, "right": "x"}]}""";

  private enum Hue {
    RED, BLUE
  }

  private enum MoreHues {
    RED, BLUE, GREEN
  }

  /** How each field is read. */
  private static final Map<String, Function<Fields, ?>> PARTS = Map.of("name", it -> text(it, 20), "code",
      it -> form(it, "code", "[a-z]{2,5}"), "note", it -> it.textOrNull("note", 9), "count",
      it -> it.integerOr("count", 1, 9, 3), "big", it -> big(it, -5), "share", it -> it.decimalOrNull("share", -1, 1),
      "real", it -> it.flagOr("real", true), "hue", it -> it.choiceOr("hue", Hue.RED), "tags",
      it -> tags(it, 3, "[a-z]{1,4}"), "pairs", it -> pairs(it, 1, 4, 7));

  private static Object read(Fields fields) {
    return read(fields, PARTS);
  }

  private static Object read(Fields fields, Map<String, Function<Fields, ?>> parts) {
    var read = new ArrayList<Object>();
    parts.values().forEach(it -> read.add(it.apply(fields)));
    return read;
  }

  /** Without line ends and tabs, which this test's pattern does not take. */
  private static String text(Fields fields, int max) {
    String text = fields.text("name", max);
    if (text.chars().anyMatch(it -> it < ' ')) {
      fields.refuse("name", "control_character", "");
    }
    return text;
  }

  private static String form(Fields fields, String name, String pattern) {
    return fields.matching(name, Pattern.compile(pattern), "");
  }

  private static long big(Fields fields, int min) {
    long big = fields.whole("big", min, 1_000_000_000_000L);
    if (big == 0) {
      fields.refuse("big", "out_of_range", "");
    }
    return big;
  }

  private static List<String> tags(Fields fields, int max, String pattern) {
    return fields.parsedListOrEmpty("tags", max, it -> {
      if (!it.matches(pattern)) {
        throw new IllegalArgumentException();
      }
      return it;
    }, "");
  }

  private static List<Object> pairs(Fields fields, int min, int max, int left) {
    return fields.list("pairs", min, max, it -> Arrays.asList(it.integer("left", 0, left),
        it.has("right") ? form(it, "right", "x+") : null));
  }

  private static List<String> misfits(String schema, String pair, Function<Fields, ?> reader) {
    return RequestSchema
        .in(Map.of("components",
            Map.of("schemas", Map.of("Form", Json.readObject(schema), "Pair", Json.readObject(pair)))), "Form")
        .misfits(SAMPLE, reader);
  }

  @Test
  void aSchemaAndAReaderThatAgreeDoSoEverywhere() {
    assertThat(misfits(SCHEMA, PAIR, RequestSchemaTest::read)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
    "\"name\", \"code\", \"pairs\", \"big\"]~\"code\", \"pairs\", \"big\"]",
    "[\"name\", \"code\"~[\"name\", \"real\", \"code\"",
    "\"maxLength\": 20~\"maxLength\": 19", "\"maxLength\": 20~\"maxLength\": 21", "\"maxLength\": 9~\"maxLength\": 8",
    "{2,5}~{1,5}", "{2,5}~{2,6}", "{2,5}~{2,4}", "[a-z]{2,5}~[a-y]{2,5}", "[a-z]{2,5}~[a-z.]{2,5}",
    "\"minimum\": 1~\"minimum\": 0", "\"minimum\": 1,~\"minimum\": 2,", "\"maximum\": 9~\"maximum\": 10",
    "\"maximum\": 9~\"maximum\": 8", "\"maximum\": 1000000000000~\"maximum\": 999999999999",
    "\"not\": {\"const\": 0}~\"x\": 0",
    "\"maximum\": 1}~\"maximum\": 2}", "\"default\": 3~\"default\": 4", "\"default\": true~\"default\": false",
    "\"default\": \"red\"~\"default\": \"blue\"", "\"blue\", null~\"blue\", \"green\", null",
    "[\"red\", \"blue\", null]~[\"red\", null]",
    "\"blue\", null~\"blue\"", "[\"boolean\", \"null\"]~\"boolean\"",
    "{\"type\": \"integer\", \"minimum\": -5~{\"type\": \"number\", \"minimum\": -5",
    "\"maxItems\": 3~\"maxItems\": 2", "\"maxItems\": 3~\"maxItems\": 4", "\"minItems\": 1~\"minItems\": 0",
    "{1,4}~{1,5}", "\"additionalProperties\": false~\"additionalProperties\": true", "\"real\": {~\"unreal\": {",
    "\"real\": {~\"new\": {\"type\": [\"string\", \"null\"]}, \"real\": {",
    "\"code\": {\"type\": \"string\"~\"code\": {\"type\": [\"string\", \"null\"]"})
  void aSchemaThatIsChangedInOnePlaceIsFound(String before, String after) {
    assertThat(SCHEMA).contains(before);
    assertThat(misfits(SCHEMA.replace(before, after), PAIR, RequestSchemaTest::read)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"maximum\": 8", "\"maximum\": 6", "\"minimum\": 1, \"maximum\": 7"})
  void aSchemaThatIsReferredToIsHeldAgainstTheReaderToo(String changed) {
    assertThat(misfits(SCHEMA, PAIR.replaceFirst("\"maximum\": 7|\"minimum\": 0, \"maximum\": 7", changed),
        RequestSchemaTest::read)).anyMatch(it -> it.startsWith("/pairs/0/left"));
    assertThat(misfits(SCHEMA, PAIR.replace("[\"left\"]", "[\"left\", \"right\"]"), RequestSchemaTest::read))
        .contains("/pairs/0/right is described as required and read as if not");
  }

  @Test
  void aReaderThatIsChangedInOnePlaceIsFound() {
    assertChanged("name", it -> text(it, 21), it -> text(it, 19), it -> it.textOrNull("name", 20),
        it -> it.text("name", 20));
    assertChanged("code", it -> form(it, "code", "[a-z]{2,6}"), it -> form(it, "code", "[a-z]{3,5}"),
        it -> form(it, "code", "[a-z_]{2,5}"), it -> it.has("code") ? form(it, "code", "[a-z]{2,5}") : null);
    assertChanged("note", it -> it.textOrNull("note", 10), it -> it.text("note", 9));
    assertChanged("count", it -> it.integerOr("count", 0, 9, 3), it -> it.integerOr("count", 1, 10, 3),
        it -> it.integerOr("count", 1, 9, 4), it -> it.integer("count", 1, 9));
    assertChanged("big", it -> big(it, -6), it -> it.whole("big", -5, 1_000_000_000_000L));
    assertChanged("share", it -> it.decimalOrNull("share", -1, 2), it -> it.decimalOrNull("share", 0, 1));
    assertChanged("real", it -> it.flag("real"), it -> it.flagOr("real", false));
    assertChanged("hue", it -> it.choiceOr("hue", MoreHues.RED), it -> it.choiceOr("hue", Hue.BLUE));
    assertChanged("tags", it -> tags(it, 4, "[a-z]{1,4}"), it -> tags(it, 3, "[a-z]{0,4}"),
        it -> tags(it, 3, "[a-z]{1,5}"));
    assertChanged("pairs", it -> pairs(it, 0, 4, 7), it -> pairs(it, 1, 5, 7), it -> pairs(it, 1, 4, 8));
    assertChanged("new", it -> it.textOrNull("new", 5));
  }

  @SafeVarargs
  private static void assertChanged(String field, Function<Fields, ?>... changes) {
    for (int i = 0; i < changes.length; i++) {
      var parts = new HashMap<>(PARTS);
      parts.put(field, changes[i]);
      assertThat(misfits(SCHEMA, PAIR, it -> read(it, parts))).as("change %d of %s", i, field).isNotEmpty();
    }
  }
}
