package waybill.simulation.orders;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who holds an order or a unit of it for a while, sometimes twice at once, and releases it. */
public final class Clerk extends Actor {
  private static final String OPERATE = "orders:operate";
  /** There may be no such order yet, or nothing left to hold, of this line or at all. */
  private static final Set<Integer> HELD = Set.of(200, 404, 409, 422);
  /** Somebody else may have released it at the same moment. */
  private static final Set<Integer> RELEASED = Set.of(200, 409);
  /** Somebody else may have corrected it in the same way at the same moment. */
  private static final Set<Integer> CORRECTED = Set.of(200, 404, 409, 422);
  private static final int MOST = 4;
  /** About an address its customer is asked. */
  private static final List<String> REASONS = List.of("customer_request", "address_incorrect");

  public Clerk(World world) {
    super("clerk", world);
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(40));
      List<String> orders = List.copyOf(world.expected().values());
      if (!orders.isEmpty()) {
        String order = dice.pick(orders);
        String handle = "look-" + time;
        Duration pause = dice.between(Duration.ZERO, Duration.ofHours(3));
        String reason = dice.pick(REASONS);
        Object lines = dice.chance(0.4) ? List.of(Map.of("line_id", "line_1", "quantity", 1)) : List.of();
        beside(() -> hold(order, handle, reason, lines, pause));
      }
    }
  }

  private void hold(String order, String handle, String reason, Object lines, Duration pause) {
    tell("holds %s of %s", lines, order);
    var form = new HashMap<String, Object>(Map.of("reason", reason, "handle", handle, "note", "Waits for a call"));
    if (!List.of().equals(lines)) {
      form.put("lines", lines);
    }
    Optional<Answer> held = insist(STUBBORN, HELD, () -> post(OPERATE, "/orders/" + order + "/holds", handle, form));
    if (held.isPresent() && held.get().status() == 200) {
      Optional<String> hold = id(held.get(), handle);
      if (hold.isEmpty()) {
        return; // a repeated request, after the order has ended meanwhile
      }
      world.timeline().sleep(pause);
      if (reason.equals("address_incorrect")) {
        correct(order, handle);
      }
      tell("releases %s", order);
      release(order, hold.get(), handle);
    }
  }

  /** A change of its lines may wait for its stock: then it is released after that. */
  private void release(String order, String hold, String handle) {
    for (int times = 0; times < STUBBORN; times++) {
      Optional<Answer> answer = insist(STUBBORN, RELEASED, () -> post(OPERATE,
          "/orders/" + order + "/holds/" + hold + "/release", "release-" + handle, Map.of("note", "They called")));
      if (answer.filter(it -> "change_pending".equals(it.json().get("code"))).isEmpty()) {
        return;
      }
      world.timeline().sleep(Duration.ofMinutes(10));
    }
  }

  /** It may be too late for that, or nothing of it ships. */
  private void correct(String order, String handle) {
    tell("corrects %s", order);
    insist(STUBBORN, CORRECTED, () -> post(OPERATE, "/orders/" + order + "/changes", "correct-" + handle,
        Map.of("shipping_address",
            Map.of("name", World.PERSONAL, "line1", World.PERSONAL + " " + handle, "city", "Wien",
                "postal_code", "1010", "country", "AT"),
            "note", "Told by telephone")))
        .filter(it -> it.status() == 422 && !it.body().contains("\"unchanged\""))
        .ifPresent(it -> world.find("a correction of %s is refused: %s".formatted(order, it.body())));
  }

  private static Optional<String> id(Answer answer, String handle) {
    return ((List<?>) answer.json().get("holds")).stream().map(it -> (Map<?, ?>) it)
        .filter(it -> handle.equals(it.get("handle"))).map(it -> (String) it.get("id")).findFirst();
  }
}
