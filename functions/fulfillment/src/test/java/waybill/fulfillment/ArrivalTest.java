package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Catalog;
import waybill.catalog.Destination;
import waybill.catalog.PutProductHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.StockReader;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LocationId;
import waybill.platform.Stored;
import waybill.workbench.Bench;

/** What is planned of lots that must be good for some days after the customer has them. */
class ArrivalTest {
  private static final LocationId BERLIN = new LocationId("berlin");
  /** The end of 2 December in Berlin. */
  private static final Instant PROMISED = Instant.parse("2026-12-02T23:00:00Z");
  private static final LocalDate ARRIVES = LocalDate.parse("2026-12-02");

  private final Floor floor = new Floor();
  private final Bench bench = floor.bench;

  /** Ten units are good until 10 December and twenty until 20 December; they must be for 14 days. */
  @BeforeEach
  void twoLots() {
    floor.location("berlin", true, "default");
    Bench.output(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/CREAM",
        Map.of("sku", "CREAM"), Map.of(), Map.of(),
        "{\"name\": \"Cream\", \"lot_tracked\": true, \"expires\": true, \"minimum_life_days\": 14}", "operator",
        "catalog:write"));
    receive("A", 10, "2026-12-10");
    receive("B", 20, "2026-12-20");
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private void receive(String lot, int units, String day) {
    assertThat(Bench.output(new AdjustStockHandler(bench.ports()), bench.httpEvent("POST", "/stock/CREAM/adjustments",
        Map.of("sku", "CREAM"), Map.of(), Map.of("idempotency-key", lot),
        "{\"location_id\": \"berlin\", \"quantity\": %d, \"reason\": \"received\", \"lot\": \"%s\", \"expires_on\": \"%s\"}"
            .formatted(units, lot, day),
        "operator", "stock:write"))).contains("\"statusCode\":201");
  }

  private Supply.Split find(int units, Instant promised) {
    var candidates = new Candidates(new Catalog(bench.ports()), null, bench.clock());
    return new Supply(candidates, Supply.Stock.of(new StockReader(bench.ports()))).find(
        Supply.Wanted.of(Floor.POOL, List.of(line(0, "CREAM", units))),
        () -> Optional.of(new Journey(new Destination("DE", null, "10115"), null, promised)));
  }

  @Test
  void whatIsTooOldOnThePromisedDayIsShortAndNotPlanned() {
    Supply.Split split = find(25, PROMISED);
    assertThat(split.parts()).singleElement()
        .satisfies(it -> assertThat(it.lines()).containsExactly(line(0, "CREAM", 20)));
    assertThat(split.rest()).containsExactly(line(0, "CREAM", 5));
    assertThat(split.arrivesOn()).isEqualTo(ARRIVES);
  }

  @Test
  void withoutAPromiseWhatIsGoodWhenItLeavesIsPlanned() {
    Supply.Split split = find(25, null);
    assertThat(split.rest()).isEmpty();
    assertThat(split.arrivesOn()).isNull();
  }

  @Test
  void theDayStaysWithTheFulfillmentAndIsSentWithItsPlan() {
    Fulfillment planned = Fulfillment.planned(fulfillment(1, 1), BERLIN, List.of(line(0, "CREAM", 2)), 0)
        .arriving(ARRIVES);
    var table = FulfillmentTable.fulfillments(bench.ports());
    table.insert(planned);
    Fulfillment read = FulfillmentTable.find(table, planned.id()).map(Stored::value).orElseThrow();
    assertThat(Emissions.ofPlan(read)).singleElement().isEqualTo(new FulfillmentPlanned(planned.orderId(), planned.id(),
        BERLIN, planned.lines(), 0, null, ARRIVES));
    assertThat(Emissions.ofPlan(read.open(bench.clock().instant()))).singleElement()
        .isInstanceOfSatisfying(FulfillmentPlanned.class, it -> assertThat(it.arrivesOn()).isEqualTo(ARRIVES));
  }
}
