package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.POOL;
import static waybill.inventory.Depot.cancelled;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.orderId;
import static waybill.inventory.Depot.planned;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.inventory.Depot.Answer;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockAllocated;

/** Stock that is counted by lots, each of which has a day. */
class LotsTest {
  private static final Sku CREAM = new Sku("CREAM-50");
  private static final LotNumber A = new LotNumber("A");
  private static final LotNumber B = new LotNumber("B");
  private static final LotNumber C = new LotNumber("C");

  private final Depot depot = new Depot();

  @BeforeEach
  void theProductIsTrackedByLots() {
    depot.put(CREAM.value(), """
        {"name":"Cream","lot_tracked":true,"expires":true}""");
  }

  @AfterEach
  void everyUnitIsInItsLot() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private Answer adjust(String key, String rest) {
    return depot.adjust(CREAM, key, """
        {"location_id":"berlin",%s}""".formatted(rest));
  }

  private LotsTest holds(LocationId location, LotNumber lot, String expiresOn, int units) {
    Answer answer = depot.adjust(CREAM, "received %s %s".formatted(location, lot), """
        {"location_id":"%s","quantity":%d,"reason":"received","lot":"%s","expires_on":"%s"}""".formatted(location,
        units, lot, expiresOn));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return this;
  }

  private Levels lot(LocationId location, LotNumber lot) {
    var counter = Counter.of(CREAM, location, lot);
    return InventoryTable.counters(depot.bench.ports()).read(List.of(counter)).getOrDefault(counter, Levels.NONE);
  }

  private static LotQuantity units(int line, LotNumber lot, String expiresOn, int units) {
    return new LotQuantity(new LineId("line_" + line), CREAM, lot, new ExpiryDate(expiresOn), units);
  }

  /** An order is promised units, and they are planned at Berlin. */
  private FulfillmentPlanned ordered(String reference, SkuQuantity... items) {
    depot.reserve(order(reference, 0, items));
    return planned(reference, BERLIN, items);
  }

  private List<LotQuantity> lotsOf(FulfillmentPlanned planned) {
    return depot.sent().stream().filter(StockAllocated.class::isInstance).map(StockAllocated.class::cast)
        .filter(it -> it.fulfillment().equals(planned.fulfillment())).reduce((_, last) -> last).orElseThrow().lots();
  }

  private static ShipmentLabelled shipped(String reference, List<LotQuantity> lots, SkuQuantity... items) {
    var id = ParcelId.of(FulfillmentId.of(orderId(reference), 1), 1);
    return new ShipmentLabelled(orderId(reference), id, BERLIN, POOL, List.of(items), "waybill", "standard", "WB1",
        Instant.parse("2026-11-22T12:00:00Z"), lots);
  }

  @Test
  void theLotThatExpiresFirstIsTakenFirstWhicheverCameFirst() {
    holds(BERLIN, B, "2027-06-30", 4).holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, C, "2027-09-30", 5);
    FulfillmentPlanned planned = ordered("one", of(5, CREAM));

    depot.allocate(planned);

