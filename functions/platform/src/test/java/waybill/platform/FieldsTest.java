package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.Sku;

class FieldsTest {
  private enum Colour {
    RED, DARK_BLUE
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(errors("{\"name\":7,\"lines\":[{\"quantity\":0},{\"quantity\":\"1\"},7],\"extra\":1}", fields -> {
      fields.text("name", 10);
      fields.text("city", 10);
      fields.list("lines", 1, 5, line -> line.integer("quantity", 1, 9));
    })).containsExactly("/name wrong_type", "/city required", "/lines/0/quantity out_of_range",
        "/lines/1/quantity wrong_type", "/lines/2 wrong_type", "/extra unknown");
  }

  @Test
  void aPointerEscapesWhatRfc6901Says() {
    assertThat(errors("{\"a/b\":{\"c~d\":1,\"\":2}}", fields -> fields.object("a/b")))
        .containsExactly("/a~1b/c~0d unknown", "/a~1b/ unknown");
  }

  @Test
  void unknownFieldsAreRefusedHoweverDeep() {
    assertThat(errors("{\"address\":{\"city\":\"Berlin\",\"planet\":\"Mars\"},\"lines\":[{\"x\":1}]}", fields -> {
      fields.object("address").text("city", 10);
      fields.listOrEmpty("lines", 5, _ -> 0);
    })).containsExactly("/address/planet unknown", "/lines/0/x unknown");
  }

  @Test
  void aMissingObjectIsToldOnceAndNotForEachOfItsFields() {
    assertThat(errors("{}", fields -> fields.object("address").text("city", 10))).containsExactly("/address required");
    assertThat(errors("{\"address\":[]}", fields -> fields.object("address").text("city", 10)))
        .containsExactly("/address wrong_type");
  }

  @Test
  void nullIsAsGoodAsNotSent() {
    assertThat(errors("{\"name\":null,\"note\":null}", fields -> {
      fields.text("name", 10);
      assertThat(fields.textOrNull("note", 10)).isNull();
    })).containsExactly("/name required");
  }

  @ParameterizedTest
  @CsvSource({"0, out_of_range", "-1, out_of_range", "11, out_of_range", "9223372036854775807, out_of_range",
    "9223372036854775808, wrong_type", "1e400, wrong_type",
    "1.0, wrong_type", "1e1, wrong_type", "\"5\", wrong_type", "true, wrong_type", "[], wrong_type", "{}, wrong_type"})
  void aQuantityThatIsNoWholeNumberWithinRangeIsRefused(String value, String code) {
    assertThat(errors("{\"quantity\":" + value + "}", fields -> fields.integer("quantity", 1, 10)))
        .containsExactly("/quantity " + code);
  }

