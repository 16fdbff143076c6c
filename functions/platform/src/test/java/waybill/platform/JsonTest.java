package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("trees") Object tree) {
    assertThat(Json.read(Json.write(tree))).isEqualTo(tree);
  }

  @Provide
  Arbitrary<Object> trees() {
    Arbitrary<Object> leaf = Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.longs(), Arbitraries.of(true, false),
        Arbitraries.bigDecimals().ofScale(3).between(new BigDecimal("-1000"), new BigDecimal("1000")),
        Arbitraries.just(null)).map(it -> it);
    return Arbitraries.recursive(() -> leaf,
        inner -> Arbitraries
            .oneOf(inner.list().ofMaxSize(3),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), inner).ofMaxSize(3))
            .map(it -> it),
        0, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,", "{\"a\"", "{\"a\":}", "{'a':1}", "{\"a\":1,}", "nul", "01", "1.", "+1",
    ".5", "NaN", "Infinity", "\"\u0001\"", "\"\\x\"",
    "\uFEFF{}", "// a\n1", "undefined"})
  void whatIsNoJsonIsRefused(String text) {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}x", "1 2", "null null", "[]]"})
  void textAfterTheValueIsRefused(String text) {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read(text));
  }

  @Test
  void aNameTwiceInOneObjectIsRefused() {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("{\"quantity\":1,\"quantity\":100}"));
    assertThat(Json.read("[{\"a\":1},{\"a\":2}]")).isEqualTo(List.of(Map.of("a", 1L), Map.of("a", 2L)));
  }

  @Test
  void whatIsNestedDeeplyIsRefused() {
    assertThat(Json.read("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("[".repeat(65) + "]".repeat(65)));
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("{\"a\":".repeat(100_000)));
  }

  @Test
  void numbersKeepTheirValue() {
    assertThat(Json.read("[0, -1, 9223372036854775807, 9223372036854775808, 1.10, 1e400]"))
        .isEqualTo(List.of(0L, -1L, Long.MAX_VALUE, new BigDecimal("9223372036854775808"),
            new BigDecimal("1.10"), new BigDecimal("1e400")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9999999999", "1e-9999999999", "-1.5E+99999999999999999999"})
  void aNumberWithoutMeasureIsRefused(String text) {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read(text));
  }

  @Test
  void aNumberOfMoreThan64DigitsIsRefused() {
    assertThat(Json.read("1".repeat(64))).isEqualTo(new BigDecimal("1".repeat(64)));
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("1".repeat(65)));
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("0." + "1".repeat(65)));
  }

  @Test
  void textsMayHoldEveryCharacter() {
    assertThat(Json.read("\"\\uD83D\\uDE00 \uD83D\uDE00 \\u00fc \\\" \\\\ \\n\""))
        .isEqualTo("\uD83D\uDE00 \uD83D\uDE00 ü \" \\ \n");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] bytes = {'"', (byte) 0xc3, (byte) 0x28, '"'};
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read(new ByteArrayInputStream(bytes)));
  }

  @Test
  void aRefusalTellsThePlaceAndNotTheText() {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.read("{\"email\":\n ada@example.com}"))
        .withMessage("is not well-formed JSON at line 2, column 2");
  }

  @Test
  void onlyAnObjectIsAnObject() {
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.readObject("[]"))
        .withMessage("must be a JSON object");
    assertThatExceptionOfType(Json.Malformed.class).isThrownBy(() -> Json.readObject("null"));
  }

  @Test
  void namesKeepTheirOrderAndNullsAreWritten() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("z", null);
    tree.put("a", Arrays.asList(1, 2L, 0.5, new BigDecimal("1.10"), true, "x"));
    assertThat(Json.write(tree)).isEqualTo("{\"z\":null,\"a\":[1,2,0.5,1.10,true,\"x\"]}");
  }
}
