package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.inParallel;
import static waybill.inventory.Depot.of;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.inventory.Depot.Answer;
import waybill.messages.SkuQuantity;

class InboundsTest {
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private long incoming(waybill.messages.Sku sku) {
    return depot.inPool(sku).get(Level.INCOMING);
  }

  private List<Integer> expected() {
    return InventoryTable.inbounds(depot.bench.ports()).expected(TEA, Depot.POOL).stream().map(Expected::quantity)
        .toList();
  }

  @Test
  void whatIsExpectedIsIncomingAndWhatHasArrivedIsInStock() {
    depot.expects("PO-1", BERLIN, 4, of(40, TEA), of(12, MUG));
    assertThat(incoming(TEA)).isEqualTo(40);
    assertThat(depot.inPool(TEA).available()).isZero();

    Answer first = depot.receives("PO-1", "pallet 1", of(24, TEA));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body()).containsEntry("status", "partially_received");
    assertThat(depot.inPool(TEA).available()).isEqualTo(24);
    assertThat(depot.at(BERLIN, TEA).onHand()).isEqualTo(24);
    assertThat(incoming(TEA)).isEqualTo(16);
    assertThat(expected()).containsExactly(16);

    depot.receives("PO-1", "pallet 2", of(16, TEA));
    Answer last = depot.receives("PO-1", "pallet 3", of(12, MUG));
    assertThat(last.body()).containsEntry("status", "received");
    assertThat(incoming(TEA)).isZero();
    assertThat(expected()).isEmpty();
    depot.requireExact(BERLIN);
  }

  @Test
  void aReceiptThatIsSentAgainIsCountedOnce() {
    depot.expects("PO-1", BERLIN, 4, of(40, TEA));
    Answer first = depot.receives("PO-1", "pallet", of(24, TEA));
    Answer again = depot.receives("PO-1", "pallet", of(24, TEA));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).containsEntry("receipt_id", first.body().get("receipt_id"));
    assertThat(depot.inPool(TEA).available()).isEqualTo(24);
    Answer other = depot.receives("PO-1", "pallet", of(25, TEA));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void receiptsAtOnceAreAllCountedOnce() throws Exception {
    depot.expects("PO-1", BERLIN, 4, of(40, TEA));
    inParallel(8, thread -> depot.receives("PO-1", "pallet " + thread / 2, of(5, TEA)));
    assertThat(depot.inPool(TEA).available()).isEqualTo(20);
    assertThat(incoming(TEA)).isEqualTo(20);
    depot.requireExact(BERLIN);
  }

  @Test
  void whatArrivesDamagedIsNeverForSaleAndNoLongerExpected() {
    depot.expects("PO-1", BERLIN, 4, of(40, TEA));
    Answer answer = depot.receives("PO-1", "pallet", """
        {"lines":[{"sku":"TEA-200","quantity":24,"damaged":4}],"note":"wet"}""");
    assertThat(answer.text()).contains("""
        {"sku":"TEA-200","quantity":40,"received":24,"damaged":4,"not_ordered":0,"held":0,"rejections":[]}""");
    assertThat(depot.inPool(TEA).available()).isEqualTo(20);
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(20, 4, 0));
    assertThat(incoming(TEA)).isEqualTo(16);
    assertThat(depot.movements(TEA, BERLIN).getLast()).satisfies(it -> {
      assertThat(it.reason()).isEqualTo(LedgerEntry.Reason.RECEIVED);
      assertThat(it.change()).isEqualTo(new Physical(20, 4, 0));
      assertThat(it.note()).isEqualTo("wet");
    });
    depot.receives("PO-1", "broken pallet", """
        {"lines":[{"sku":"TEA-200","quantity":16,"damaged":16}]}""");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(20, 20, 0));
    assertThat(expected()).isEmpty();
    depot.requireExact(BERLIN);
  }

  @Test
  void fortyEightProductsAreExpectedTogetherAndReceivedInTwoReceipts() {
    SkuQuantity[] items = IntStream.range(0, 48).mapToObj(it -> of(2, new waybill.messages.Sku("SKU-" + it)))
        .toArray(SkuQuantity[]::new);
    for (SkuQuantity it : items) {
      depot.product(it.sku());
    }
    depot.expects("PO-1", BERLIN, 4, items);
    depot.expects("PO-1", BERLIN, 5, items);
    String half = Stream.of(items).limit(24).map(it -> "{\"sku\":\"%s\",\"quantity\":2}".formatted(it.sku()))
        .collect(Collectors.joining(","));
    refused(depot.receives("PO-1", "too much", "{\"lines\":[%s],\"complete\":true}".formatted(half)),
        "/lines too_many");
    assertThat(depot.receives("PO-1", "half", "{\"lines\":[%s]}".formatted(half)).status()).isEqualTo(201);
    assertThat(depot.receives("PO-1", "rest", "{\"complete\":true}").body()).containsEntry("status", "received");
    assertThat(incoming(items[47].sku())).isZero();
    assertThat(depot.at(BERLIN, items[0].sku()).onHand()).isEqualTo(2);
    depot.requireExact(BERLIN);
  }

  @Test
  void moreThanWasExpectedIsCountedBecauseItIsThere() {
    depot.expects("PO-1", BERLIN, 4, of(10, TEA));
    assertThat(depot.receives("PO-1", "pallet", of(13, TEA)).body()).containsEntry("status", "received");
    assertThat(depot.inPool(TEA).available()).isEqualTo(13);
    assertThat(incoming(TEA)).isZero();
  }

  private void expectsAHundredWithTolerance() {
    depot.expects("PO-1",
        """
            {"location_id":"berlin","expected_at":"2026-12-04T09:00:00Z","tolerance_percent":5,"lines":[{"sku":"TEA-200","quantity":100}]}""");
  }

  /** 100 are ordered with a tolerance of 5 %, 108 arrive, 6 of them damaged. */
  @Test
  void goodUnitsWithinTheToleranceAreForSaleAndDamagedOnesAreKeptApart() {
    expectsAHundredWithTolerance();
    Answer answer = depot.receives("PO-1", "pallet", """
        {"lines":[{"sku":"TEA-200","quantity":108,"damaged":6}]}""");
    assertThat(answer.text()).contains("\"quantity\":100,\"received\":108,\"damaged\":6,\"not_ordered\":0");
    assertThat(answer.body()).containsEntry("status", "received").containsEntry("tolerance_percent", 5L);
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(102, 6, 0));
    assertThat(depot.inPool(TEA).available()).isEqualTo(102);
    depot.requireExact(BERLIN);
  }

  /** Of 108 good ones 105 are taken, whether they come at once or one after the other. */
  @Test
  void whatIsBeyondTheToleranceIsQuarantinedAsNotOrdered() {
    expectsAHundredWithTolerance();
    depot.receives("PO-1", "pallet 1", of(60, TEA));
    assertThat(depot.receives("PO-1", "pallet 2", of(48, TEA)).text())
        .contains("\"received\":108,\"damaged\":0,\"not_ordered\":3");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(105, 0, 3));
    depot.receives("PO-1", "pallet 2", of(48, TEA));
    assertThat(depot.receives("PO-1", "pallet 3", of(2, TEA)).text()).contains("\"not_ordered\":5");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(105, 0, 5));
    assertThat(depot.inPool(TEA).available()).isEqualTo(105);
    assertThat(depot.movements(TEA, BERLIN).getLast().change()).isEqualTo(new Physical(0, 0, 2));
    depot.requireExact(BERLIN);
  }

  /** 97 arrive: 3 stay open until somebody says that they never come. */
  @Test
  void whatIsShortStaysOpenUntilSomebodyClosesIt() {
    expectsAHundredWithTolerance();
    assertThat(depot.receives("PO-1", "pallet", of(97, TEA)).body()).containsEntry("status", "partially_received");
    assertThat(incoming(TEA)).isEqualTo(3);
    assertThat(depot.receives("PO-1", "rest", "{\"complete\":true}").body()).containsEntry("status", "received");
    assertThat(incoming(TEA)).isZero();
  }

  @Test
  void whatNeverComesIsExpectedNoMoreOnceTheInboundIsComplete() {
    depot.expects("PO-1", BERLIN, 4, of(10, TEA), of(5, MUG));
    assertThat(depot.receives("PO-1", "all", """
        {"lines":[{"sku":"TEA-200","quantity":7}],"complete":true}""").body()).containsEntry("status", "received");
    assertThat(incoming(TEA)).isZero();
    assertThat(incoming(MUG)).isZero();
    Answer later = depot.expects("PO-1", """
        {"location_id":"berlin","expected_at":"2026-12-09T09:00:00Z","lines":[{"sku":"TEA-200","quantity":10}]}""");
    assertThat(later.status()).isEqualTo(409);
    assertThat(later.body()).containsEntry("code", "inbound_complete");
  }

  @Test
  void anInboundThatIsPutAgainReplacesWhatIsExpectedAndKeepsWhatHasArrived() {
    depot.expects("PO-1", BERLIN, 4, of(40, TEA), of(12, MUG));
    depot.receives("PO-1", "pallet", of(24, TEA));
    depot.expects("PO-1", BERLIN, 9, of(30, TEA));
    assertThat(incoming(TEA)).isEqualTo(6);
    assertThat(incoming(MUG)).isZero();
    Answer shown = depot.getInbound("PO-1");
    assertThat(shown.text()).contains("""
        {"sku":"TEA-200","quantity":30,"received":24,"damaged":0,"not_ordered":0,"held":0,"rejections":[]},"""
        + """
            {"sku":"MUG-BLUE","quantity":0,"received":0,"damaged":0,"not_ordered":0,"held":0,"rejections":[]}""")
        .contains("2026-12-09T09:00:00.000Z");
    long revision = (Long) shown.body().get("revision");
    depot.expects("PO-1", BERLIN, 9, of(30, TEA));
    assertThat(depot.getInbound("PO-1").body()).containsEntry("revision", revision);
    depot.expects("PO-1", BERLIN, 9);
    assertThat(depot.getInbound("PO-1").text()).contains("""
        {"sku":"TEA-200","quantity":0,"received":24,"damaged":0,"not_ordered":0,"held":0,"rejections":[]}""")
        .contains("\"status\":\"received\"");
  }

  @Test
  void whatIsExpectedOfASkuComesInTheOrderOfItsDates() {
    depot.expects("LATE", BERLIN, 20, of(1, TEA));
    depot.expects("SOON", BERLIN, 2, of(2, TEA));
    depot.expects("OUTLET", Depot.VIENNA, 1, of(9, TEA));
    assertThat(expected()).containsExactly(2, 1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}|/location_id required", "{}|/expected_at required",
    "{\"location_id\":\"nowhere\"}|/location_id unknown_location",
    "{\"expected_at\":\"soon\"}|/expected_at invalid", "{\"type\":\"gift\"}|/type unknown_value",
    "{\"lines\":[{\"sku\":\"NONE\",\"quantity\":1}]}|/lines/0/sku unknown_product",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":0}]}|/lines/0/quantity out_of_range",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":1},{\"sku\":\"TEA-200\",\"quantity\":1}]}|/lines/1/sku repeated",
    "{\"lots\":1}|/lots unknown"})
  void whatIsWrongWithAnInboundIsNamed(String body, String error) {
    refused(depot.expects("PO-1", body), error);
    assertThat(depot.getInbound("PO-1").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}|/lines required", "{\"lines\":[{\"sku\":\"MUG-BLUE\",\"quantity\":1}]}|/lines/0/sku not_expected",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":-1}]}|/lines/0/quantity out_of_range",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":1,\"damaged\":2}]}|/lines/0/damaged out_of_range",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":1,\"damaged\":-1}]}|/lines/0/damaged out_of_range",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":1},{\"sku\":\"TEA-200\",\"quantity\":1}]}|/lines/1/sku repeated"})
  void whatIsWrongWithAReceiptIsNamedAndNothingIsCounted(String body, String error) {
    depot.expects("PO-1", BERLIN, 4, of(10, TEA));
    refused(depot.receives("PO-1", "bad", body), error);
    assertThat(depot.inPool(TEA).available()).isZero();
    assertThat(incoming(TEA)).isEqualTo(10);
  }

  @Test
  void anInboundThatThereIsNotIsNotReceivedAndOneNeverMoves() {
    assertThat(depot.receives("PO-9", "pallet", of(1, TEA)).status()).isEqualTo(404);
    depot.expects("PO-1", BERLIN, 4, of(10, TEA));
    refused(depot.expects("PO-1", """
        {"location_id":"leipzig","expected_at":"2026-12-04T09:00:00Z"}"""), "/location_id immutable");
  }

  /** A unit, a case of 12 and a pallet of 480. */
  private void teaComesInCases() {
    depot.put("TEA-200",
        """
            {"name":"Assam","gtin":"4006381333931","packs":[{"gtin":"14006381333938","units":12},{"gtin":"34006381333932","units":480}]}""");
  }

  /** 8 cases and 6 single units are good, 6 are damaged: 102 of the 100 that were ordered. */
  @Test
  void casesAndSingleUnitsAreCountedInUnits() {
    teaComesInCases();
    expectsAHundredWithTolerance();
    Answer answer = depot.receives("PO-1", "pallet", """
        {"lines":[{"code":"14006381333938","packs":8},{"code":"4006381333931","packs":12,"damaged":6}]}""");
    assertThat(answer.text()).contains("\"quantity\":100,\"received\":108,\"damaged\":6,\"not_ordered\":0");
    assertThat(answer.body()).containsEntry("status", "received");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(102, 6, 0));
    depot.receives("PO-1", "pallet", """
        {"lines":[{"code":"14006381333938","packs":8},{"code":"4006381333931","packs":12,"damaged":6}]}""");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(102, 6, 0));
    depot.requireExact(BERLIN);
  }

  @Test
  void theLabelOfAPalletSaysHowManyCasesAreOnItUntilSomebodyCountsThem() {
    teaComesInCases();
    depot.expects("PO-1", BERLIN, 4, of(2000, TEA));
    assertThat(depot.receives("PO-1", "as labelled", """
        {"lines":[{"code":"02140063813339383740"},{"code":"]C10134006381333932"}]}""").text())
        .contains("\"received\":960");
    assertThat(depot.receives("PO-1", "as counted", """
        {"lines":[{"code":"02140063813339383740","packs":39}]}""").text()).contains("\"received\":1428");
    depot.requireExact(BERLIN);
  }

  @Test
  void whatIsBeyondTheToleranceIsFoundOverAllLinesOfAReceipt() {
    teaComesInCases();
    expectsAHundredWithTolerance();
    assertThat(depot.receives("PO-1", "pallet", """
        {"lines":[{"code":"14006381333938","packs":8},{"sku":"TEA-200","quantity":12}]}""").text())
        .contains("\"received\":108,\"damaged\":0,\"not_ordered\":3");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(105, 0, 3));
    depot.requireExact(BERLIN);
  }

  /** The group separator is what scanners make of FNC1. */
  @Test
  void lotsAndTheirDaysComeFromTheCode() {
    depot.put("MILK", """
        {"name":"Milk","lot_tracked":true,"expires":true,"packs":[{"gtin":"14006381333938","units":12}]}""");
    var milk = new waybill.messages.Sku("MILK");
    depot.expects("PO-1", BERLIN, 4, of(60, milk));
    assertThat(depot.receives("PO-1", "pallet", """
        {"lines":[{"code":"01140063813339381727033110A-1\\u001d3703"},{"code":"(01)14006381333938(10)B-2(15)270400"},
         {"sku":"MILK","quantity":5,"lot":"A-1"}]}""").status()).isEqualTo(201);
    assertThat(depot.at(BERLIN, milk).onHand()).isEqualTo(53);
    assertThat(depot.movements(milk, BERLIN).getLast().lots()).extracting(it -> it.lot() + " " + it.after().onHand())
        .containsExactly("A-1 41", "B-2 12");
    refused(depot.receives("PO-1", "other day", """
        {"lines":[{"code":"(01)14006381333938(10)A-1(17)270401"}]}"""), "/lines/0/expires_on wrong_expiry");
    refused(depot.receives("PO-1", "other lot", """
        {"lines":[{"code":"(01)14006381333938(10)A-1","lot":"B-2"}]}"""), "/lines/0/lot mismatch");
    depot.requireExact(BERLIN);
  }

  @Test
  void whatACodeSaysOfLotsIsLeftOutIfItsProductIsNotCountedByThem() {
    teaComesInCases();
    depot.put("SALT", "{\"name\":\"Salt\",\"lot_tracked\":true,\"gtin\":\"24006381333935\"}");
    var salt = new waybill.messages.Sku("SALT");
    depot.expects("PO-1", BERLIN, 4, of(100, TEA), of(10, salt));
    assertThat(depot.receives("PO-1", "pallet", """
        {"lines":[{"code":"(01)14006381333938(10)A-1(17)270331"},{"code":"(01)24006381333935(10)S-1(15)290331"}]}""")
        .status()).isEqualTo(201);
    assertThat(depot.movements(TEA, BERLIN).getLast().lots()).isNull();
    assertThat(depot.movements(salt, BERLIN).getLast().lots()).extracting(it -> it.lot() + " " + it.after().onHand())
        .containsExactly("S-1 1");
    refused(depot.receives("PO-1", "typed", """
        {"lines":[{"code":"14006381333938","lot":"A-1"}]}"""), "/lines/0/lot not_lot_tracked");
    depot.requireExact(BERLIN);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"code\":\"24006381333935\"}|/lines/0/code unknown_gtin",
    "{\"code\":\"14006381333939\"}|/lines/0/code wrong_check_digit",
    "{\"code\":\"hello\"}|/lines/0/code malformed_code", "{\"code\":\"\\u0007\"}|/lines/0/code control_character",
    "{\"code\":14006381333938}|/lines/0/code wrong_type",
    "{\"code\":\"14006381333938\",\"quantity\":3}|/lines/0/quantity unknown",
    "{\"code\":\"14006381333938\",\"packs\":0}|/lines/0/packs out_of_range",
    "{\"code\":\"14006381333938\",\"packs\":100000}|/lines/0/packs out_of_range",
    "{\"code\":\"14006381333938\",\"damaged\":13}|/lines/0/damaged out_of_range",
    "{\"sku\":\"TEA-200\",\"quantity\":3,\"packs\":1}|/lines/0/packs unknown",
    "{\"sku\":\"TEA-200\",\"quantity\":3,\"rejected\":1}|/lines/0/reject_reason required",
    "{\"sku\":\"TEA-200\",\"quantity\":3,\"reject_reason\":\"expired\"}|/lines/0/rejected required",
    "{\"sku\":\"TEA-200\",\"quantity\":3,\"rejected\":1,\"reject_reason\":\"ugly\"}|/lines/0/reject_reason unknown_value",
    "{\"sku\":\"TEA-200\",\"quantity\":3,\"damaged\":2,\"rejected\":2,\"reject_reason\":\"expired\"}|/lines/0/rejected out_of_range"})
  void whatIsWrongWithALineIsNamedAndNothingIsCounted(String line, String error) {
    teaComesInCases();
    depot.expects("PO-1", BERLIN, 4, of(10, TEA));
    refused(depot.receives("PO-1", "bad", "{\"lines\":[%s]}".formatted(line)), error);
    assertThat(depot.movements(TEA, BERLIN)).isEmpty();
  }

  @Test
  void aNumberOfTwoProductsIsNotGuessed() {
    teaComesInCases();
    depot.put("MUG-BLUE", "{\"name\":\"Mug\",\"gtin\":\"04006381333931\"}");
    depot.expects("PO-1", BERLIN, 4, of(10, TEA), of(10, MUG));
    refused(depot.receives("PO-1", "bad", "{\"lines\":[{\"code\":\"4006381333931\"}]}"),
        "/lines/0/code ambiguous_gtin");
  }

  @Test
  void whatIsRejectedAtTheDockIsNeverInStockAndStaysOpen() {
    depot.put("MILK", "{\"name\":\"Milk\",\"lot_tracked\":true,\"expires\":true}");
    var milk = new waybill.messages.Sku("MILK");
    depot.expects("PO-1", BERLIN, 4, of(40, TEA), of(10, milk));
    Answer answer = depot.receives("PO-1", "pallet",
        """
            {"lines":[{"sku":"TEA-200","quantity":24,"damaged":2,"rejected":4,"reject_reason":"temperature"},
             {"sku":"MILK","quantity":10,"rejected":10,"reject_reason":"expired","lot":"OLD","expires_on":"2020-01-01"}]}""");
    assertThat(answer.text()).contains("""
        "received":20,"damaged":2,"not_ordered":0,"held":0,"rejections":[{"reason":"temperature","quantity":4}]""")
        .contains("""
            "received":0,"damaged":0,"not_ordered":0,"held":0,"rejections":[{"reason":"expired","quantity":10}]""");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(18, 2, 0));
    assertThat(depot.movements(milk, BERLIN)).isEmpty();
    assertThat(incoming(TEA)).isEqualTo(20);
    assertThat(incoming(milk)).isEqualTo(10);
    assertThat(depot.receives("PO-1", "again", """
        {"lines":[{"sku":"TEA-200","quantity":3,"rejected":3,"reject_reason":"temperature"}]}""").text())
        .contains("\"rejections\":[{\"reason\":\"temperature\",\"quantity\":7}]");
    depot.requireExact(BERLIN);
  }

  @Test
  void whatIsOnHoldIsQuarantinedUntilSomebodyReleasesOrRejectsIt() {
    depot.put("TEA-200", "{\"name\":\"Assam\",\"quality_hold\":true}");
    depot.expects("PO-1", BERLIN, 4, of(40, TEA), of(12, MUG));
    String body = "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":24,\"damaged\":4},{\"sku\":\"MUG-BLUE\",\"quantity\":12}]}";
    assertThat(depot.receives("PO-1", "pallet", body).text())
        .contains("\"received\":24,\"damaged\":4,\"not_ordered\":0,\"held\":20");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(0, 4, 20));
    assertThat(depot.inPool(TEA).available()).isZero();
    assertThat(depot.inPool(MUG).available()).isEqualTo(12);
    assertThat(depot.movements(TEA, BERLIN).getLast().reason()).isEqualTo(LedgerEntry.Reason.QUALITY_HOLD);
    assertThat(depot.movements(MUG, BERLIN).getLast().reason()).isEqualTo(LedgerEntry.Reason.RECEIVED);

    depot.put("TEA-200", "{\"name\":\"Assam\"}");
    assertThat(depot.receives("PO-1", "pallet", body).status()).as("a repetition after the hold has ended")
        .isEqualTo(201);
    depot.adjust(TEA, "good", "{\"location_id\":\"berlin\",\"quantity\":15,\"reason\":\"released\"}");
    depot.adjust(TEA, "bad", "{\"location_id\":\"berlin\",\"quantity\":-5,\"reason\":\"rejected\"}");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(15, 9, 0));
    assertThat(depot.inPool(TEA).available()).isEqualTo(15);
    depot.requireExact(BERLIN);
  }

  @Test
  void anInboundOnHoldHoldsAllOfItAndStillCountsWhatNobodyOrdered() {
    depot.expects("PO-1", """
        {"location_id":"berlin","expected_at":"2026-12-04T09:00:00Z","tolerance_percent":5,"quality_hold":true,
         "lines":[{"sku":"TEA-200","quantity":100}]}""");
    assertThat(depot.receives("PO-1", "pallet", of(108, TEA)).text()).contains("\"not_ordered\":3,\"held\":105");
    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(0, 0, 108));
    depot.requireExact(BERLIN);
  }

  private static void refused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.text()).contains("""
        {"pointer":"%s","code":"%s\"""".formatted(error.split(" ")[0], error.split(" ")[1]));
  }
}
