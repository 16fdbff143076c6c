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
        {"sku":"TEA-200","quantity":40,"received":24,"damaged":4,"not_ordered":0}""");
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
        {"sku":"TEA-200","quantity":30,"received":24,"damaged":0,"not_ordered":0},"""
        + """
            {"sku":"MUG-BLUE","quantity":0,"received":0,"damaged":0,"not_ordered":0}""")
        .contains("2026-12-09T09:00:00.000Z");
    long revision = (Long) shown.body().get("revision");
    depot.expects("PO-1", BERLIN, 9, of(30, TEA));
    assertThat(depot.getInbound("PO-1").body()).containsEntry("revision", revision);
    depot.expects("PO-1", BERLIN, 9);
    assertThat(depot.getInbound("PO-1").text()).contains("""
        {"sku":"TEA-200","quantity":0,"received":24,"damaged":0,"not_ordered":0}""")
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

  private static void refused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.text()).contains("""
        {"pointer":"%s","code":"%s\"""".formatted(error.split(" ")[0], error.split(" ")[1]));
  }
}
