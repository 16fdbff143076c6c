package waybill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's rules, example by example. */
class WriteUnitsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest(name = "{0} is {1} bytes")
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "{\"a\":{\"S\":\"bc\"}} | 3",
    "{\"ä\":{\"S\":\"€\"}} | 5",
    "{\"a\":{\"N\":\"0\"}} | 2",
    "{\"a\":{\"N\":\"27\"}} | 3",
    "{\"a\":{\"N\":\"-27\"}} | 4",
    "{\"a\":{\"N\":\"12345\"}} | 5",
    "{\"a\":{\"N\":\"1000\"}} | 3",
    "{\"a\":{\"BOOL\":true}} | 2",
    "{\"a\":{\"NULL\":true}} | 2",
    "{\"a\":{\"L\":[]}} | 4",
    "{\"a\":{\"L\":[{\"S\":\"bc\"},{\"S\":\"d\"}]}} | 9",
    "{\"a\":{\"M\":{}}} | 4",
    "{\"a\":{\"M\":{\"b\":{\"S\":\"cd\"}}}} | 8"})
  void anItemIsItsNamesAndItsValues(String item, long bytes) throws JsonProcessingException {
    assertThat(ItemSize.ofItem(JSON.readTree(item))).isEqualTo(bytes);
  }

  @Test
  void eachStartedKilobyteIsAUnitAndTwiceInATransaction() {
    assertThat(WriteUnits.ofTable(null, item(1024), false)).isEqualTo(1);
    assertThat(WriteUnits.ofTable(null, item(1025), false)).isEqualTo(2);
    assertThat(WriteUnits.ofTable(null, item(1025), true)).isEqualTo(4);
  }

  @Test
  void theLargerOfBeforeAndAfterCounts() {
    assertThat(WriteUnits.ofTable(item(3000), item(10), false)).isEqualTo(3);
    assertThat(WriteUnits.ofTable(item(3000), null, false)).isEqualTo(3);
  }

  @Test
  void anIndexEntryThatComesOrGoesIsOneAndOneThatMovesIsTwo() throws JsonProcessingException {
    JsonNode none = JSON.readTree("{\"pk\":{\"S\":\"a\"}}");
    JsonNode one = JSON.readTree("{\"pk\":{\"S\":\"a\"},\"by\":{\"S\":\"x\"},\"by_range\":{\"S\":\"1\"}}");
    JsonNode other = JSON.readTree("{\"pk\":{\"S\":\"a\"},\"by\":{\"S\":\"y\"},\"by_range\":{\"S\":\"1\"}}");
    assertThat(WriteUnits.ofIndex("by", "by_range", null, one)).isEqualTo(1);
    assertThat(WriteUnits.ofIndex("by", "by_range", one, none)).isEqualTo(1);
    assertThat(WriteUnits.ofIndex("by", "by_range", one, other)).isEqualTo(2);
    assertThat(WriteUnits.ofIndex("by", "by_range", one, one)).isZero();
    assertThat(WriteUnits.ofIndex("by", "by_range", none, null)).isZero();
  }

  /** An item of so many bytes: its one name has one. */
  private static JsonNode item(int bytes) {
    return JSON.createObjectNode().set("a", JSON.createObjectNode().put("S", "x".repeat(bytes - 1)));
  }
}