  @Test
  void theBoundsOfARangeAreWithinIt() {
    Fields fields = fields("{\"a\":1,\"b\":10,\"c\":9223372036854775807}");
    assertThat(fields.integer("a", 1, 10)).isEqualTo(1);
    assertThat(fields.integerOr("b", 1, 10, 5)).isEqualTo(10);
    assertThat(fields.integerOr("d", 1, 10, 5)).isEqualTo(5);
    assertThat(fields.whole("c", 0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    fields.verify();
  }

  @ParameterizedTest
  @CsvSource({"91, out_of_range", "1e400, out_of_range", "-1e2147483647, out_of_range", "\"1\", wrong_type",
    "false, wrong_type"})
  void aDegreeOutOfRangeIsRefused(String value, String code) {
    assertThat(errors("{\"latitude\":" + value + "}", fields -> fields.decimalOrNull("latitude", -90, 90)))
        .containsExactly("/latitude " + code);
  }

  @Test
  void aDegreeMayBeWholeOrNot() {
    Fields fields = fields("{\"a\":52,\"b\":-13.377704,\"c\":null}");
    assertThat(fields.decimalOrNull("a", -90, 90)).isEqualTo(52.0);
    assertThat(fields.decimalOrNull("b", -90, 90)).isEqualTo(-13.377704);
    assertThat(fields.decimalOrNull("c", -90, 90)).isNull();
    fields.verify();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\u0007", "\\u001b[31m", "\\u007f", "\\u0085", "\\ud800", "x\\udc00y"})
  void controlCharactersAndHalvesOfCharactersAreRefusedWhereverTextMayBe(String text) {
    assertThat(errors("{\"note\":\"" + text + "\",\"tags\":[\"" + text + "\"],\"code\":\"" + text
        + "\",\"metadata\":{\"" + text + "\":\"x\",\"k\":\"" + text + "\"}}", fields -> {
          fields.textOrNull("note", 10);
          fields.parsedListOrEmpty("tags", 5, it -> it, "is a tag");
          fields.matching("code", Pattern.compile("[^x]+|.*"), "is a code");
          fields.metadata();
        })).satisfiesExactly(it -> assertThat(it).isEqualTo("/note control_character"),
            it -> assertThat(it).isEqualTo("/tags/0 control_character"),
            it -> assertThat(it).isEqualTo("/code control_character"), it -> assertThat(it).endsWith("invalid_key"),
            it -> assertThat(it).isEqualTo("/metadata/k control_character"));
  }

  @Test
  void textMayHoldLinesTabsAndEmoji() {
    assertThat(fields("{\"note\":\"a\\r\\n\\tb \\uD83C\\uDF81\"}").text("note", 8)).isEqualTo("a\r\n\tb \uD83C\uDF81");
  }

  @Test
  void lengthsAreCountedInCharactersAsPeopleSeeThem() {
    assertThat(
        errors("{\"a\":\"" + "\uD83C\uDF81".repeat(10) + "\",\"b\":\"" + "\uD83C\uDF81".repeat(11) + "\",\"c\":\" \"}",
            fields -> {
              fields.text("a", 10);
              fields.text("b", 10);
              fields.text("c", 10);
            }))
        .containsExactly("/b too_long", "/c empty");
  }

  @Test
  void metadataHasAtMost50KeysOfAtMost40CharactersWithTextsOfAtMost500() {
    String good = IntStream.range(0, 50).mapToObj(it -> "\"k" + it + "\":\"v\"")
        .collect(Collectors.joining(",", "{\"metadata\":{", "}}"));
    assertThat(errors(good, Fields::metadata)).isEmpty();
    assertThat(errors(good.replace("{\"k0\"", "{\"k50\":\"v\",\"k0\""), Fields::metadata))
        .containsExactly("/metadata too_many");
    assertThat(errors("{\"metadata\":{\"" + "k".repeat(41) + "\":\"v\"}}", Fields::metadata))
        .containsExactly("/metadata/" + "k".repeat(41) + " invalid_key");
    assertThat(
        errors("{\"metadata\":{\" \":\"v\",\"n\":1,\"e\":\"\",\"l\":\"" + "v".repeat(501) + "\"}}", Fields::metadata))
        .containsExactly("/metadata/  invalid_key", "/metadata/n wrong_type", "/metadata/e empty",
            "/metadata/l too_long");
    assertThat(errors("{\"metadata\":[]}", Fields::metadata)).containsExactly("/metadata wrong_type");
    assertThat(fields("{}").metadata()).isEmpty();
  }

  @Test
  void aListHasAsManyEntriesAsItMay() {
    assertThat(errors("{\"a\":[],\"b\":[{},{},{}],\"c\":{},\"d\":[\"x\",\"\",null,7]}", fields -> {
      fields.list("a", 1, 2, _ -> 0);
      fields.list("b", 1, 2, _ -> 0);
      fields.list("c", 1, 2, _ -> 0);
      assertThat(fields.parsedListOrEmpty("d", 4, Sku::new, "is a SKU")).containsExactly(new Sku("x"));
    })).containsExactly("/a wrong_count", "/b wrong_count", "/c wrong_type", "/d/1 invalid", "/d/2 required",
        "/d/3 wrong_type");
  }

  @Test
  void timesNeedAnOffset() {
    assertThat(fields("{\"at\":\"2026-11-22T10:15:04+01:00\"}").timeOrNull("at"))
        .isEqualTo(Instant.parse("2026-11-22T09:15:04Z"));
    assertThat(errors("{\"a\":\"2026-11-22T10:15:04\",\"b\":\"2026-02-30T10:15:04Z\",\"c\":1}", fields -> {
      fields.timeOrNull("a");
      fields.timeOrNull("b");
      fields.timeOrNull("c");
    })).containsExactly("/a invalid", "/b invalid", "/c wrong_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-11-22T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "2026-11-22T10:00:00+19:00", "1969-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z",
    "+999999999-12-31T23:59:59-18:00", "2026-11-22T10:00Z", "2026-11-22T10:00:00+01:00:30",
    "2026-11-22T10:00+01:00:30"})
  void aTimeThatDoesNotExistOrThatNobodyLivesInIsRefused(String time) {
    assertThat(errors("{\"at\":\"" + time + "\"}", fields -> fields.timeOrNull("at"))).containsExactly("/at invalid");
  }

  @Test
  void timesGoFrom1970To9999() {
    for (String time : List.of("1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
      assertThat(fields("{\"at\":\"" + time + "\"}").timeOrNull("at")).isEqualTo(
          Instant.parse(time).truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u200b", "\\u00a0", "\\u3000\\u2003", "\\ufeff", "\\u202e\\u2066", "\\u2028", " \\r\\n\\t"})
  void whatCannotBeSeenIsNoText(String text) {
    assertThat(errors("{\"name\":\"" + text + "\",\"metadata\":{\"" + text + "\":\"v\"}}", fields -> {
      fields.text("name", 10);
      fields.metadata();
    })).hasSize(2).first().isEqualTo("/name empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u05e9\u05dc\u05d5\u05dd", "\u200f\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\u6771\u4eac", "Zo\u0308e"})
  void aNameOfAnyScriptIsTakenAsItIs(String name) {
    assertThat(fields("{\"name\":\"" + name + "\"}").text("name", 20)).isEqualTo(name);
  }

  /** A table holds no number that is closer to zero than 1e-130. */
  @ParameterizedTest
  @CsvSource({"1e-400, 0.0", "-1e-200, 0.0", "-0.0, 0.0", "4.9e-324, 0.0", "1e-11, 1e-11", "-51.38, -51.38"})
  void aNumberThatIsAllButZeroIsZero(String number, Double read) {
    assertThat(fields("{\"n\":" + number + "}").decimalOrNull("n", -90, 90)).isEqualTo(read);
  }

  @Test
  void aChoiceIsInSmallLetters() {
    Fields fields = fields("{\"a\":\"dark_blue\"}");
    assertThat(fields.choiceOr("a", Colour.RED)).isEqualTo(Colour.DARK_BLUE);
    assertThat(fields.choiceOr("b", Colour.RED)).isEqualTo(Colour.RED);
    assertThat(errors("{\"a\":\"DARK_BLUE\",\"b\":7}", it -> {
      it.choiceOr("a", Colour.RED);
      it.choiceOr("b", Colour.RED);
    })).containsExactly("/a unknown_value", "/b unknown_value");
  }

  @Test
  void aFlagIsTrueOrFalseAndNothingElse() {
    assertThat(errors("{\"a\":\"true\",\"b\":1}", fields -> {
      fields.flag("a");
      fields.flagOr("b", true);
      fields.flag("c");
    })).containsExactly("/a wrong_type", "/b wrong_type", "/c required");
  }

  @Test
  void anAnswerNeverGrowsBeyondWhatAFunctionMayAnswer() {
    String body = IntStream.range(0, 20_000).mapToObj(it -> "\"f" + it + "\":1")
        .collect(Collectors.joining(",", "{", "}"));
    assertThat(errors(body, _ -> {})).hasSize(1_000);
    Problem problem = catchThrowableOfType(Problem.class, () -> fields(body).verify());
    assertThat(problem.body()).containsEntry("detail", "20000 fields break a rule");
  }

  @Test
  void rulesOverSeveralFieldsAreToldTogetherWithTheOthers() {
    assertThat(errors("{\"a\":1}", fields -> {
      assertThat(fields.sound()).isTrue();
      fields.refuse("a", "odd", "is odd");
      fields.refuse(new Violation("/b/0", "even", "is even"));
      assertThat(fields.sound()).isFalse();
      fields.integer("a", 0, 1);
    })).containsExactly("/a odd", "/b/0 even");
  }

  private static Fields fields(String body) {
    return Fields.of(Json.readObject(body));
  }

  /** Pointer and code of each error, in order. */
  @SuppressWarnings("unchecked")
  private static List<String> errors(String body, Consumer<Fields> reading) {
    Fields fields = fields(body);
    reading.accept(fields);
    Problem problem = catchThrowableOfType(Problem.class, fields::verify);
    if (problem == null) {
      return List.of();
    }
    assertThat(problem.status()).isEqualTo(422);
    Map<String, Object> document = Json.readObject(Json.write(problem.body()));
    return ((List<Map<String, Object>>) document.get("errors")).stream()
        .map(it -> it.get("pointer") + " " + it.get("code")).toList();
  }
}
