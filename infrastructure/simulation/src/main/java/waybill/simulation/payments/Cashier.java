package waybill.simulation.payments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who captures and voids by hand now and then, and ends the holds of captures that went wrong. */
public final class Cashier extends Actor {
  private static final String OPERATE = "orders:operate";
  /** There may be no such order or payment yet, and it may have moved meanwhile. */
  private static final Set<Integer> UNDERSTOOD = Set.of(200, 404, 409, 412, 422);
  private static final int MOST = 4;
  private int requests;

  public Cashier(World world) {
    super("cashier", world);
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 0; time < times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(60));
      List<String> orders = List.copyOf(world.expected().values());
      if (!orders.isEmpty()) {
        String order = dice.pick(orders);
        beside(() -> byHand(order));
      }
    }
  }

  private void byHand(String order) {
    for (Map<String, Object> payment : payments(read(order))) {
      long held = number(payment, "capturable");
      if (held > 0 && dice.chance(0.8)) {
        String way = "/orders/" + order + "/payments/" + payment.get("id");
        if (dice.chance(0.15)) {
          tell("voids %s", payment.get("reference"));
          ask(way + "/voids", Map.of());
        } else if (dice.chance(0.5)) {
          tell("captures a part of %s", payment.get("reference"));
          ask(way + "/captures", Map.of("amount", Math.max(1, held / 3), "final", dice.chance(0.3)));
        } else {
          ask(way + "/captures", Map.of());
        }
      }
    }
  }

  /** What was refused is captured after all, what is short is accepted or paid otherwise, and what nobody asked for is captured. */
  public void settle() {
    for (String order : List.copyOf(world.expected().values())) {
      Optional<Map<String, Object>> found = read(order);
      if (found.isPresent() && "open".equals(found.get().get("status"))) {
        settle(order, found.get());
      }
    }
  }

  private void settle(String order, Map<String, Object> told) {
    List<Map<String, Object>> payments = payments(Optional.of(told));
    List<Map<String, Object>> held = payments.stream().filter(it -> number(it, "capturable") > 0).toList();
    for (Map<String, Object> hold : objects(told.get("holds"))) {
      if ("capture_failed".equals(hold.get("reason")) && held.isEmpty()) {
        payOtherwise(order, told);
      } else if ("capture_short".equals(hold.get("reason"))) {
        if (dice.chance(0.5)) {
          tell("accepts what is short of %s", order);
          ask("/orders/" + order + "/holds/" + hold.get("id") + "/release",
              Map.of("note", "A friend of the house", "resolution", "accept_difference"));
        } else {
          payOtherwise(order, told);
        }
      }
    }
    boolean manual = "authorized".equals(told.get("payment_status"));
    boolean refused = objects(told.get("holds")).stream().anyMatch(it -> "capture_failed".equals(it.get("reason")));
    if (refused || manual && dice.chance(0.5)) {
      held.forEach(it -> ask("/orders/" + order + "/payments/" + it.get("id") + "/captures", Map.of()));
    }
  }

  private void payOtherwise(String order, Map<String, Object> told) {
    long due = number(Json.object(told.get("totals")), "due");
    if (due > 0) {
      tell("takes %d for %s in cash", due, order);
      var cash = new LinkedHashMap<String, Object>();
      cash.put("provider", "external");
      cash.put("method", "cash");
      cash.put("reference", "CASH-" + ++requests);
      cash.put("amount", due);
      cash.put("status", "captured");
      ask("/orders/" + order + "/payments", cash);
    }
  }

  private void ask(String path, Map<String, Object> body) {
    String key = "cashier-" + ++requests;
    insist(STUBBORN, UNDERSTOOD, () -> post(OPERATE, path, key, body));
  }

  private Optional<Map<String, Object>> read(String order) {
    return insist(STUBBORN, UNDERSTOOD, () -> get(OPERATE, "/orders/" + order, Map.of()))
        .filter(it -> it.status() == 200).map(Answer::json);
  }

  private static List<Map<String, Object>> payments(Optional<Map<String, Object>> order) {
    return order.map(it -> objects(it.get("payments"))).orElse(List.of());
  }

  private static List<Map<String, Object>> objects(Object list) {
    return ((List<?>) list).stream().map(Json::object).toList();
  }

  private static long number(Map<String, Object> tree, String name) {
    return ((Number) tree.get(name)).longValue();
  }
}
