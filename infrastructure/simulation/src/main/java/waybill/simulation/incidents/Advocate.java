package waybill.simulation.incidents;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.platform.Json;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Whoever speaks for customers: reports what came broken, and claims it of the carrier, or waits; sometimes twice at once. */
public final class Advocate extends Actor {
  private static final String SCOPES = "orders:operate";
  /** What is reported has left, or has not. */
  private static final Set<Integer> REPORTED = Set.of(201, 422);
  /** Another was faster, or the parcel went on. */
  private static final Set<Integer> DECIDED = Set.of(200, 409, 422);
  private static final int MOST = 5;

  public Advocate(World world) {
    super("advocate", world);
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofMinutes(2), Duration.ofMinutes(40));
      List<String> drafts = List.copyOf(world.carrier().bought().keySet());
      if (!drafts.isEmpty()) {
        broken(world.carrier().reference(dice.pick(drafts)), "broken-" + time);
      }
      if (dice.chance(0.5)) {
        decide("decided-" + time);
      }
    }
  }

  private void broken(String parcel, String key) {
    tell("reports that %s came broken", parcel);
    Map<String, Object> form = Map.of("parcel_id", parcel, "kind", "damaged");
    if (dice.chance(0.3)) {
      beside(() -> insist(STUBBORN, REPORTED, () -> post(SCOPES, "/incidents", key, form)));
    }
    insist(STUBBORN, REPORTED, () -> post(SCOPES, "/incidents", key, form));
  }

  /** The oldest one, whatever it is. */
  private void decide(String key) {
    insist(STUBBORN, Set.of(200), () -> get(SCOPES, "/incidents", Map.of("limit", "1"))).ifPresent(answer -> {
      var data = (List<?>) answer.json().get("data");
      if (!data.isEmpty()) {
        var id = (String) Json.object(data.getFirst()).get("id");
        Map<String, Object> form = dice.chance(0.5)
            ? Map.of("kind", "claim", "amount", 1L, "reference", "C-1")
            : Map.of("kind", "wait", "look_at", world.timeline().instant().plus(Duration.ofDays(2)).toString());
        tell("decides %s: %s", id, form);
        insist(STUBBORN, DECIDED, () -> post(SCOPES, "/incidents/" + id + "/resolution", key, form));
      }
    });
  }
}
