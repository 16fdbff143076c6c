package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.catalog.PutProductHandler;
import waybill.fulfillment.Floor.Answer;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.AllocateStockHandler;
import waybill.inventory.ReleaseStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.inventory.ShipStockHandler;
import waybill.inventory.StockReader;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Parcel;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A packer finds another lot in the bin than the one that was allocated; each function as the template makes it. */
class SwapLotsTest {
  private static final LocationId BERLIN = new LocationId("berlin");

  private final Floor floor = new Floor();
  private final Bench bench = floor.bench;
  private final FulfillmentId id = fulfillment(1, 1);

  /** Order 1 has three units of lot A, which expires first, and two spoons. */
  @BeforeEach
  void threeUnitsOfLotAAreAllocated() {
    floor.location("berlin", true, "default");
    product("CREAM", "{\"name\": \"Cream\", \"lot_tracked\": true, \"expires\": true, \"minimum_life_days\": 30}");
    product("SPOON", "{\"name\": \"Spoon\"}");
    adjust("CREAM", 3, "received", "A", "2027-03-31");
    adjust("SPOON", 2, "received", null, null);
    allocate(1, line(0, "CREAM", 3), line(1, "SPOON", 2));
    adjust("CREAM", 5, "received", "B", "2027-06-30");
    bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private void product(String sku, String body) {
    Floor.run(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku),
        Map.of(), Map.of(), body, "operator", "catalog:write"));
  }

  private void adjust(String sku, int units, String reason, String lot, String day) {
    String body = "{\"location_id\": \"berlin\", \"quantity\": %d, \"reason\": \"%s\"%s%s}".formatted(units, reason,
        lot == null ? "" : ", \"lot\": \"%s\"".formatted(lot),
        day == null ? "" : ", \"expires_on\": \"%s\"".formatted(day));
    String answer = Floor.run(new AdjustStockHandler(bench.ports()),
        bench.httpEvent("POST", "/stock/" + sku + "/adjustments", Map.of("sku", sku), Map.of(),
            Map.of("idempotency-key", sku + units + reason + lot), body, "operator", "stock:write"));
    assertThat(answer).contains("\"statusCode\":201");
  }

  private void allocate(int order, LineQuantity... lines) {
    RequestStreamHandler plan = new PlanFulfillmentHandler(bench.ports());
    bench.forgetSent();
    deliver(plan, released(order, lines));
    Message[] planned = floor.planned().toArray(Message[]::new);
    bench.forgetSent();
    deliver(new AllocateStockHandler(bench.ports()), planned);
    deliver(plan, bench.sentTo(PlanFulfillment.class).toArray(Message[]::new));
    bench.forgetSent();
  }

  private void deliver(RequestStreamHandler function, Message... messages) {
    assertThat(Floor.run(function, bench.sqsEvent(messages))).isEqualTo("{\"batchItemFailures\":[]}");
  }

  /** @param creams of each parcel: its lots, as a line of JSON names them */
  private static String parcels(String... creams) {
    return Stream.of(creams).map(it -> """
        {"lines": [%s], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4}""".formatted(it))
        .collect(Collectors.joining(", ", "{\"parcels\": [", "]}"));
  }

  private static String cream(int units, String lots) {
    return "{\"line_id\": \"line_0\", \"quantity\": %d%s}".formatted(units,
        lots == null
            ? ""
            : Stream.of(lots.split(" ")).map(it -> it.split(":"))
                .map(it -> "{\"lot\": \"%s\", \"quantity\": %s}".formatted(it[0], it[1]))
                .collect(Collectors.joining(", ", ", \"lots\": [", "]")));
  }

  private static final String SPOONS = ", {\"line_id\": \"line_1\", \"quantity\": 2}";

  private Answer pack(String key, String... lines) {
    return floor.pack(id, Map.of("idempotency-key", key), parcels(lines));
  }

  /** What a lot has free and allocated, or the location. */
  private String held(String lot) {
    Map<String, AttributeValue> counter = bench.items("inventory").stream()
        .filter(it -> it.get("pk").s().equals("CREAM")
            && it.get("sk").s().equals(lot == null ? "location#berlin" : "lot#berlin#" + lot))
        .findFirst().orElseThrow();
    return units(counter, "available") + " free, " + units(counter, "allocated") + " allocated";
  }

  private static long units(Map<String, AttributeValue> counter, String level) {
    return counter.containsKey(level) ? Long.parseLong(counter.get(level).n()) : 0;
  }

  /** Whatever was swapped, the location has what its lots have, in each number. */
  private void requireTheLotsAddUp() {
    List<Map<String, AttributeValue>> counters = bench.items("inventory").stream()
        .filter(it -> it.get("pk").s().equals("CREAM")).toList();
    for (String level : List.of("available", "allocated", "on_hand", "quarantined", "shortfall")) {
      long lots = counters.stream().filter(it -> it.get("sk").s().startsWith("lot#"))
          .mapToLong(it -> units(it, level)).sum();
      long location = counters.stream().filter(it -> it.get("sk").s().startsWith("location#"))
          .mapToLong(it -> units(it, level)).sum();
      assertThat(lots).as(level).isEqualTo(location);
    }
  }

  private List<List<String>> lotsOfParcels() {
    return ((FulfillmentPacked) floor.packed().getLast()).parcels().stream().map(Parcel::lots)
        .map(it -> LotQuantity.orNone(it).stream().map(lot -> lot.lot() + ":" + lot.quantity()).toList()).toList();
  }

  @Test
  void theAllocationMovesToTheLotThatWasFoundAndTheOtherIsFreeAgain() {
    String before = held(null);
    assertThat(held("A")).isEqualTo("0 free, 3 allocated");

    Answer packed = pack("k", cream(3, "B:3") + SPOONS);

    assertThat(packed.status()).as(packed.body().toString()).isEqualTo(200);
    assertThat(packed.body().get("lots").toString()).contains("lot=B, expires_on=2027-06-30, quantity=3")
        .doesNotContain("lot=A");
    assertThat(held("A")).isEqualTo("3 free, 0 allocated");
    assertThat(held("B")).isEqualTo("2 free, 3 allocated");
    assertThat(held(null)).isEqualTo(before);
    assertThat(lotsOfParcels()).containsExactly(List.of("B:3"));
    requireTheLotsAddUp();
  }

  @Test
  void partsAreSwappedAndEachParcelHasTheLotsThatItWasPackedFrom() {
    assertThat(pack("k", cream(1, "B:1"), cream(2, "A:1 B:1") + SPOONS).status()).isEqualTo(200);

    assertThat(lotsOfParcels()).containsExactly(List.of("B:1"), List.of("A:1", "B:1"));
    assertThat(held("A")).isEqualTo("2 free, 1 allocated");
    assertThat(held("B")).isEqualTo("3 free, 2 allocated");
    requireTheLotsAddUp();
  }

  @Test
  void whoNamesTheLotsThatWereAllocatedSwapsNothing() {
    assertThat(pack("k", cream(3, "A:3") + SPOONS).status()).isEqualTo(200);

    assertThat(held("A")).isEqualTo("0 free, 3 allocated");
    assertThat(lotsOfParcels()).containsExactly(List.of("A:3"));
  }

  @Test
  void aRepeatedRequestSwapsOnceAndItsKeyIsNotOfOtherLots() {
    for (int i = 0; i < 3; i++) {
      assertThat(pack("k", cream(3, "A:1 B:2") + SPOONS).status()).isEqualTo(200);
    }
    assertThat(held("B")).isEqualTo("3 free, 2 allocated");
    assertThat(pack("k", cream(3, "A:2 B:1") + SPOONS).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(pack("k", cream(3, "A:1 C:2") + SPOONS).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(pack("other", cream(3, "B:3") + SPOONS).body()).containsEntry("code", "already_packed");
    assertThat(held("B")).isEqualTo("3 free, 2 allocated");
  }

  /** Of what must not leave, nothing is swapped, and the answer names the field and the rule. */
  @ParameterizedTest
  @CsvSource(nullValues = "-", textBlock = """
      GONE:3,      /parcels/0/lines/0/lots/0/lot unknown_lot
      OLD:3,       /parcels/0/lines/0/lots/0/lot expired
      SOON:3,      /parcels/0/lines/0/lots/0/lot minimum_life
      RECALLED:3,  /parcels/0/lines/0/lots/0/lot recalled
      BAD:3,       /parcels/0/lines/0/lots/0/lot quarantined
      TAKEN:3,     /parcels/0/lines/0/lots/0/lot not_free
      A:1 TAKEN:2, /parcels/0/lines/0/lots/1/lot not_free
      B:2,         /parcels/0/lines/0/lots wrong_sum
      B:4,         /parcels/0/lines/0/lots wrong_sum
      B:2 B:1,     /parcels/0/lines/0/lots/1/lot duplicate""")
  void aLotThatMustNotLeaveIsRefusedByFieldAndRule(String lots, String error) {
    adjust("CREAM", 4, "received", "OLD", "2026-12-05");
    adjust("CREAM", 4, "received", "SOON", "2026-12-31");
    adjust("CREAM", 4, "received", "RECALLED", "2027-09-30");
    adjust("CREAM", -4, "recalled", "RECALLED", null);
    adjust("CREAM", 4, "received", "BAD", "2027-09-30");
    adjust("CREAM", -4, "quarantined", "BAD", null);
    // Order 2 is allocated what the table calls TAKEN, by swapping it in itself.
    adjust("CREAM", 3, "received", "TAKEN", "2027-10-31");
    allocate(2, line(0, "CREAM", 2));
    assertThat(floor.pack(fulfillment(2, 1), Map.of("idempotency-key", "two"), parcels(cream(2, "TAKEN:2"))).status())
        .isEqualTo(200);
    bench.clock().advance(Duration.ofDays(14));
    List<Map<String, AttributeValue>> before = bench.items("inventory");

    Answer refused = pack("k", cream(3, lots) + SPOONS);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).containsExactly(error);
    assertThat(bench.items("inventory")).isEqualTo(before);
    assertThat(floor.status(id)).isEqualTo("open");
    assertThat(floor.packed()).noneMatch(it -> it.fulfillment().equals(id));
  }

  @Test
  void lotsAreNamedInEachParcelOrInNoneAndOnlyOfWhatIsTrackedByThem() {
    assertThat(pack("k", cream(1, "B:1"), cream(2, null) + SPOONS).errors())
        .containsExactly("/parcels/1/lines/0/lots required");
    assertThat(pack("k", cream(3, null) + SPOONS.replace("2}", "2, \"lots\": [{\"lot\": \"B\", \"quantity\": 2}]}"))
        .errors()).containsExactly("/parcels/0/lines/1/lots/0/lot not_lot_tracked");
  }

  @Test
  void whateverIsCancelledOrShippedLaterIsOfTheLotThatWasFound() {
    pack("k", cream(3, "B:3") + SPOONS);
    FulfillmentPacked packed = floor.packed().getLast();
    deliver(new ReleaseStockHandler(bench.ports()),
        new FulfillmentCancelled(order(1), id, BERLIN, packed.lines()));
    assertThat(held("A")).isEqualTo("3 free, 0 allocated");
    assertThat(held("B")).isEqualTo("5 free, 0 allocated");

    deliver(new ReserveStockHandler(bench.ports()), new OrderPlaced(order(2), Floor.POOL,
        List.of(new SkuQuantity(new Sku("CREAM"), 3)), bench.clock().instant()));
    allocate(2, line(0, "CREAM", 3));
    FulfillmentId second = fulfillment(2, 1);
    floor.pack(second, Map.of("idempotency-key", "two"), parcels(cream(3, "A:1 B:2")));
    Parcel parcel = floor.packed().getLast().parcels().getFirst();
    deliver(new ShipStockHandler(bench.ports()),
        new ShipmentLabelled(order(2), parcel.id(), BERLIN, Floor.POOL, LineQuantity.bySku(parcel.lines()), "DHL",
            "standard", "1", bench.clock().instant(), parcel.lots()));
    assertThat(held("A")).isEqualTo("2 free, 0 allocated");
    assertThat(held("B")).isEqualTo("3 free, 0 allocated");
    requireTheLotsAddUp();
  }

  @Test
  void whoeverHasALotThatIsQuarantinedMeanwhilePacksAnotherAndNothingIsShort() {
    adjust("CREAM", -3, "quarantined", "A", null);

    assertThat(pack("k", cream(3, "B:3") + SPOONS).status()).isEqualTo(200);

    assertThat(held("B")).isEqualTo("2 free, 3 allocated");
    assertThat(held("A")).as("the units that are free cover what is short").isEqualTo("3 free, 0 allocated");
    assertThat(new StockReader(bench.ports()).shortfall(new Sku("CREAM"), BERLIN, new LotNumber("A"))).isZero();
    requireTheLotsAddUp();
  }

  @Test
  void whatAReportOfMissingUnitsIsStillChangingIsNotSwapped() {
    floor.report(id, Map.of("idempotency-key", "r"),
        "{\"lines\": [{\"line_id\": \"line_0\", \"quantity\": 1, \"lot\": \"A\"}], \"reason\": \"damaged\"}");

    Answer refused = pack("k", cream(2, "B:2") + SPOONS);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).containsEntry("code", "stock_moving");
    assertThat(held("B")).isEqualTo("5 free, 0 allocated");
  }

  @Test
  void aTransactionInTheWayIsWaitedFor() {
    var faults = new Faults();
    floor.through(faults.in(DynamoDbClient.class, bench.dynamo()), bench.sqs());
    faults.conflictAt(1);
    assertThat(pack("k", cream(3, "B:3") + SPOONS).status()).isEqualTo(200);
    assertThat(faults.conflicted()).isTrue();
    assertThat(held("B")).isEqualTo("2 free, 3 allocated");
  }

  /** Between the look at lot B and the swap, order 2 is allocated four units of it: none of them is stolen. */
  @Test
  void whatAnotherOrderIsAllocatedMeanwhileIsNotSwappedAway() {
    var faults = new Faults();
    floor.through(faults.in(DynamoDbClient.class, bench.dynamo()), bench.sqs());
    int swapped = 0;
    for (int call = 1; call <= 12; call++) {
      int now = call;
      faults.strike(call, false, () -> {
        allocate(10 + now, line(0, "CREAM", 4));
        return null;
      });
      Answer answer = pack("k" + call, cream(3, "B:3") + SPOONS);
      faults.stop();
      FulfillmentId other = fulfillment(10 + now, 1);
      requireTheLotsAddUp();
      if (answer.status() == 200) {
        swapped++;
        break;
      }
      assertThat(answer.errors()).containsExactly("/parcels/0/lines/0/lots/0/lot not_free");
      assertThat(held("B")).isEqualTo("1 free, 4 allocated");
      deliver(new ReleaseStockHandler(bench.ports()),
          new FulfillmentCancelled(order(10 + now), other, BERLIN, List.of(line(0, "CREAM", 4))));
    }
    assertThat(swapped).as("once lot B is swapped, the other order gets what is left").isOne();
    assertThat(lotsOfParcels()).containsExactly(List.of("B:3"));
    assertThat(List.of(held("A"), held("B"))).containsExactly("0 free, 3 allocated", "1 free, 4 allocated");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesARepeatedRequestPacksAndSwapsOnce(boolean afterItsEffect) {
    var faults = new Faults();
    for (int call = 1; call <= 9; call++) {
      floor.through(faults.in(DynamoDbClient.class, bench.dynamo()), bench.sqs());
      faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
      pack("k", cream(3, "A:1 B:2") + SPOONS);
      faults.stop();
      assertThat(pack("k", cream(3, "A:1 B:2") + SPOONS).status()).as("call %d", call).isEqualTo(200);
      assertThat(held("A")).isEqualTo("2 free, 1 allocated");
      assertThat(held("B")).isEqualTo("3 free, 2 allocated");
      requireTheLotsAddUp();
    }
  }
}
