package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.VIENNA;
import static waybill.inventory.Depot.inParallel;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.orderId;
import static waybill.inventory.Depot.planned;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.inventory.Depot.Answer;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockPool;

class TransfersTest {
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private Physical there(LocationId location, Sku sku) {
    return Physical.of(depot.at(location, sku));
  }

  private long incoming() {
    return depot.inPool(TEA).get(Level.INCOMING);
  }

  private String status(String transfer) {
    return (String) depot.getTransfer(transfer).body().get("status");
  }

  private Answer arrives(String transfer, String key, int quantity, int damaged) {
    return depot.arrives(transfer, key, """
        {"lines":[{"sku":"TEA-200","quantity":%d,"damaged":%d}]}""".formatted(quantity, damaged));
  }

  @Test
  void aDraftMovesNothing() {
    depot.holds(TEA, BERLIN, 10);
    String transfer = depot.drafts(BERLIN, LEIPZIG, 4, of(4, TEA));
    assertThat(status(transfer)).isEqualTo("draft");
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(10, 0, 0));
    assertThat(depot.inPool(TEA).available()).isEqualTo(10);
    assertThat(incoming()).isZero();
    Answer early = arrives(transfer, "early", 1, 0);
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body()).containsEntry("code", "transfer_not_dispatched");
  }

  @Test
  void whatIsDispatchedIsInTransitUntilItIsReceivedInParts() {
    depot.holds(TEA, BERLIN, 10);
    String transfer = depot.sends(BERLIN, LEIPZIG, 4, of(6, TEA));
    assertThat(status(transfer)).isEqualTo("in_transit");
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(4, 0, 0, 0));
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(0, 0, 0, 6));
    assertThat(depot.inPool(TEA).available()).isEqualTo(4);
    assertThat(incoming()).isEqualTo(6);
    assertThat(depot.getStock(TEA).text()).contains("\"in_transit\":6");
    depot.requireExact(BERLIN, LEIPZIG);

    Answer first = arrives(transfer, "pallet", 4, 1);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.body()).containsEntry("status", "partially_received");
    assertThat(first.text()).contains("""
        {"sku":"TEA-200","quantity":6,"received":4,"damaged":1,"returned":0,"written_off":0}""");
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(3, 1, 0, 2));
    assertThat(depot.inPool(TEA).available()).isEqualTo(7);
    assertThat(incoming()).isEqualTo(2);

    assertThat(arrives(transfer, "rest", 2, 0).body()).containsEntry("status", "received");
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(5, 1, 0, 0));
    assertThat(incoming()).isZero();
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void eachStepIsInTheLedgerOfBothLocations() {
    depot.holds(TEA, BERLIN, 10);
    String transfer = depot.sends(BERLIN, LEIPZIG, 4, of(6, TEA));
    arrives(transfer, "pallet", 2, 1);
    depot.cancelsTransfer(transfer, "{\"units\":\"back\",\"note\":\"the lorry turned round\"}");
    assertThat(depot.movements(TEA, BERLIN)).extracting(LedgerEntry::reason).containsExactly(
        LedgerEntry.Reason.RECEIVED, LedgerEntry.Reason.TRANSFER_SENT, LedgerEntry.Reason.TRANSFER_RETURNED);
    assertThat(depot.movements(TEA, LEIPZIG)).extracting(LedgerEntry::reason).containsExactly(
        LedgerEntry.Reason.TRANSFER_SENT, LedgerEntry.Reason.TRANSFER_RECEIVED,
        LedgerEntry.Reason.TRANSFER_RETURNED);
    assertThat(depot.movements(TEA, LEIPZIG)).extracting(LedgerEntry::change)
        .containsExactly(new Physical(0, 0, 0, 6), new Physical(1, 1, 0, -2), new Physical(0, 0, 0, -4));
    assertThat(depot.movements(TEA, BERLIN).getLast()).satisfies(it -> {
      assertThat(it.references()).containsExactly(transfer);
      assertThat(it.note()).isEqualTo("the lorry turned round");
      assertThat(it.actor()).isEqualTo("ada");
      assertThat(it.after()).isEqualTo(new Physical(8, 0, 0));
    });
    assertThat(depot.listMovements(TEA, Map.of("location_id", "leipzig")).text()).contains("transfer_received")
        .contains("\"in_transit\":-2");
  }

  @Test
  void whatIsCancelledGoesBackOrIsWrittenOffAndADraftIsNeither() {
    depot.holds(TEA, BERLIN, 10);
    String back = depot.sends(BERLIN, LEIPZIG, 4, of(3, TEA));
    String gone = depot.sends(BERLIN, LEIPZIG, 5, of(4, TEA));
    String draft = depot.drafts(BERLIN, LEIPZIG, 6, of(1, TEA));
    assertThat(depot.cancelsTransfer(back, "{\"units\":\"back\"}").body()).containsEntry("status", "cancelled");
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(6, 0, 0, 0));
    assertThat(depot.inPool(TEA).available()).isEqualTo(6);
    assertThat(depot.cancelsTransfer(gone, "{}").status()).isEqualTo(422);
    assertThat(depot.cancelsTransfer(gone, "{\"units\":\"written_off\"}").text()).contains("\"written_off\":4");
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(0, 0, 0, 0));
    assertThat(incoming()).isZero();
    assertThat(depot.cancelsTransfer(draft, "{}").body()).containsEntry("status", "cancelled");
    depot.requireExact(BERLIN, LEIPZIG);

    for (String it : List.of(back, gone, draft)) {
      assertThat(depot.dispatches(it, "{}").body()).containsEntry("code", "transfer_cancelled");
      assertThat(arrives(it, "late", 1, 0).body()).containsEntry("code", "transfer_cancelled");
    }
    assertThat(depot.cancelsTransfer(gone, "{\"units\":\"back\"}").body()).containsEntry("code", "transfer_cancelled");
    assertThat(depot.cancelsTransfer(gone, "{\"units\":\"written_off\"}").status()).isEqualTo(200);
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(6, 0, 0, 0));
  }

  @Test
  void whatHasAllArrivedIsNotCancelledAndWhatHasPartlyArrivedStays() {
    depot.holds(TEA, BERLIN, 10);
    String whole = depot.sends(BERLIN, LEIPZIG, 4, of(3, TEA));
    arrives(whole, "all", 3, 0);
    Answer late = depot.cancelsTransfer(whole, "{\"units\":\"back\"}");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).containsEntry("code", "transfer_received");
    String part = depot.sends(BERLIN, LEIPZIG, 4, of(3, TEA));
    arrives(part, "one", 1, 0);
    depot.cancelsTransfer(part, "{\"units\":\"written_off\"}");
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(4, 0, 0, 0));
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(4, 0, 0, 0));
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void whatIsSentAgainMovesOnce() {
    depot.holds(TEA, BERLIN, 10);
    String body = """
        {"from":"berlin","to":"leipzig","expected_at":"2026-12-04T09:00:00Z","lines":[{"sku":"TEA-200","quantity":3}]}""";
    Answer made = depot.drafts("key", body);
    String transfer = (String) made.body().get("id");
    assertThat(depot.drafts("key", body).body()).isEqualTo(made.body());
    Answer other = depot.drafts("key", body.replace("3}", "4}"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).containsEntry("code", "idempotency_key_reused").containsEntry("transfer_id", transfer);
    for (int i = 0; i < 3; i++) {
      assertThat(depot.dispatches(transfer, "{\"expected_at\":\"2026-12-06T09:00:00Z\"}").status()).isEqualTo(200);
      assertThat(arrives(transfer, "pallet", 2, 0).status()).isEqualTo(201);
    }
    assertThat(depot.drafts("key", body).body()).containsEntry("status", "partially_received");
    assertThat(there(BERLIN, TEA).onHand()).isEqualTo(7);
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(2, 0, 0, 1));
    assertThat(depot.dispatches(transfer, "{\"expected_at\":\"2026-12-07T09:00:00Z\"}").body())
        .containsEntry("code", "transfer_dispatched");
  }

  /** What a transfer is refused with, and nothing has moved; null if it leaves. */
  private String refusal(LocationId from, LocationId to, SkuQuantity... items) {
    List<Physical> before = List.of(there(from, TEA), there(to, TEA));
    Answer answer = depot.dispatches(depot.drafts(from, to, 4, items), "{}");
    if (answer.status() == 200) {
      return null;
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.body()).containsEntry("code", "insufficient_stock");
    assertThat(List.of(there(from, TEA), there(to, TEA))).isEqualTo(before);
    return (String) answer.body().get("detail");
  }

  @Test
  void unitsThatAreAllocatedAreNotTransferredAway() {
    depot.holds(TEA, BERLIN, 10).holds(TEA, LEIPZIG, 10);
    depot.reserve(order("a", 1, of(4, TEA)));
    depot.allocate(planned("a", BERLIN, of(4, TEA)));
    assertThat(refusal(BERLIN, LEIPZIG, of(7, TEA))).isEqualTo(
        "only 6 units of TEA-200 are free at berlin; what is allocated, promised or kept is not transferred");
    assertThat(refusal(BERLIN, LEIPZIG, of(6, TEA))).isNull();
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void unitsThatAPoolHasPromisedOrKeepsAreNotTransferredAway() {
    depot.holds(TEA, BERLIN, 10);
    depot.reserve(order("a", 1, of(4, TEA)));
    assertThat(refusal(BERLIN, VIENNA, of(7, TEA))).contains("only 6 units");
    depot.keeps(TEA, "default", "{\"safety_stock\":2}");
    assertThat(refusal(BERLIN, VIENNA, of(5, TEA))).contains("only 4 units");
    assertThat(refusal(BERLIN, VIENNA, of(4, TEA))).isNull();
    depot.requireExact(BERLIN);
  }

  @Test
  void whatAnOpenLocationPromisesIsNotCoveredByAClosedOne() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 5);
    depot.location(LEIPZIG, "default", false);
    depot.reserve(order("a", 1, of(5, TEA)));
    assertThat(refusal(BERLIN, VIENNA, of(1, TEA))).contains("only 0 units");
    assertThat(refusal(LEIPZIG, BERLIN, of(5, TEA))).isNull();
    assertThat(depot.inPool(TEA).available()).isZero();
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void allLinesLeaveOrNoneAndEachThatIsShortIsNamed() {
    depot.holds(TEA, BERLIN, 3);
    Answer answer = depot.dispatches(depot.drafts(BERLIN, LEIPZIG, 4, of(4, TEA), of(1, MUG)), "{}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text()).contains("/lines/0/quantity", "/lines/1/quantity");
    assertThat(refusal(BERLIN, LEIPZIG, of(3, TEA), of(1, MUG))).contains("only 0 units of MUG-BLUE");
    assertThat(there(BERLIN, TEA).onHand()).isEqualTo(3);
  }

  @Test
  void aTransferToAnotherPoolLeavesTheOneAndIsExpectedByTheOther() {
    var outlet = new StockPool("outlet");
    depot.holds(TEA, BERLIN, 10);
    String transfer = depot.sends(BERLIN, VIENNA, 4, of(6, TEA));
    assertThat(depot.inPool(TEA).available()).isEqualTo(4);
    assertThat(incoming()).isZero();
    var expected = InventoryTable.inbounds(depot.bench.ports()).expected(TEA, outlet);
    assertThat(expected).singleElement().satisfies(it -> {
      assertThat(it.quantity()).isEqualTo(6);
      assertThat(it.expectedAt()).isEqualTo(Instant.parse("2026-12-04T09:00:00Z"));
    });
    arrives(transfer, "all", 6, 0);
    assertThat(InventoryTable.inbounds(depot.bench.ports()).expected(TEA, outlet)).isEmpty();
    assertThat(there(VIENNA, TEA)).isEqualTo(new Physical(6, 0, 0, 0));
    depot.requireExact(BERLIN);
  }

  @Test
  void aPromiseRestsOnATransferAsOnAnInboundAndIsFilledByIt() {
    depot.oversells(TEA, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.holds(TEA, VIENNA, 5);
    String transfer = depot.sends(VIENNA, BERLIN, 4, of(5, TEA));
    depot.reserve(order("a", 1, of(2, TEA)));
    assertThat(reservation("a").backorder().promise(TEA).now()).isEqualTo(Instant.parse("2026-12-04T09:00:00Z"));
    arrives(transfer, "some", 3, 1);
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, true));
    depot.fill(TEA, true);
    assertThat(reservation("a").isWaiting()).isFalse();
    depot.requireExact(BERLIN);
  }

  @Test
  void storefrontsHearThatThePoolWhichSendsIsSoldOut() {
    depot.holds(TEA, VIENNA, 5);
    depot.queue(new FillBackordersHandler(depot.bench.ports()),
        depot.bench.sqsEvent(new BackordersDue(TEA, new StockPool("outlet"), true)));
    depot.sends(VIENNA, BERLIN, 4, of(5, TEA));
    assertThat(depot.sent()).contains(new BackordersDue(TEA, new StockPool("outlet"), true));
  }

  @Test
  void aTransferThatIsCancelledMovesThePromiseThatRestedOnIt() {
    depot.oversells(TEA, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.holds(TEA, VIENNA, 5);
    String transfer = depot.sends(VIENNA, BERLIN, 4, of(5, TEA));
    depot.reserve(order("a", 1, of(2, TEA)));
    depot.cancelsTransfer(transfer, "{\"units\":\"back\"}");
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, true));
    depot.fill(TEA, true);
    assertThat(reservation("a").backorder().promise(TEA).now()).isNull();
    assertThat(there(VIENNA, TEA)).isEqualTo(new Physical(5, 0, 0, 0));
  }

  private Reservation reservation(String order) {
    return InventoryTable.reservationRecords(depot.bench.ports())
        .find(InventoryTable.reservation(orderId(order).value())).orElseThrow().value();
  }

  @Test
  void moreThanWasSentIsCountedBecauseItIsThere() {
    depot.holds(TEA, BERLIN, 10);
    String transfer = depot.sends(BERLIN, LEIPZIG, 4, of(6, TEA));
    assertThat(arrives(transfer, "pallet", 8, 0).body()).containsEntry("status", "received");
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(8, 0, 0, 0));
    assertThat(incoming()).isZero();
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void fourteenProductsAreSentReceivedAndSentBackAndOneMoreIsRefused() {
    SkuQuantity[] items = IntStream.range(0, 15).mapToObj(it -> of(2, new Sku("SKU-" + it)))
        .toArray(SkuQuantity[]::new);
    for (SkuQuantity it : items) {
      depot.product(it.sku());
      depot.holds(it.sku(), VIENNA, 2);
    }
    SkuQuantity[] most = Stream.of(items).limit(Transfer.MAX_LINES).toArray(SkuQuantity[]::new);
    String transfer = depot.sends(VIENNA, BERLIN, 4, most);
    String lines = Stream.of(most).map(it -> "{\"sku\":\"%s\",\"quantity\":1}".formatted(it.sku()))
        .collect(Collectors.joining(","));
    assertThat(depot.arrives(transfer, "half", "{\"lines\":[%s]}".formatted(lines)).status()).isEqualTo(201);
    assertThat(depot.cancelsTransfer(transfer, "{\"units\":\"back\"}").status()).isEqualTo(200);
    assertThat(there(VIENNA, items[0].sku()).onHand()).isEqualTo(1);
    depot.requireExact(BERLIN);
    Answer tooMany = depot.drafts("too many", """
        {"from":"vienna","to":"berlin","expected_at":"2026-12-04T09:00:00Z","lines":[%s]}""".formatted(lines
        + ",{\"sku\":\"SKU-14\",\"quantity\":1}"));
    assertThat(tooMany.text()).contains("\"pointer\":\"/lines\"", "has 1 to 14 entries");
  }

  @Test
  void unitsAreNeitherLostNorDoubledWhateverFailsAndWhoeverAsksAtOnce() throws Exception {
    depot.holds(TEA, BERLIN, 40);
    List<String> transfers = IntStream.range(0, 4).mapToObj(_ -> depot.drafts(BERLIN, LEIPZIG, 4, of(10, TEA)))
        .toList();
    depot.unlucky(0.3);
    inParallel(8, thread -> {
      String transfer = transfers.get(thread / 2);
      untilItAnswers(() -> depot.dispatches(transfer, "{}"));
      untilItAnswers(() -> arrives(transfer, "pallet", 4, 1));
      return untilItAnswers(() -> depot.cancelsTransfer(transfer,
          thread / 2 % 2 == 0 ? "{\"units\":\"back\"}" : "{\"units\":\"written_off\"}"));
    });
    assertThat(there(BERLIN, TEA)).isEqualTo(new Physical(12, 0, 0, 0));
    assertThat(there(LEIPZIG, TEA)).isEqualTo(new Physical(12, 4, 0, 0));
    assertThat(depot.inPool(TEA).available()).isEqualTo(24);
    assertThat(incoming()).isZero();
    depot.requireExact(BERLIN, LEIPZIG);
  }

  private static Answer untilItAnswers(java.util.function.Supplier<Answer> request) {
    for (int i = 0; i < 100; i++) {
      Answer answer = request.get();
      if (answer.status() < 500) {
        return answer;
      }
    }
    throw new AssertionError("it never answers");
  }

  @Test
  void aKitIsNotTransferredAsItHasNoStock() {
    depot.put("SET", """
        {"name":"A set","components":[{"sku":"TEA-200","quantity":1},{"sku":"MUG-BLUE","quantity":1}]}""");
    assertThat(depot.drafts("kit", """
        {"from":"berlin","to":"leipzig","expected_at":"2026-12-04T09:00:00Z","lines":[{"sku":"SET","quantity":1}]}""")
        .text())
        .contains("/lines/0/sku", "\"code\":\"kit\"");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{}|/from required", "{}|/to required", "{}|/expected_at required",
    "{}|/lines required", "{\"from\":\"nowhere\"}|/from unknown_location",
    "{\"from\":\"berlin\",\"to\":\"berlin\"}|/to same_location", "{\"lines\":[]}|/lines wrong_count",
    "{\"lines\":[{\"sku\":\"NONE\",\"quantity\":1}]}|/lines/0/sku unknown_product",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":0}]}|/lines/0/quantity out_of_range",
    "{\"lines\":[{\"sku\":\"TEA-200\",\"quantity\":1},{\"sku\":\"TEA-200\",\"quantity\":1}]}|/lines/1/sku repeated"})
  void whatIsWrongWithATransferIsNamed(String body, String error) {
    Answer answer = depot.drafts("bad", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).contains("""
        {"pointer":"%s","code":"%s\"""".formatted(error.split(" ")[0], error.split(" ")[1]));
  }
}
