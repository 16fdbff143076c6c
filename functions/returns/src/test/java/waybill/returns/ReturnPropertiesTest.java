package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import waybill.messages.OrderId;
import waybill.platform.Json;

/** Whatever is asked, counted, decided, lost and repeated, in whatever order: units and cents add up. */
class ReturnPropertiesTest {
  private static final List<String> QUEUES = List.of("restock-return", "refund-return", "settle-return",
      "place-replacement");
  private static final List<String> FATES = List.of("restocked", "not_restocked", "quarantined", "missing");
  private static final List<String> FAULTS = List.of("nobody", "customer", "shop");
  private static final int PAID = 6072;
  private static final Map<Integer, Integer> ORDERED = Map.of(1, 2, 2, 1, 3, 1);
  /** What a unit of each line is worth. */
  private static final Map<Integer, Integer> WORTH = Map.of(1, 1791, 2, 1500, 3, 0);

  /** One life: of each step the number says who does what, and to what. */
  private static final class Life implements AutoCloseable {
    final Counter counter = new Counter();
    final List<String> returns = new ArrayList<>();

    Life() {
      counter.product("OOLONG", _ -> {});
      counter.policy("{\"rules\":[{\"outcome\":\"not_restocked\",\"fault\":\"customer\",\"refund_percent\":50}]}");
      counter.isDelivered();
    }

    @Override
    public void close() {
      counter.close();
    }

    private String picked(int choice) {
      return returns.get(choice % returns.size());
    }

    void step(int number) {
      int choice = number / 16;
      int line = 1 + choice % 3;
      switch (returns.isEmpty() ? 0 : number % 16) {
        case 0, 1 -> ask(units(line, 1 + choice / 3 % 2), "");
        case 2 -> ask(wanted(line, "\"sku\":\"OOLONG\",\"unit_price\":" + choice * 7 % 3000), "");
        case 3 -> ask(wanted(line, ""), choice % 2 == 0 ? ",\"in_advance\":true" : "");
        case 4, 5, 6 -> counter.count(picked(choice), units(line, 1 + choice / 3 % 2));
        case 7, 8, 9 -> counter.dispose(picked(choice), fate(line, 1, FATES.get(choice / 3 % 4),
            FAULTS.get(choice / 12 % 3)));
        case 10 -> counter.decide(picked(choice), "cancel");
        case 11 -> counter.later(Duration.ofDays(choice % 20));
        case 12 -> counter.lose(QUEUES.get(choice % 4));
        case 13 -> counter.refund(line, 1);
        case 14 -> counter.exchange(picked(choice), List.of("waive", "charge", "write_off").get(choice % 3));
        default -> counter.rest();
      }
    }

    private void ask(String lines, String more) {
      var asked = counter.ask(lines, more);
      if (asked.status() == 201) {
        returns.add(asked.id());
      }
    }

    private static String wanted(int line, String exchange) {
      return "{\"line_id\":\"line_%d\",\"quantity\":1,\"exchange\":{%s}}".formatted(line, exchange);
    }

    /** What was lost is sent again, until nothing is on its way. */
    void comesToRest() {
      counter.loseNothing();
      counter.rest();
      for (int i = 0; i < 3; i++) {
        counter.later(Duration.ofMinutes(2));
        counter.sweep();
      }
    }
  }

  private static List<Map<String, Object>> list(Map<String, Object> tree, String name) {
    return ((List<?>) tree.get(name)).stream().map(Json::object).toList();
  }

