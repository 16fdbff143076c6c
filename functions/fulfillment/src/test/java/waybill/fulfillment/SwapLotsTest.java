package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.PutProductHandler;
import waybill.fulfillment.Floor.Answer;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.AllocateStockHandler;
import waybill.inventory.CorrectStockHandler;
import waybill.inventory.ReleaseStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.inventory.ShipStockHandler;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.ShareShortfall;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.LotSwapAsked;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Parcel;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.StockMessages.LotSwapDecided;
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
  void theLotsAddUp() {
    requireTheLotsAddUp();
    floor.close();
  }

  private void product(String sku, String body) {
    Bench.output(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku),
        Map.of(), Map.of(), body, "operator", "catalog:write"));
  }

  private void adjust(String sku, int units, String reason, String lot, String day) {
    String body = "{\"location_id\": \"berlin\", \"quantity\": %d, \"reason\": \"%s\"%s%s}".formatted(units, reason,
        lot == null ? "" : ", \"lot\": \"%s\"".formatted(lot),
        day == null ? "" : ", \"expires_on\": \"%s\"".formatted(day));
    assertThat(Bench.output(new AdjustStockHandler(bench.ports()),
        bench.httpEvent("POST", "/stock/" + sku + "/adjustments", Map.of("sku", sku), Map.of(),
            Map.of("idempotency-key", sku + units + reason + lot), body, "operator", "stock:write")))
        .contains("\"statusCode\":201");
  }

  private void allocate(int order, LineQuantity... lines) {
    bench.forgetSent();
    RequestStreamHandler plan = new PlanFulfillmentHandler(bench.ports());
    deliver(plan, released(order, lines));
    deliver(new AllocateStockHandler(bench.ports()), floor.planned().toArray(Message[]::new));
    deliver(plan, bench.sentTo(PlanFulfillment.class).toArray(Message[]::new));
    bench.forgetSent();
  }

  private void deliver(RequestStreamHandler function, Message... messages) {
    assertThat(Bench.output(function, bench.sqsEvent(messages))).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private Answer swap(FulfillmentId who, String key, String from, String to, int units) {
    return floor.swap(who, Map.of("idempotency-key", key),
        "{\"line_id\": \"line_0\", \"from\": \"%s\", \"to\": \"%s\", \"quantity\": %d}".formatted(from, to, units));
  }

  private Answer swap(String key, String from, String to, int units) {
    return swap(id, key, from, to, units);
  }

  /** Inventory decides what was asked, and the fulfillments hear of it. */
  private void decide() {
    Message[] asked = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new CorrectStockHandler(bench.ports()), asked);
    deliver(new PlanFulfillmentHandler(bench.ports()), decisions());
  }

  private Message[] decisions() {
    return bench.sentTo(PlanFulfillment.class).stream().filter(LotSwapDecided.class::isInstance)
        .toArray(Message[]::new);
  }

  /** What a lot has free and allocated at the location, or the location itself. */
  private String held(String lot) {
    Map<String, AttributeValue> counter = counters().stream()
        .filter(it -> it.get("sk").s().equals(lot == null ? "location#berlin" : "lot#berlin#" + lot)).findFirst()
        .orElseThrow();
    return units(counter, "available") + " free, " + units(counter, "allocated") + " allocated";
  }

  private List<Map<String, AttributeValue>> counters() {
    return bench.items("inventory").stream().filter(it -> it.get("pk").s().equals("CREAM")).toList();
  }

  private static long units(Map<String, AttributeValue> counter, String level) {
    return counter.containsKey(level) ? Long.parseLong(counter.get(level).n()) : 0;
  }

  /** Whatever was swapped, the location has what its lots have, in each number. */
  private void requireTheLotsAddUp() {
    for (String level : List.of("available", "allocated", "on_hand", "quarantined", "shortfall")) {
      long lots = counters().stream().filter(it -> it.get("sk").s().startsWith("lot#"))
          .mapToLong(it -> units(it, level)).sum();
      assertThat(lots).as(level).isEqualTo(counters().stream().filter(it -> it.get("sk").s().startsWith("location#"))
          .mapToLong(it -> units(it, level)).sum());
    }
  }

  private List<String> lots(FulfillmentId who) {
    var lots = new ArrayList<String>();
    FulfillmentTable.find(FulfillmentTable.fulfillments(bench.ports()), who).orElseThrow().value().lots()
        .forEach(it -> lots.add(it.lot() + ":" + it.quantity()));
    return lots;
  }

  private String status(FulfillmentId who) {
    return String.valueOf(floor.get(who).body().get("lot_swap")).replaceAll(".*status=(\\w+).*", "$1");
  }

  private Parcel packed(FulfillmentId who, int units, boolean spoons) {
    Answer answer = floor.pack(who, Map.of("idempotency-key", "pack " + who),
        "{\"parcels\": [{\"lines\": [{\"line_id\": \"line_0\", \"quantity\": %d}%s], \"weight_grams\": 1, \"length_mm\": 2, \"width_mm\": 3, \"height_mm\": 4}]}"
            .formatted(units, spoons ? ", {\"line_id\": \"line_1\", \"quantity\": 2}" : ""));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return floor.packed().getLast().parcels().getFirst();
  }

  @Test
  void theAllocationMovesToTheLotThatWasFoundAndTheOtherIsFreeAgain() {
    String before = held(null);

    Answer asked = swap("k", "A", "B", 3);

    assertThat(asked.status()).as(asked.body().toString()).isEqualTo(200);
    assertThat(status(id)).isEqualTo("pending");
    assertThat(floor.pack(id, 0, 3).errors()).as("spoons").isNotEmpty();
    decide();
    assertThat(status(id)).isEqualTo("done");
    assertThat(lots(id)).containsExactly("B:3");
    assertThat(List.of(held("A"), held("B"), held(null))).containsExactly("3 free, 0 allocated", "2 free, 3 allocated",
        before);
    assertThat(LotQuantity.orNone(packed(id, 3, true).lots()).toString()).contains("quantity=3").contains("B");
  }

  @Test
  void partsAreSwappedAndWhatExpiresFirstStaysFirst() {
    swap("k", "A", "B", 2);
    decide();
    assertThat(lots(id)).containsExactly("A:1", "B:2");

    swap("back", "B", "A", 1);
    decide();

    assertThat(lots(id)).containsExactly("A:2", "B:1");
    assertThat(List.of(held("A"), held("B"))).containsExactly("1 free, 2 allocated", "4 free, 1 allocated");
  }

  /** It is of more lots than before, so more counters are moved back, those of other products included. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsReleasedAfterASwapIsAllOfIt(int units) {
    swap("k", "A", "B", units);
    decide();
    deliver(new ReleaseStockHandler(bench.ports()), new FulfillmentCancelled(order(1), id, BERLIN,
        List.of(line(0, "CREAM", 3), line(1, "SPOON", 2))));
    assertThat(List.of(held("A"), held("B"), held(null))).containsExactly("3 free, 0 allocated", "5 free, 0 allocated",
        "8 free, 0 allocated");
    assertThat(bench.items("inventory").stream().filter(it -> it.get("pk").s().equals("SPOON"))
        .mapToLong(it -> units(it, "allocated")).sum()).isZero();
  }

  @Test
  void nothingIsPackedOrReportedUntilItIsDecided() {
    swap("k", "A", "B", 3);

    Answer packing = floor.pack(id, Map.of("idempotency-key", "p"),
        "{\"parcels\": [{\"lines\": [{\"line_id\": \"line_0\", \"quantity\": 3}, {\"line_id\": \"line_1\", \"quantity\": 2}], \"weight_grams\": 1, \"length_mm\": 2, \"width_mm\": 3, \"height_mm\": 4}]}");
    assertThat(packing.status()).isEqualTo(409);
    assertThat(packing.body()).containsEntry("code", "lots_swapping");
    assertThat(floor.report(id, "r", 1, 1, "damaged").body()).containsEntry("code", "lots_swapping");
    assertThat(swap("other", "A", "B", 1).body()).containsEntry("code", "lots_swapping");
    var share = new ShareShortfallHandler(bench.ports());
    adjust("CREAM", -3, "quarantined", "A", null);
    Message[] fell = bench.sentTo(ShareShortfall.class).toArray(Message[]::new);
    assertThat(Bench.output(share, bench.sqsEvent(fell))).as("it is retried").contains("itemIdentifier");
    decide();
    deliver(share, fell);
    assertThat(lots(id)).as("what is quarantined is no longer of this fulfillment").containsExactly("B:3");
    assertThat(units(counters().stream().filter(it -> it.get("sk").s().equals("location#berlin")).findFirst()
        .orElseThrow(), "allocated")).isEqualTo(3);
  }

  /** Lot B is allocated to order 2, which gets lot A for it: it loses no unit. */
  @Test
  void whatIsAllocatedToAnotherIsExchangedAndNeverStolen() {
    allocate(2, line(0, "CREAM", 4));
    FulfillmentId other = fulfillment(2, 1);
    assertThat(lots(other)).containsExactly("B:4");

    assertThat(swap("k", "A", "B", 3).status()).isEqualTo(200);

    assertThat(List.of(status(id), status(other))).containsExactly("pending", "pending");
    decide();
    assertThat(lots(id)).containsExactly("B:3");
    assertThat(lots(other)).as("one unit of B was free").containsExactly("A:2", "B:2");
    assertThat(List.of(held("A"), held("B"))).containsExactly("1 free, 2 allocated", "0 free, 5 allocated");
    assertThat(floor.get(other).body().get("lot_swap").toString()).contains("from=B, to=A, quantity=2, status=done");
  }

  @Test
  void whatIsPackedGivesNothingUp() {
    allocate(2, line(0, "CREAM", 5));
    packed(fulfillment(2, 1), 5, false);

    assertThat(swap("k", "A", "B", 1).errors()).containsExactly("/to not_free");
  }

  @Test
  void aRepeatedRequestSwapsOnceAndItsKeyIsOfNoOtherSwap() {
    for (int i = 0; i < 3; i++) {
      assertThat(swap("k", "A", "B", 2).status()).isEqualTo(200);
      decide();
    }
    assertThat(lots(id)).containsExactly("A:1", "B:2");
    assertThat(swap("k", "A", "B", 1).body()).containsEntry("code", "idempotency_key_reused");
  }

  /** Of what must not leave nothing is swapped, and the answer names the field and the rule. */
  @ParameterizedTest
  @CsvSource(textBlock = """
      A, GONE, 3,     /to unknown_lot
      A, OLD, 3,      /to expired
      A, SOON, 3,     /to minimum_life
      A, RECALLED, 3, /to recalled
      A, BAD, 3,      /to quarantined
      A, B, 4,        /quantity too_many_units
      B, A, 1,        /from wrong_lot
      A, A, 1,        /to same_lot""")
  void aLotThatMustNotLeaveIsRefusedByFieldAndRule(String from, String to, int units, String error) {
    adjust("CREAM", 4, "received", "OLD", "2026-12-05");
    adjust("CREAM", 4, "received", "SOON", "2026-12-31");
    adjust("CREAM", 4, "received", "RECALLED", "2027-09-30");
    adjust("CREAM", -4, "recalled", "RECALLED", null);
    adjust("CREAM", 4, "received", "BAD", "2027-09-30");
    adjust("CREAM", -4, "quarantined", "BAD", null);
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(14));

    Answer refused = swap("k", from, to, units);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).containsExactly(error);
    assertThat(bench.sent()).isEmpty();
    assertThat(lots(id)).containsExactly("A:3");
  }

  @Test
  void lotsAreOfTrackedProductsOnlyAndOfLinesThatAreThere() {
    assertThat(floor.swap(id, Map.of("idempotency-key", "k"),
        "{\"line_id\": \"line_1\", \"from\": \"A\", \"to\": \"B\", \"quantity\": 1}").errors())
        .containsExactly("/from not_lot_tracked");
    assertThat(floor.swap(id, Map.of("idempotency-key", "k"),
        "{\"line_id\": \"line_7\", \"from\": \"A\", \"to\": \"B\", \"quantity\": 1}").errors())
        .containsExactly("/line_id unknown_line");
  }

  /** Between the request and the decision a lot becomes unfit, or is given to others: the packer sees why it was refused. */
  @ParameterizedTest
  @CsvSource({"recalled, recalled", "quarantined, quarantined", "allocated, not_free", "cancelled, lines_changed"})
  void whatChangesMeanwhileIsRefusedAndNothingIsSwapped(String what, String code) {
    swap("k", "A", "B", 3);
    Message[] asked = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
    switch (what) {
      case "allocated" -> allocate(2, line(0, "CREAM", 4));
      case "cancelled" -> deliver(new ReleaseStockHandler(bench.ports()),
          new FulfillmentCancelled(order(1), id, BERLIN, List.of(line(0, "CREAM", 3), line(1, "SPOON", 2))));
      default -> adjust("CREAM", -5, what, "B", null);
    }
    bench.forgetSent();
    deliver(new CorrectStockHandler(bench.ports()), asked);
    deliver(new PlanFulfillmentHandler(bench.ports()), decisions());

    assertThat(floor.get(id).body().get("lot_swap").toString()).contains("status=refused, code=" + code);
    assertThat(lots(id)).containsExactly("A:3");
    assertThat(counters().stream().filter(it -> it.get("sk").s().equals("lot#berlin#B")).mapToLong(
        it -> units(it, "allocated")).sum()).isEqualTo(what.equals("allocated") ? 4 : 0);
  }

  /** A line is cut while a swap is on its way: whichever inventory hears first, both hold the same lots. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverIsHeardFirstBothHoldTheSameLots(boolean swapFirst) {
    swap("k", "A", "B", 2);
    Message[] asked = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new PlanFulfillmentHandler(bench.ports()), new LinesChanged(order(1), Floor.POOL,
        List.of(line(0, "CREAM", 2), line(1, "SPOON", 2)), 1, List.of()));
    Message[] planned = floor.planned().toArray(Message[]::new);
    if (swapFirst) {
      deliver(new CorrectStockHandler(bench.ports()), asked);
      deliver(new AllocateStockHandler(bench.ports()), planned);
    } else {
      deliver(new AllocateStockHandler(bench.ports()), planned);
      deliver(new CorrectStockHandler(bench.ports()), asked);
    }
    deliver(new PlanFulfillmentHandler(bench.ports()), decisions());

    assertThat(lots(id)).isEqualTo(swapFirst ? List.of("A:1", "B:1") : List.of("A:2"));
    assertThat(held("A")).endsWith(swapFirst ? " 1 allocated" : " 2 allocated");
    assertThat(held("B")).endsWith(swapFirst ? " 1 allocated" : " 0 allocated");
  }

  @Test
  void aShortageThatIsStillToBeCorrectedIsWaitedFor() {
    floor.report(id, "r", 0, 1, "damaged");
    Message[] shortage = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
    bench.forgetSent();
    assertThat(swap("k", "A", "B", 2).status()).isEqualTo(200);
    LotSwapAsked asked = (LotSwapAsked) bench.sentTo(CorrectStock.class).getFirst();
    bench.forgetSent();
    assertThat(Bench.output(new CorrectStockHandler(bench.ports()), bench.sqsEvent(asked))).contains("itemIdentifier");

    deliver(new ReserveStockHandler(bench.ports()), new OrderPlaced(order(1), Floor.POOL,
        LineQuantity.bySku(List.of(line(0, "CREAM", 3), line(1, "SPOON", 2))), bench.clock().instant()));
    deliver(new CorrectStockHandler(bench.ports()), shortage);
    deliver(new CorrectStockHandler(bench.ports()), asked);
    deliver(new PlanFulfillmentHandler(bench.ports()), decisions());
    assertThat(lots(id)).containsExactly("B:2");
  }

  @Test
  void whateverIsCancelledOrShippedLaterIsOfTheLotThatWasFound() {
    deliver(new ReserveStockHandler(bench.ports()), new OrderPlaced(order(2), Floor.POOL,
        LineQuantity.bySku(List.of(line(0, "CREAM", 3))), bench.clock().instant()));
    swap("k", "A", "B", 3);
    decide();
    deliver(new ReleaseStockHandler(bench.ports()), new FulfillmentCancelled(order(1), id, BERLIN,
        List.of(line(0, "CREAM", 3), line(1, "SPOON", 2))));
    assertThat(List.of(held("A"), held("B"))).containsExactly("3 free, 0 allocated", "5 free, 0 allocated");

    allocate(2, line(0, "CREAM", 3));
    swap(fulfillment(2, 1), "two", "A", "B", 2);
    decide();
    Parcel parcel = packed(fulfillment(2, 1), 3, false);
    deliver(new ShipStockHandler(bench.ports()),
        new ShipmentLabelled(order(2), parcel.id(), BERLIN, Floor.POOL, LineQuantity.bySku(parcel.lines()), "DHL",
            "standard", "1", bench.clock().instant(), parcel.lots()));
    assertThat(List.of(held("A"), held("B"))).containsExactly("2 free, 0 allocated", "3 free, 0 allocated");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAFunctionDiesItIsSwappedOnce(boolean afterItsEffect) {
    for (int call = 1; call <= 8; call++) {
      var faults = new Faults();
      var dying = bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()));
      floor.through(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()));
      String from = call % 2 == 1 ? "A" : "B";
      String to = call % 2 == 1 ? "B" : "A";
      faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
      swap("k" + call, from, to, 3);
      faults.stop();
      bench.clock().advance(Duration.ofMinutes(2));
      floor.resendShortages();
      swap("k" + call, from, to, 3);
      Message[] asked = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
      bench.forgetSent();
      faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
      Bench.output(new CorrectStockHandler(dying), bench.sqsEvent(asked));
      faults.stop();
      deliver(new CorrectStockHandler(bench.ports()), asked);
      Message[] decided = decisions();
      faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
      Bench.output(new PlanFulfillmentHandler(dying), bench.sqsEvent(decided));
      faults.stop();
      deliver(new PlanFulfillmentHandler(bench.ports()), decided);
      assertThat(status(id)).as("call %d", call).isEqualTo("done");
      assertThat(lots(id)).containsExactly(to + ":3");
      assertThat(held(to)).endsWith(" 3 allocated");
      requireTheLotsAddUp();
    }
  }
}
