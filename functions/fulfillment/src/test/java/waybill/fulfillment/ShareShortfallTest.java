package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.PutProductHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.AllocateStockHandler;
import waybill.inventory.CorrectStockHandler;
import waybill.inventory.GetStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.ShareShortfall;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.StockMessages.StockFellShort;
import waybill.messages.StockPool;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A count finds a location short of what it has allocated: its open fulfillments do without, as if their packers had found it. */
class ShareShortfallTest {
  private final Floor floor = new Floor();
  private final Bench bench = floor.bench;
  private final Map<Class<?>, RequestStreamHandler> functions = new LinkedHashMap<>(Map.of(
      PlanFulfillment.class, new PlanFulfillmentHandler(bench.ports()), AllocateStock.class,
      new AllocateStockHandler(bench.ports()), CorrectStock.class, new CorrectStockHandler(bench.ports()),
      ShareShortfall.class, new ShareShortfallHandler(bench.ports())));
  private int keys;

  @AfterEach
  void close() {
    floor.close();
  }

  private void adjust(String location, String change) {
    floor.location(location, true, "default");
    Bench.output(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/TEA", Map.of("sku", "TEA"),
        Map.of(), Map.of(), "{\"name\": \"Tea\"}", "operator", "catalog:write"));
    String answer = Bench.output(new AdjustStockHandler(bench.ports()),
        bench.httpEvent("POST", "/stock/TEA/adjustments", Map.of("sku", "TEA"), Map.of(),
            Map.of("idempotency-key", "key-" + ++keys), "{\"location_id\": \"%s\", %s}".formatted(location, change),
            "counter", "stock:write"));
    assertThat(answer).contains("\"statusCode\":201");
  }

  private void receive(String location, int units) {
    adjust(location, "\"quantity\": %d, \"reason\": \"received\"".formatted(units));
  }

  private void count(String location, int units) {
    adjust(location, "\"counted\": %d".formatted(units));
  }

  private String stock() {
    return Bench.output(new GetStockHandler(bench.ports()), bench.httpEvent("GET", "/stock/TEA", Map.of("sku", "TEA"),
        Map.of(), Map.of(), "", "counter", "stock:write")).replace("\\\"", "\"");
  }

  /** An order that is promised, released and allocated. */
  private FulfillmentId open(int number, int units) {
    LineQuantity line = line(0, "TEA", units);
    deliver(new ReserveStockHandler(bench.ports()), new OrderPlaced(order(number), new StockPool("default"),
        LineQuantity.bySku(List.of(line)), Instant.parse("2026-11-22T09:00:00Z")));
    deliver(functions.get(PlanFulfillment.class), released(number, line));
    run();
    bench.clock().advance(Duration.ofMinutes(1));
    return fulfillment(number, 1);
  }

  private String deliver(RequestStreamHandler function, Message... messages) {
    return Bench.output(function, bench.sqsEvent(messages));
  }

  /** Carries messages between the functions until there are none. */
  private void run() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Map.Entry<Class<?>, RequestStreamHandler> function : functions.entrySet()) {
        Message[] due = bench.sentTo(function.getKey()).toArray(Message[]::new);
        if (due.length > 0) {
          List<Message> others = functions.keySet().stream().filter(it -> it != function.getKey())
              .flatMap(it -> bench.sentTo(it).stream()).map(Message.class::cast).toList();
          bench.forgetSent();
          deliver(function.getValue(), due);
          others.forEach(it -> functions.entrySet().stream().filter(f -> waiting(f.getKey(), it))
              .forEach(f -> deliver(f.getValue(), it)));
          moved = true;
        }
      }
    }
  }

  private static boolean waiting(Class<?> function, Message message) {
    return List.of(function.getDeclaredClasses()).stream().filter(it -> it.getSimpleName().equals("Input"))
        .anyMatch(it -> it.isInstance(message));
  }

  private List<Long> units(FulfillmentId id) {
    return ((List<?>) floor.get(id).body().get("lines")).stream()
        .map(it -> (Long) waybill.platform.Json.object(it).get("quantity")).toList();
  }

  @Test
  void theLatestOpenedDoWithoutAndAreShort() {
    receive("berlin", 10);
    FulfillmentId first = open(1, 6);
    FulfillmentId second = open(2, 4);

    count("berlin", 7);
    run();

    assertThat(units(first)).containsExactly(6L);
    assertThat(units(second)).containsExactly(1L);
    assertThat(floor.list(Map.of("status", "short")).ids()).containsExactly(fulfillment(2, 2).value());
    assertThat(stock()).contains("\"available\":0,\"reserved\":7", "\"shortfall\":0}],",
        "\"on_hand\":7,\"allocated\":7,\"available\":0,\"damaged\":0,\"quarantined\":0,\"in_transit\":0,\"shortfall\":0");
  }

  @Test
  void moreThanOneDoesWithoutIfItMustBe() {
    receive("berlin", 10);
    FulfillmentId first = open(1, 6);
    FulfillmentId second = open(2, 4);

    count("berlin", 5);
    run();

    assertThat(units(first)).containsExactly(5L);
    assertThat(floor.status(second)).isEqualTo("refused");
    assertThat(stock()).contains("\"on_hand\":5,\"allocated\":5");
  }

  @Test
  void anotherLocationTakesOver() {
    receive("berlin", 10);
    FulfillmentId only = open(1, 10);
    receive("leipzig", 3);

    count("berlin", 8);
    run();

    assertThat(units(only)).containsExactly(8L);
    assertThat(floor.get(fulfillment(1, 3)).body()).containsEntry("status", "open").containsEntry("location_id",
        "leipzig");
    assertThat(stock()).contains("\"available\":1,\"reserved\":10");
  }

  @Test
  void whatIsPackedWasFoundAndStaysAShortfallUntilItHasLeft() {
    receive("berlin", 10);
    FulfillmentId only = open(1, 10);
    floor.pack(only, 0, 10);

    count("berlin", 8);
    run();

    assertThat(floor.status(only)).isEqualTo("packed");
    assertThat(stock()).contains("\"on_hand\":8,\"allocated\":10,\"available\":0", "\"shortfall\":2}]}");
  }

  @Test
  void theSameNewsTwiceTakesNoMore() {
    receive("berlin", 10);
    FulfillmentId only = open(1, 10);
    count("berlin", 8);
    StockFellShort news = bench.sentTo(ShareShortfall.class).stream().map(StockFellShort.class::cast).findFirst()
        .orElseThrow();

    deliver(functions.get(ShareShortfall.class), news);
    run();
    deliver(functions.get(ShareShortfall.class), news);
    run();

    assertThat(units(only)).containsExactly(8L);
    assertThat(stock()).contains("\"on_hand\":8,\"allocated\":8");
  }

  @Test
  void whatHasComeMeanwhileIsTakenFromNobody() {
    receive("berlin", 10);
    FulfillmentId only = open(1, 10);
    count("berlin", 8);
    receive("berlin", 2);

    run();

    assertThat(units(only)).containsExactly(10L);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesTheBooksEndRight(boolean afterEffect) {
    var faults = new Faults();
    boolean died = true;
    for (int call = 1; died; call++) {
      try (var again = new ShareShortfallTest.Fresh()) {
        ShareShortfallTest test = again.test;
        test.receive("berlin", 10);
        test.open(1, 6);
        test.open(2, 4);
        test.count("berlin", 5);
        StockFellShort news = test.bench.sentTo(ShareShortfall.class).stream().map(StockFellShort.class::cast)
            .findFirst().orElseThrow();
        test.bench.forgetSent();
        var dying = new ShareShortfallHandler(test.bench.ports(faults.in(DynamoDbClient.class, test.bench.dynamo()),
            faults.in(SqsClient.class, test.bench.sqs())));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = test.deliver(dying, news).contains("itemIdentifier");
        faults.stop();
        test.deliver(dying, news);
        test.run();
        test.bench.clock().advance(Duration.ofMinutes(2));
        test.floor.resendShortages();
        test.run();
        assertThat(test.stock()).as("call %d", call).contains("\"available\":0,\"reserved\":5",
            "\"on_hand\":5,\"allocated\":5,\"available\":0,\"damaged\":0,\"quarantined\":0,\"in_transit\":0,\"shortfall\":0");
      }
    }
  }

  private static final class Fresh implements AutoCloseable {
    final ShareShortfallTest test = new ShareShortfallTest();

    @Override
    public void close() {
      test.close();
    }
  }
}