  private static long number(Map<String, Object> tree, String name) {
    return (Long) tree.get(name);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void unitsAndCentsAddUp(@ForAll @Size(min = 10, max = 24) List<@IntRange(max = 2000) Integer> steps) {
    try (var life = new Life()) {
      steps.forEach(life::step);
      life.comesToRest();
      Map<String, Object> all = life.counter.returns();
      List<Map<String, Object>> returns = list(all, "data");
      unitsAddUp(life.counter, all, returns);
      centsAddUp(life.counter, returns);
    }
  }

  private static void unitsAddUp(Counter counter, Map<String, Object> all, List<Map<String, Object>> returns) {
    var live = new HashMap<String, Long>();
    var lies = new HashMap<String, Long>();
    for (Map<String, Object> it : returns) {
      boolean ended = it.get("ended") != null;
      // Units for which others were sent in advance stay in their own return.
      boolean expired = it.get("expired_at") != null
          && !(it.get("exchange") instanceof Map<?, ?> exchange && exchange.get("in_advance").equals(true));
      list(it, "lines").forEach(line -> live.merge((String) line.get("line_id"), ended
          ? 0
          : expired ? number(line, "received") + number(line, "missing") : number(line, "quantity"), Long::sum));
      list(it, "lines").forEach(line -> assertThat(number(line, "received") + number(line, "missing"))
          .as("came or is missing").isBetween(decided(it, line), number(line, "quantity")));
      list(it, "dispositions").stream().flatMap(one -> list(one, "lines").stream()).filter(one -> one.get("to") != null)
          .forEach(one -> lies.merge(one.get("sku") + " " + one.get("to"), number(one, "quantity"), Long::sum));
    }
    list(all, "returnable").forEach(it -> {
      String line = (String) it.get("line_id");
      int ordered = ORDERED.get(Integer.parseInt(line.substring("line_".length())));
      assertThat(live.getOrDefault(line, 0L)).as("live of " + line).isLessThanOrEqualTo(ordered);
      assertThat(number(it, "quantity")).isEqualTo(ordered - live.getOrDefault(line, 0L));
    });
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      assertThat(counter.stock(sku)).as(sku).containsExactly(lies.getOrDefault(sku + " on_hand", 0L),
          lies.getOrDefault(sku + " damaged", 0L), lies.getOrDefault(sku + " quarantined", 0L));
    }
  }

  private static long decided(Map<String, Object> returned, Map<String, Object> line) {
    return list(returned, "dispositions").stream().flatMap(it -> list(it, "lines").stream())
        .filter(it -> line.get("line_id").equals(it.get("line_id"))).mapToLong(it -> number(it, "quantity")).sum();
  }

  private static long refundedUnits(List<Map<String, Object>> adjustments, int line) {
    return adjustments.stream().flatMap(it -> list(it, "lines").stream())
        .filter(it -> it.get("line_id").equals("line_" + line)).mapToLong(it -> -number(it, "quantity")).sum();
  }

  private static void centsAddUp(Counter counter, List<Map<String, Object>> returns) {
    Map<String, Object> order = counter.order();
    List<Map<String, Object>> dispositions = returns.stream().flatMap(it -> list(it, "dispositions").stream()).toList();
    assertThat(dispositions).as("settled").allSatisfy(it -> assertThat(it.get("amount")).isNotNull());
    List<Map<String, Object>> adjustments = list(order, "adjustments");
    long granted = adjustments.stream().mapToLong(it -> -number(it, "amount")).sum();
    long kept = returns.stream().map(it -> it.get("exchange")).filter(java.util.Objects::nonNull).map(Json::object)
        .flatMap(it -> list(it, "orders").stream()).mapToLong(it -> number(it, "price") - number(it, "due")).sum();
    assertThat(granted).as("granted").isBetween(0L, (long) PAID);
    assertThat(dispositions.stream().mapToLong(it -> number(it, "amount")).sum()).as("of returns")
        .isEqualTo(adjustments.stream().filter(it -> it.get("type").equals("return"))
            .mapToLong(it -> -number(it, "amount")).sum());
    if (returns.stream().map(it -> it.get("exchange")).filter(java.util.Objects::nonNull).map(Json::object)
        .allMatch(it -> it.get("waived") == null)) {
      long worth = WORTH.entrySet().stream().mapToLong(it -> refundedUnits(adjustments, it.getKey()) * it.getValue())
          .sum();
      long shipping = adjustments.stream().mapToLong(it -> -number(it, "shipping")).sum();
      assertThat(granted + kept).as("with what was kept").isLessThanOrEqualTo(worth + shipping);
    }
    ORDERED.forEach((line, units) -> assertThat(refundedUnits(adjustments, line)).as("refunded units of line " + line)
        .isLessThanOrEqualTo(units));
    ordersAreThere(counter, returns);
  }

  /** What is sent instead is one order for each disposition that something is kept of, and it costs what is due. */
  private static void ordersAreThere(Counter counter, List<Map<String, Object>> returns) {
    Stream<Map<String, Object>> exchanges = returns.stream().map(it -> it.get("exchange"))
        .filter(java.util.Objects::nonNull).map(Json::object);
    List<Map<String, Object>> orders = exchanges.flatMap(it -> list(it, "orders").stream()).toList();
    assertThat(list(counter.order(), "replacements")).hasSize(orders.size());
    orders.forEach(it -> assertThat(counter.order(new OrderId((String) it.get("order_id")))).containsEntry("total",
        number(it, "due")));
  }
}
