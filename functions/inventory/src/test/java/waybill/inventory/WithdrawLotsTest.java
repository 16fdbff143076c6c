package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.missing;
import static waybill.inventory.LotYard.shipped;
import static waybill.inventory.LotYard.units;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.inventory.Depot.Answer;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.ShortageReason;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockFellShort;

/** The clock begins at 2026-11-22, 10 in the morning in Berlin. */
class WithdrawLotsTest {
  private final LotYard yard = new LotYard();
  private final Depot depot = yard.depot;

  @AfterEach
  void everyUnitIsInItsLot() {
    yard.close();
  }

  private void withdraw() throws IOException {
    new WithdrawLotsHandler(depot.bench.ports(depot.dynamo, depot.sqs)).handleRequest(InputStream.nullInputStream(),
        new ByteArrayOutputStream(), null);
  }

  private List<StockFellShort> fellShort() {
    return depot.sent().stream().filter(StockFellShort.class::isInstance).map(StockFellShort.class::cast).toList();
  }

  @Test
  void whatHasExpiredIsPromisedNoMoreFromTheDayAfterItsLast() throws IOException {
    yard.holds(BERLIN, A, "2026-11-23", 3).holds(LEIPZIG, A, "2026-11-23", 2).holds(BERLIN, B, "2027-06-30", 4);
    depot.bench.clock().advance(Duration.ofHours(37));
    withdraw();
    assertThat(depot.inPool(CREAM).available()).as("on its last day").isEqualTo(9);

    depot.bench.clock().advance(Duration.ofHours(1));
    withdraw();
    withdraw();

    assertThat(depot.inPool(CREAM).available()).isEqualTo(4);
    assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.of(Level.QUARANTINED, 3));
    assertThat(yard.lot(LEIPZIG, A)).isEqualTo(Levels.of(Level.QUARANTINED, 2));
    assertThat(depot.movements(CREAM, BERLIN).getLast()).satisfies(it -> {
      assertThat(it.reason()).isEqualTo(LedgerEntry.Reason.EXPIRED);
      assertThat(it.lots())
          .containsExactly(new LedgerEntry.OfLot(A, new Physical(3, 0, 0), new Physical(0, 0, 3)));
    });
  }

  @Test
  void aProductThatMustBeGoodForLongerLeavesSooner() throws IOException {
    yard.holds(BERLIN, A, "2026-12-21", 3).holds(BERLIN, B, "2026-12-22", 4);
    yard.mustBeGoodFor(30);

    withdraw();

    assertThat(yard.lot(BERLIN, A).onHand()).isZero();
    assertThat(yard.lot(BERLIN, B).onHand()).isEqualTo(4);
    assertThat(depot.inPool(CREAM).available()).isEqualTo(4);
  }

  @Test
  void whatWasAllocatedOfAnExpiredLotFallsShortAndComesFromAnother() throws IOException {
    yard.holds(BERLIN, A, "2026-11-23", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.allocated("one", 2);
    depot.bench.clock().advance(Duration.ofDays(2));
    depot.bench.forgetSent();

    withdraw();

    StockFellShort fell = fellShort().getFirst();
    assertThat(fell.lot()).isEqualTo(A);
    assertThat(fell.units()).isEqualTo(2);
    assertThat(yard.lot(BERLIN, A).get(Level.SHORTFALL)).isEqualTo(2);
    depot.correct(missing("short", planned, units(1, A, "2026-11-23", 2), 0, ShortageReason.NOT_IN_STOCK, true));
    assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.of(Level.QUARANTINED, 3));
    assertThat(depot.inPool(CREAM)).as("the order keeps its promise").isEqualTo(new Levels(2, 2, 0, 0));
    assertThat(depot.at(BERLIN, CREAM).available()).isEqualTo(4);
  }

  @Test
  void ifNoOtherLotSufficesTheOrderIsShort() throws IOException {
    yard.holds(BERLIN, A, "2026-11-23", 3);
    FulfillmentPlanned planned = yard.allocated("one", 2);
    depot.bench.clock().advance(Duration.ofDays(2));

    withdraw();
    depot.correct(missing("short", planned, units(1, A, "2026-11-23", 2), 0, ShortageReason.NOT_IN_STOCK, true));

    assertThat(depot.inPool(CREAM)).isEqualTo(Levels.NONE);
    assertThat(new StockReader(depot.bench.ports()).missing(planned.order())).containsEntry(CREAM, 2);
  }

  @Test
  void whoeverAllocatesMeetsAnExpiredLotFirstTakesItOutOfWhatIsForSale() {
    yard.holds(BERLIN, A, "2026-11-23", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned early = yard.allocated("early", 1);
    FulfillmentPlanned planned = yard.ordered("late", of(3, CREAM));
    FulfillmentPlanned tooMany = yard.ordered("more", of(3, CREAM));
    depot.bench.clock().advance(Duration.ofDays(2));
    depot.bench.forgetSent();

    depot.allocate(planned, tooMany);

    List<FulfillmentPlanned> allocated = Stream.of(planned, tooMany).filter(it -> yard.lotsOf(it).isPresent()).toList();
    assertThat(allocated).hasSize(1);
    assertThat(yard.lotsOf(allocated.getFirst())).contains(List.of(units(1, B, "2027-06-30", 3)));
    assertThat(depot.sent()).anyMatch(AllocationRefused.class::isInstance);
    assertThat(fellShort()).singleElement().satisfies(it -> assertThat(it.units()).isEqualTo(1));
    assertThat(depot.at(BERLIN, CREAM).available()).as("no plan is made of it again").isZero();
    depot.correct(missing("short", early, units(1, A, "2026-11-23", 1), 0, ShortageReason.NOT_IN_STOCK, true));
  }

  @Test
  void unitsThatLeaveThoughTheirLotWasCountedShortAreFound() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.allocated("one", 3);
    yard.adjust("\"counted\":1,\"lot\":\"A\"");
    assertThat(yard.lot(BERLIN, A).get(Level.SHORTFALL)).isEqualTo(2);

    depot.ship(shipped("one", yard.lotsOf(planned).orElseThrow(), of(3, CREAM)));

    assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.NONE);
    assertThat(depot.at(BERLIN, CREAM)).as("the other lot covers nothing").isEqualTo(new Levels(4, 0, 4, 0));
    assertThat(depot.inPool(CREAM)).isEqualTo(new Levels(4, 0, 0, 0));
  }

  @Test
  void aPackerReportsUnitsOfALotAndTheyLeaveThatLot() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.allocated("one", 5);

    depot.correct(missing("broken", planned, units(1, A, "2027-03-31", 2), 3, ShortageReason.DAMAGED, false));

    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(0, 0, 1, 1).plus(Levels.of(Level.DAMAGED, 2)));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 4, 2));
    depot.release(Depot.cancelled(planned));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(4, 0, 4, 0));
  }

  @Test
  void aLotThatIsRecalledAnywhereIsForSaleNowhere() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(LEIPZIG, A, "2027-03-31", 2).holds(BERLIN, B, "2027-06-30", 4);

    Answer answer = yard.adjust(LEIPZIG, """
        "quantity":-2,"reason":"recalled","lot":"A","reference":"R-2026-4\"""");

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.of(Level.QUARANTINED, 3));
    assertThat(yard.lot(LEIPZIG, A)).isEqualTo(Levels.of(Level.QUARANTINED, 2));
    for (String reason : List.of("received", "released", "found")) {
      assertThat(yard.adjust("\"quantity\":1,\"reason\":\"%s\",\"lot\":\"A\"".formatted(reason)).text()).as(reason)
          .contains("\"pointer\":\"/lot\"").contains("\"code\":\"recalled\"");
    }
    assertThat(yard.adjust("\"quantity\":-3,\"reason\":\"rejected\",\"lot\":\"A\"").status()).isEqualTo(201);
  }

  @Test
  void aTransferTakesTheLotThatItNamesAndBringsItToTheOtherLocation() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    String draft = """
        {"from":"berlin","to":"leipzig","expected_at":"2026-12-02T09:00:00Z","lines":[{"sku":"CREAM-50","quantity":3%s}]}""";
    assertThat(depot.drafts("none", draft.formatted("")).text()).contains("/lines/0/lot", "required");
    assertThat(depot.drafts("wrong", draft.formatted(",\"lot\":\"Z\"")).text()).contains("unknown_lot");
    var transfer = (String) depot.drafts("right", draft.formatted(",\"lot\":\"B\"")).body().get("id");
    depot.dispatches(transfer, "{}");
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(1, 0, 1, 0));
    assertThat(yard.lot(LEIPZIG, B)).isEqualTo(Levels.of(Level.IN_TRANSIT, 3));

    String receipt = "{\"lines\":[{\"sku\":\"CREAM-50\",\"quantity\":2%s}]}";
    assertThat(depot.arrives(transfer, "a", receipt.formatted("")).text()).contains("/lines/0/lot", "required");
    assertThat(depot.arrives(transfer, "b", receipt.formatted(",\"lot\":\"A\"")).text()).contains("wrong_lot");
    assertThat(depot.arrives(transfer, "c", receipt.formatted(",\"lot\":\"B\"")).status()).isEqualTo(201);
    assertThat(yard.lot(LEIPZIG, B)).isEqualTo(new Levels(2, 0, 2, 0).plus(Levels.of(Level.IN_TRANSIT, 1)));
    depot.cancelsTransfer(transfer, "{\"units\":\"back\"}");
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 2, 0));
  }

  @Test
  void anInboundsReceiptOpensLots() {
    depot.expects("PO-1", BERLIN, 4, of(10, CREAM));
    String receipt = "{\"lines\":[{\"sku\":\"CREAM-50\",\"quantity\":6,\"damaged\":1%s}]}";
    assertThat(depot.receives("PO-1", "a", receipt.formatted("")).text()).contains("/lines/0/lot", "required");
    assertThat(depot.receives("PO-1", "b", receipt.formatted(",\"lot\":\"A\",\"expires_on\":\"2026-11-21\"")).text())
        .contains("/lines/0/expires_on", "expired");
    assertThat(
        depot.receives("PO-1", "c", receipt.formatted(",\"lot\":\"A\",\"expires_on\":\"2027-03-31\"")).status())
        .isEqualTo(201);
    assertThat(depot.receives("PO-1", "d", receipt.formatted(",\"lot\":\"A\",\"expires_on\":\"2027-04-01\"")).text())
        .contains("wrong_expiry");
    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(5, 0, 5, 0).plus(Levels.of(Level.DAMAGED, 1)));
  }

  @Test
  void aLotIsCountedAsOfAnEarlierTime() {
    yard.holds(BERLIN, A, "2027-03-31", 9);
    depot.bench.clock().advance(Duration.ofMinutes(10));
    String then = depot.bench.clock().instant().toString();
    depot.bench.clock().advance(Duration.ofMinutes(10));
    yard.adjust("\"quantity\":-2,\"reason\":\"lost\",\"lot\":\"A\"");
    yard.holds(BERLIN, B, "2027-06-30", 4);

    yard.adjust("\"counted\":8,\"counted_at\":\"%s\",\"lot\":\"A\"".formatted(then));

    assertThat(yard.lot(BERLIN, A).onHand()).isEqualTo(6);
  }
}
