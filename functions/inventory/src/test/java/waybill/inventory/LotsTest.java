package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.cancelled;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.C;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.shipped;
import static waybill.inventory.LotYard.units;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.inventory.Depot.Answer;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;

/** Stock that is counted by lots, each of which has a day. */
class LotsTest {
  private final LotYard yard = new LotYard();
  private final Depot depot = yard.depot;

  @AfterEach
  void everyUnitIsInItsLot() {
    yard.close();
  }

  @Test
  void theLotThatExpiresFirstIsTakenFirstWhicheverCameFirst() {
    yard.holds(BERLIN, B, "2027-06-30", 4).holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, C, "2027-09-30", 5);
    FulfillmentPlanned planned = yard.ordered("one", of(5, CREAM));

    depot.allocate(planned);

    assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, A, "2027-03-31", 3),
        units(1, B, "2027-06-30", 2));
    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(0, 0, 3, 3));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 4, 2));
    assertThat(yard.lot(BERLIN, C)).isEqualTo(new Levels(5, 0, 5, 0));
  }

  private static final LotNumber D = new LotNumber("D");
  private static final LocalDate ARRIVES = LocalDate.parse("2026-12-02");

  /** 10 of A until 10 December, 20 of B until 20 December, 50 of C until 1 March, and 40 of D, which is recalled. */
  private void fourLots() {
    yard.holds(BERLIN, D, "2026-12-01", 40).holds(BERLIN, C, "2027-03-01", 50).holds(BERLIN, A, "2026-12-10", 10)
        .holds(BERLIN, B, "2026-12-20", 20);
    assertThat(yard.adjust("\"quantity\":-40,\"reason\":\"recalled\",\"lot\":\"D\"").status()).isEqualTo(201);
  }

  private FulfillmentPlanned arriving(FulfillmentPlanned it, LocalDate day) {
    return new FulfillmentPlanned(it.order(), it.fulfillment(), it.location(), it.lines(), it.change(), it.lots(), day);
  }

  /** On arrival A is good for 8 days and B for 18; the product must be for 14. */
  @Test
  void theLotThatExpiresFirstOfThoseThatAreGoodForLongEnoughOnArrivalIsTaken() {
    fourLots();
    yard.mustBeGoodFor(14);
    FulfillmentPlanned planned = arriving(yard.ordered("one", of(25, CREAM)), ARRIVES);

    depot.allocate(planned);
    depot.allocate(planned);

    assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, B, "2026-12-20", 20),
        units(1, C, "2027-03-01", 5));
    assertThat(yard.lot(BERLIN, A)).as("free for others").isEqualTo(new Levels(10, 0, 10, 0));
  }

  @Test
  void withoutAMinimumWhatIsGoodOnArrivalIsTakenFirst() {
    fourLots();
    FulfillmentPlanned planned = arriving(yard.ordered("one", of(25, CREAM)), ARRIVES);
    depot.allocate(planned);
    assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, A, "2026-12-10", 10),
        units(1, B, "2026-12-20", 15));
  }

  @Test
  void whatExpiresOnItsWayIsAllocatedToNobodyWhoseDayIsKnown() {
    yard.holds(BERLIN, A, "2026-11-30", 10).holds(BERLIN, B, "2026-12-02", 10);
    FulfillmentPlanned known = arriving(yard.ordered("one", of(2, CREAM)), ARRIVES);
    FulfillmentPlanned unknown = yard.ordered("two", of(2, CREAM));
    depot.allocate(known, unknown);
    assertThat(yard.lotsOf(known).orElseThrow()).containsExactly(units(1, B, "2026-12-02", 2));
    assertThat(yard.lotsOf(unknown).orElseThrow()).containsExactly(units(1, A, "2026-11-30", 2));
  }

  /** The planner and the allocation go by the same rule, or a plan would be refused and made again for ever. */
  @Test
  void thePlannerCountsWhatIsTooOldOnArrivalAsNotFree() {
    fourLots();
    yard.mustBeGoodFor(14);
    depot.holds(Depot.TEA, BERLIN, 5);
    var reader = new StockReader(depot.bench.ports());
    assertThat(reader.free(List.of(CREAM, Depot.TEA), List.of(BERLIN), () -> Optional.of(ARRIVES)))
        .isEqualTo(Map.of(CREAM, Map.of(BERLIN, 70), Depot.TEA, Map.of(BERLIN, 5)));
    assertThat(reader.free(List.of(CREAM), List.of(BERLIN))).isEqualTo(Map.of(CREAM, Map.of(BERLIN, 80)));
    assertThat(reader.free(List.of(Depot.TEA), List.of(BERLIN), () -> {
      throw new AssertionError("the order is read for what has no lots");
    })).isEqualTo(Map.of(Depot.TEA, Map.of(BERLIN, 5)));

    FulfillmentPlanned most = arriving(yard.ordered("most", of(70, CREAM)), ARRIVES);
    depot.allocate(most);
    assertThat(yard.lotsOf(most)).as("all that the planner counts").isPresent();
  }

  @Test
  void aLotIsNotSwappedForOneThatIsTooOldOnArrival() {
    fourLots();
    yard.mustBeGoodFor(14);
    var found = new SwappableLots(depot.bench.ports()).find(CREAM, BERLIN, A);
    assertThat(found.unfit("/to", ARRIVES).orElseThrow().code()).isEqualTo("minimum_life");
    assertThat(found.unfit("/to", LocalDate.parse("2026-11-26"))).isEmpty();
    assertThat(found.unfit("/to", null)).isEmpty();
  }

  @Test
  void allocationsOfOneBatchTakeNoUnitOfALotTwice() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 3);
    var batch = Stream.of("one", "two", "three").map(it -> yard.ordered(it, of(2, CREAM))).toList();

    depot.allocate(batch.toArray(FulfillmentPlanned[]::new));

    assertThat(batch.stream().flatMap(it -> yard.lotsOf(it).orElseThrow().stream()).filter(it -> it.lot().equals(A))
        .mapToInt(LotQuantity::quantity).sum()).isEqualTo(3);
    assertThat(yard.lot(BERLIN, A).available()).isZero();
    assertThat(yard.lot(BERLIN, B).available()).isZero();
  }

  @Test
  void aParcelTakesTheUnitsOfItsLotsAndTheLedgerSaysSo() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.ship(shipped("one", yard.lotsOf(planned).orElseThrow(), of(5, CREAM)));
    depot.ship(shipped("one", yard.lotsOf(planned).orElseThrow(), of(5, CREAM)));

    assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.NONE);
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 2, 0));
    assertThat(depot.movements(CREAM, BERLIN).getLast().lots())
        .containsExactly(new LedgerEntry.OfLot(A, new Physical(3, 0, 0), new Physical(0, 0, 0)),
            new LedgerEntry.OfLot(B, new Physical(4, 0, 0), new Physical(2, 0, 0)));
  }

  @Test
  void whatIsReleasedIsFreeInItsLotsAgain() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.release(cancelled("one"), cancelled(planned));

    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(3, 0, 3, 0));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(4, 0, 4, 0));
  }

  @Test
  void aFulfillmentThatGetsSmallerGivesBackTheLotThatExpiresLast() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN,
        List.of(new LineQuantity(new LineId("line_1"), CREAM, 2)), 1));

    assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, A, "2027-03-31", 2));
    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(1, 0, 3, 2));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(4, 0, 4, 0));
  }

  @Test
  void aFulfillmentThatGetsSmallerByUnitsOfOneLotGivesBackThose() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = yard.ordered("one", of(4, CREAM));
    depot.allocate(planned);

    // A unit of A is reported missing; the plan is sent again, and comes before the report.
    var left = List.of(units(1, A, "2027-03-31", 2), units(1, B, "2027-06-30", 1));
    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN,
        List.of(new LineQuantity(new LineId("line_1"), CREAM, 3)), 0, left));

    assertThat(yard.lotsOf(planned).orElseThrow()).as("what its packer sees").isEqualTo(left);
    assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(1, 0, 3, 2));
    assertThat(yard.lot(BERLIN, B)).isEqualTo(new Levels(3, 0, 4, 1));
  }

  @Test
  void whatIsNotCountedByLotsIsWrittenAsBefore() {
    depot.holds(Depot.TEA, BERLIN, 5);
    FulfillmentPlanned planned = yard.ordered("one", of(2, Depot.TEA));

    depot.allocate(planned);

    assertThat(yard.lotsOf(planned)).contains(List.of());
    assertThat(depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().equals("allocation")).findFirst()
        .orElseThrow()).doesNotContainKey("lots");
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.containsKey("lot_tracked"));
  }

  @Test
  void stockIsShownByLot() {
    yard.holds(BERLIN, B, "2027-06-30", 4).holds(BERLIN, A, "2027-03-31", 3);

    Object locations = depot.getStock(CREAM).body().get("locations");

    assertThat(locations.toString())
        .contains("lots=[{lot=A, expires_on=2027-03-31, on_hand=3, allocated=0, available=3")
        .contains("{lot=B, expires_on=2027-06-30, on_hand=4");
  }

  @Test
  void aRequestThatNamesAWrongLotIsRefusedByFieldAndRuleAndChangesNothing() {
    yard.holds(BERLIN, A, "2027-03-31", 3);
    Map<String, String> wrong = Map.of("\"quantity\":1,\"reason\":\"received\"", "/lot required",
        "\"quantity\":1,\"reason\":\"received\",\"lot\":\"B\"", "/expires_on required",
        "\"quantity\":1,\"reason\":\"received\",\"lot\":\"A\",\"expires_on\":\"2027-04-01\"",
        "/expires_on wrong_expiry",
        "\"quantity\":1,\"reason\":\"received\",\"lot\":\"B\",\"expires_on\":\"2020-01-01\"",
        "/expires_on expired", "\"quantity\":1,\"reason\":\"found\",\"lot\":\"B\",\"expires_on\":\"2027-04-01\"",
        "/lot unknown_lot", "\"counted\":1,\"lot\":\"B\"", "/lot unknown_lot", "\"counted\":1", "/lot required",
        "\"quantity\":-1,\"reason\":\"lost\",\"lot\":\"A B\"", "/lot invalid",
        "\"quantity\":1,\"reason\":\"received\",\"lot\":\"B\",\"expires_on\":\"2027-02-29\"", "/expires_on invalid");
    wrong.forEach((body, rule) -> {
      Answer answer = yard.adjust(body);
      assertThat(answer.status()).as(body).isEqualTo(422);
      assertThat(answer.text()).as(body).contains("\"pointer\":\"" + rule.split(" ")[0] + "\"")
          .contains("\"code\":\"" + rule.split(" ")[1] + "\"");
    });
    Answer tea = depot.adjust(Depot.TEA, "tea", """
        {"location_id":"berlin","quantity":1,"reason":"received","lot":"A"}""");
    assertThat(tea.text()).contains("not_lot_tracked");
    assertThat(depot.at(BERLIN, CREAM)).isEqualTo(new Levels(3, 0, 3, 0));
  }

  @Test
  void quarantinedUnitsOfALotAreNeitherPromisedNorAllocated() {
    yard.holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);

    Answer answer = yard.adjust("""
        "quantity":-3,"reason":"quarantined","lot":"A","note":"smells","reference":"QA-7\"""");
    FulfillmentPlanned planned = yard.ordered("one", of(4, CREAM));
    depot.allocate(planned);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(yard.lotsOf(planned).orElseThrow()).containsExactly(units(1, B, "2027-06-30", 4));
    assertThat(depot.inPool(CREAM)).isEqualTo(new Levels(0, 4, 0, 0));
    LedgerEntry entry = depot.movements(CREAM, BERLIN).getLast();
    assertThat(entry.references()).contains("QA-7");
    assertThat(entry.note()).isEqualTo("smells");
    assertThat(entry.lots()).containsExactly(new LedgerEntry.OfLot(A, new Physical(3, 0, 0), new Physical(0, 0, 3)));
  }
}
