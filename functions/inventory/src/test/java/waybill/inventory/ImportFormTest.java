package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

class ImportFormTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  private static final Lot.Named NO_LOT = new Lot.Named(null, null);

  private static ImportForm read(String file) {
    return ImportForm.read(file.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static ImportLine received(int line, String sku, int quantity) {
    return new ImportLine(line, new Sku(sku), new LocationId("berlin"), quantity, null, null,
        Adjustment.Reason.RECEIVED, null, NO_LOT, null);
  }

  /** The only error of a file with one line under these columns. */
  private static LineError error(String columns, String line) {
    ImportForm form = read(columns + "\n" + line + "\n");
    assertThat(form.lines()).isEmpty();
    assertThat(form.errors()).hasSize(1);
    return form.errors().getFirst();
  }

  private static String code(String columns, String line) {
    LineError error = error(columns, line);
    return "%d %s %s".formatted(error.line(), error.column(), error.code());
  }

  private static String ofQuantity(String quantity) {
    return code("sku\tlocation_id\tquantity\treason", "TEA\tberlin\t" + quantity + "\treceived");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void separatorsLineEndsAndAByteOrderMarkMakeNoDifference(String separator) {
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      for (String begin : List.of("", "\uFEFF", "sep=" + separator + lineEnd, "\uFEFFsep=" + separator + lineEnd)) {
        int first = begin.contains("sep") ? 3 : 2;
        String file = begin + "sku,location_id,quantity,reason,note|00123,berlin,3,received,\"a; \"\"b\"\", c\"|"
            .replace(",", separator).replace("|", lineEnd) + "TEA,berlin,-2,lost,".replace(",", separator);
        ImportForm form = read(file);
        assertThat(form.errors()).isEmpty();
        assertThat(form.lines()).containsExactly(
            new ImportLine(first, new Sku("00123"), new LocationId("berlin"), 3, null, null,
                Adjustment.Reason.RECEIVED, "a; \"b\", c".replace(",", separator), NO_LOT, null),
            new ImportLine(first + 1, new Sku("TEA"), new LocationId("berlin"), -2, null, null, Adjustment.Reason.LOST,
                null, NO_LOT, null));
      }
    }
  }

  @Test
  void columnsComeInAnyOrderAndSpellingAndEmptyRowsAndCellsAreNothing() {
    ImportForm form = read("""
        Reason; QUANTITY ;SKU;Location_ID;;
        received; 3 ;TEA;berlin;;
        ;;;;;

        Received;+4;MUG;berlin
        """);
    assertThat(form.errors()).isEmpty();
    assertThat(form.lines()).containsExactly(received(2, "TEA", 3), received(5, "MUG", 4));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"12|12", "12,0|12", "12.0|12", "12,00|12", "007|7", "+5|5", "12,0000|12"})
  void aWholeNumberIsOneHoweverItsDecimalsAreWritten(String text, int units) {
    assertThat(read("sku;location_id;quantity;reason\nTEA;berlin;" + text + ";received").lines())
        .containsExactly(received(2, "TEA", units));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"12,5|not_whole", "12.5|not_whole", ",5|not_whole", "1.000|ambiguous_number",
    "1,000|ambiguous_number", "1.234|not_whole", "1,2E+03|spreadsheet_damage", "1E5|spreadsheet_damage",
    "#WERT!|spreadsheet_damage", "1 000|not_a_number", "1.000.000|not_a_number", "twelve|not_a_number",
    "=1+1|not_a_number", "- 5|not_a_number", "1000000001|out_of_range", "0|out_of_range", "0,0|out_of_range",
    "-3|wrong_sign", "9999999999999|not_a_number", "\u0663|not_a_number"})
  void whatIsNoWholeNumberIsRefusedAndNeverGuessed(String text, String code) {
    assertThat(ofQuantity(text)).isEqualTo("2 quantity " + code);
  }

  @Test
  void whatASpreadsheetMadeOfASkuIsRefusedByName() {
    for (String damaged : List.of("1,2E+03", "1.2E+03", "4,00638E+12", "#NAME?", "#####", "#N/A")) {
      LineError error = error("sku;location_id;quantity;reason", damaged + ";berlin;1;received");
      assertThat(error.code()).as(damaged).isEqualTo("spreadsheet_damage");
      assertThat(error.detail()).startsWith(damaged + " is what a spreadsheet has made of something else");
      assertThat(error.pointer()).isEqualTo("/2/sku");
    }
    assertThat(read("sku;location_id;quantity;reason\n1E03;berlin;1;received").lines()).as("may be a SKU")
        .hasSize(1);
  }

  @Test
  void aLineIsAChangeOrACount() {
    String columns = "sku,location_id,quantity,reason,counted,counted_at,note";
    assertThat(code(columns, "TEA,berlin,1,,4,,")).isEqualTo("2 quantity either_or");
    assertThat(code(columns, "TEA,berlin,1,received,,2026-11-01T09:00:00Z,")).isEqualTo("2 counted_at either_or");
    assertThat(code(columns, "TEA,berlin,,lost,4,,")).isEqualTo("2 reason wrong_reason");
    assertThat(code(columns, "TEA,berlin,1,counted,,,")).isEqualTo("2 reason wrong_reason");
    assertThat(code(columns, "TEA,berlin,-1,recalled,,,")).isEqualTo("2 reason wrong_reason");
    assertThat(code(columns, "TEA,berlin,1,stolen,,,")).isEqualTo("2 reason unknown_value");
    assertThat(code(columns, "TEA,berlin,1,,,,")).isEqualTo("2 reason required");
    assertThat(code(columns, "TEA,berlin,,,-1,,")).isEqualTo("2 counted out_of_range");
    assertThat(code(columns, "TEA,berlin,,,4,2026-11-22T09:00:01Z,")).isEqualTo("2 counted_at in_the_future");
    assertThat(code(columns, "TEA,berlin,,,4,yesterday,")).isEqualTo("2 counted_at invalid");
    assertThat(code(columns, ",berlin,1,received,,,")).isEqualTo("2 sku required");
    assertThat(code(columns, "TEA,,1,received,,,")).isEqualTo("2 location_id required");
    assertThat(code(columns, "TEA,Berlin,1,received,,,")).isEqualTo("2 location_id invalid");
    assertThat(code(columns, "TE A,berlin,1,received,,,")).isEqualTo("2 sku invalid");
    assertThat(code(columns, "TEA,berlin,1,received,,," + "x".repeat(501))).isEqualTo("2 note too_long");
    assertThat(code(columns, "TEA,berlin,1,received,,,a\u0007b")).isEqualTo("2 note control_character");
    assertThat(read(columns + "\nTEA,berlin,,counted,0,2026-11-01T09:00:00Z,").lines()).containsExactly(
        new ImportLine(2, new Sku("TEA"), new LocationId("berlin"), 0, 0, Instant.parse("2026-11-01T09:00:00Z"),
            Adjustment.Reason.COUNTED, null, NO_LOT, null));
  }

  @Test
  void aLineMayNameItsLotAndWhatTheMerchantCallsIt() {
    String columns = "sku,location_id,quantity,reason,lot,expires_on,reference";
    assertThat(read(columns + "\nTEA,berlin,1,received,0042/A,2027-03-31,PO-1").lines()).containsExactly(
        new ImportLine(2, new Sku("TEA"), new LocationId("berlin"), 1, null, null, Adjustment.Reason.RECEIVED, null,
            new Lot.Named(new LotNumber("0042/A"), new ExpiryDate("2027-03-31")), "PO-1"));
    assertThat(code(columns, "TEA,berlin,1,received,4.2E+05,,")).isEqualTo("2 lot spreadsheet_damage");
    assertThat(code(columns, "TEA,berlin,1,received,a b,,")).isEqualTo("2 lot invalid");
    assertThat(code(columns, "TEA,berlin,1,received,A,31.03.2027,")).isEqualTo("2 expires_on invalid");
    assertThat(code(columns, "TEA,berlin,1,received,A,2027-02-30,")).isEqualTo("2 expires_on invalid");
    assertThat(code(columns, "TEA,berlin,1,received,A,," + "x".repeat(101))).isEqualTo("2 reference too_long");
  }

  @Test
  void allThatIsWrongIsNamedAtOnceEachWithItsLine() {
    ImportForm form = read("""
        sku,location_id,quantity,reason,note
        TEA,berlin,1,received,"over
        two lines"
        ,Berlin,2.5,lost,
        MUG,berlin,1,received,
        MUG,berlin,x,received,,,more
        """);
    assertThat(form.lines()).extracting(ImportLine::line).containsExactly(2, 5);
    assertThat(form.errors()).extracting(it -> it.line() + " " + it.column() + " " + it.code())
        .containsExactlyInAnyOrder(
            "4 sku required", "4 location_id invalid", "4 quantity not_whole", "6 quantity not_a_number",
            "6  wrong_count");
  }

  @Test
  void aFileThatIsNoneIsRefusedWithTheLineThatBreaksIt() {
    record Case(byte[] file, String error) {}
    for (Case it : List.of(new Case(new byte[0], "1 empty"), new Case("\n\n".getBytes(), "1 empty"),
        new Case("sku,location_id,quantity,reason\n".getBytes(), "1 empty"),
        new Case("sku,location_id\nA,berlin\n\"B,berlin\nC,berlin".getBytes(), "3 malformed_csv"),
        new Case("sku,location_id\n\n\"A\"x,berlin\n".getBytes(), "3 malformed_csv"),
        new Case("sku,note\nA,b\nB,K\u00f6ln".getBytes(StandardCharsets.ISO_8859_1), "3 not_utf8"),
        new Case("sku".getBytes(StandardCharsets.UTF_16), "1 not_utf8"),
        new Case("sku,price\n".getBytes(), "1 unknown_column"),
        new Case("sku,SKU\n".getBytes(), "1 repeated_column"),
        new Case(("sku\n" + "A\n".repeat(ImportForm.MOST_LINES + 1)).getBytes(), "10002 too_many_lines"))) {
      assertThat(ImportForm.read(it.file, NOW).errors()).first().as(it.error)
          .satisfies(error -> assertThat(error.line() + " " + error.code()).isEqualTo(it.error));
    }
  }

  /** Whatever a writer of CSV quotes and whichever separator it takes, the same lines are read. */
  @Property(tries = 200)
  void whateverIsWrittenAsCsvIsReadAgain(@ForAll("notes") List<String> notes, @ForAll("separators") char separator) {
    var file = new StringBuilder("sku,location_id,quantity,reason,note\r\n".replace(',', separator));
    var expected = new ArrayList<String>();
    for (String note : notes) {
      file.append("TEA,berlin,1,received,".replace(',', separator)).append('"').append(note.replace("\"", "\"\""))
          .append("\"\r\n");
      expected.add(note.isBlank() ? null : note.strip());
    }
    ImportForm form = read(file.toString());
    assertThat(form.errors()).isEmpty();
    assertThat(form.lines()).extracting(ImportLine::note).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> notes() {
    return Arbitraries.strings().withChars("ab \u00e4\u6f22;,\t\"'\n=").ofMaxLength(12).list().ofMinSize(1)
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<Character> separators() {
    return Arbitraries.of(',', ';', '\t');
  }

  /** Anything at all is answered with lines or errors, and never with an exception. */
  @Property(tries = 500)
  void whateverIsSentIsRead(@ForAll byte[] file, @ForAll("texts") String text) {
    assertThat(ImportForm.read(file, NOW).errors()).isNotEmpty();
    assertThat(read("sku,location_id,quantity,reason\n" + text)).isNotNull();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("TEA,;\"\n\r\t0123.E+-berlinreceived #").ofMaxLength(60);
  }

  @Test
  void theContentOfAFileDoesNotDependOnItsSeparators() {
    Map<Boolean, String> contents = new java.util.HashMap<>();
    for (boolean semicolons : new boolean[]{true, false}) {
      String file = "sku,location_id,quantity,reason\nTEA,berlin,1,received\n";
      contents.put(semicolons, Imports.content(read(semicolons ? file.replace(',', ';') : file).lines()));
    }
    assertThat(contents.get(true)).isEqualTo(contents.get(false))
        .isNotEqualTo(Imports.content(read("sku,location_id,quantity,reason\nTEA,berlin,2,received\n").lines()));
  }
}
