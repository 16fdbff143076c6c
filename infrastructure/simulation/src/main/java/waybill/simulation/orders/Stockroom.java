package waybill.simulation.orders;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who decides about units that are short: all of the order waits for them, the rest is sent, or they are cancelled; sometimes twice at once, or not at all. */
public final class Stockroom extends Actor {
  private static final String OPERATE = "orders:operate";
  /** It may be there by now, or somebody else may have decided, or the order may have ended. */
  private static final Set<Integer> DECIDED = Set.of(200, 404, 409, 422);
  private static final int MOST = 8;

  public Stockroom(World world) {
    super("stockroom", world);
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofMinutes(1), Duration.ofMinutes(40));
      Optional<Answer> list = get(OPERATE, "/orders", Map.of("hold", "short", "limit", "100"));
      for (Object found : list.map(it -> (List<?>) it.json().get("data")).orElse(List.of())) {
        String order = (String) Json.object(found).get("id");
        String key = "short-" + time;
        beside(() -> decide(order, key));
        if (dice.chance(0.1)) {
          beside(() -> decide(order, key + "-too"));
        }
      }
    }
  }

  private void decide(String order, String key) {
    Optional<Answer> read = get(OPERATE, "/orders/" + order, Map.of());
    for (Object it : read.filter(answer -> answer.status() == 200).map(answer -> (List<?>) answer.json().get("holds"))
        .orElse(List.of())) {
      Map<String, Object> hold = Json.object(it);
      if ("short".equals(hold.get("reason")) && dice.chance(0.8)) {
        String resolution = dice.pick(List.of("wait", "send_rest", "cancel_line"));
        tell("decides about what is short of %s: %s", order, resolution);
        insist(STUBBORN, DECIDED,
            () -> post(OPERATE, "/orders/" + order + "/holds/" + hold.get("id") + "/release", key + hold.get("id"),
                Map.of("note", "Decided", "resolution", resolution)));
      }
    }
  }
}