    assertThat(lotsOf(planned)).containsExactly(units(1, A, "2027-03-31", 3), units(1, B, "2027-06-30", 2));
    assertThat(lot(BERLIN, A)).isEqualTo(new Levels(0, 0, 3, 3));
    assertThat(lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 4, 2));
    assertThat(lot(BERLIN, C)).isEqualTo(new Levels(5, 0, 5, 0));
  }

  @Test
  void allocationsOfOneBatchTakeNoUnitOfALotTwice() {
    holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 3);
    var batch = Stream.of("one", "two", "three").map(it -> ordered(it, of(2, CREAM))).toList();

    depot.allocate(batch.toArray(FulfillmentPlanned[]::new));

    assertThat(batch.stream().flatMap(it -> lotsOf(it).stream()).filter(it -> it.lot().equals(A))
        .mapToInt(LotQuantity::quantity).sum()).isEqualTo(3);
    assertThat(lot(BERLIN, A).available()).isZero();
    assertThat(lot(BERLIN, B).available()).isZero();
  }

  @Test
  void aParcelTakesTheUnitsOfItsLotsAndTheLedgerSaysSo() {
    holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.ship(shipped("one", lotsOf(planned), of(5, CREAM)));
    depot.ship(shipped("one", lotsOf(planned), of(5, CREAM)));

    assertThat(lot(BERLIN, A)).isEqualTo(Levels.NONE);
    assertThat(lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 2, 0));
    assertThat(depot.movements(CREAM, BERLIN).getLast().lots())
        .containsExactly(new LedgerEntry.OfLot(A, new Physical(3, 0, 0), new Physical(0, 0, 0)),
            new LedgerEntry.OfLot(B, new Physical(4, 0, 0), new Physical(2, 0, 0)));
  }

  @Test
  void whatIsReleasedIsFreeInItsLotsAgain() {
    holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.release(cancelled("one"), cancelled(planned));

    assertThat(lot(BERLIN, A)).isEqualTo(new Levels(3, 0, 3, 0));
    assertThat(lot(BERLIN, B)).isEqualTo(new Levels(4, 0, 4, 0));
  }

  @Test
  void aFulfillmentThatGetsSmallerGivesBackTheLotThatExpiresLast() {
    holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);
    FulfillmentPlanned planned = ordered("one", of(5, CREAM));
    depot.allocate(planned);

    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN,
        List.of(new LineQuantity(new LineId("line_1"), CREAM, 2)), 1));

    assertThat(lotsOf(planned)).containsExactly(units(1, A, "2027-03-31", 2));
    assertThat(lot(BERLIN, A)).isEqualTo(new Levels(1, 0, 3, 2));
    assertThat(lot(BERLIN, B)).isEqualTo(new Levels(4, 0, 4, 0));
  }

  @Test
  void whatIsNotCountedByLotsIsWrittenAsBefore() {
    depot.holds(Depot.TEA, BERLIN, 5);
    FulfillmentPlanned planned = ordered("one", of(2, Depot.TEA));

    depot.allocate(planned);

    assertThat(lotsOf(planned)).isNull();
    assertThat(depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().equals("allocation")).findFirst()
        .orElseThrow()).doesNotContainKey("lots");
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.containsKey("lot_tracked"));
  }

  @Test
  void stockIsShownByLot() {
    holds(BERLIN, B, "2027-06-30", 4).holds(BERLIN, A, "2027-03-31", 3);

    Object locations = depot.getStock(CREAM).body().get("locations");

    assertThat(locations.toString())
        .contains("lots=[{lot=A, expires_on=2027-03-31, on_hand=3, allocated=0, available=3")
        .contains("{lot=B, expires_on=2027-06-30, on_hand=4");
  }

  @Test
  void aRequestThatNamesAWrongLotIsRefusedByFieldAndRuleAndChangesNothing() {
    holds(BERLIN, A, "2027-03-31", 3);
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
      Answer answer = adjust("wrong " + body.hashCode(), body);
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
    holds(BERLIN, A, "2027-03-31", 3).holds(BERLIN, B, "2027-06-30", 4);

    Answer answer = adjust("quarantine", """
        "quantity":-3,"reason":"quarantined","lot":"A","note":"smells","reference":"QA-7\"""");
    FulfillmentPlanned planned = ordered("one", of(4, CREAM));
    depot.allocate(planned);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(lotsOf(planned)).containsExactly(units(1, B, "2027-06-30", 4));
    assertThat(depot.inPool(CREAM)).isEqualTo(new Levels(0, 4, 0, 0));
    LedgerEntry entry = depot.movements(CREAM, BERLIN).getLast();
    assertThat(entry.references()).contains("QA-7");
    assertThat(entry.note()).isEqualTo("smells");
    assertThat(entry.lots()).containsExactly(new LedgerEntry.OfLot(A, new Physical(3, 0, 0), new Physical(0, 0, 3)));
  }

  @Test
  void anAllocationThatNoGoodLotCanGiveIsRefusedAsAWhole() {
    holds(BERLIN, A, "2026-12-05", 3).holds(BERLIN, B, "2027-06-30", 2);
    FulfillmentPlanned planned = ordered("one", of(5, CREAM));
    depot.put(CREAM.value(), """
        {"name":"Cream","lot_tracked":true,"expires":true,"minimum_life_days":60}""");

    depot.allocate(planned);

    assertThat(depot.sent()).anyMatch(AllocationRefused.class::isInstance);
    assertThat(lot(BERLIN, B)).isEqualTo(new Levels(2, 0, 2, 0));
  }
}
