package waybill.simulation.documents;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.providers.SimulatedPickups;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who sends for the carrier, books one visit or none, cancels some, and finds out what the carrier does not say; often twice at once. */
public final class Dispatcher extends Actor {
  private static final String SCOPES = "fulfillment:work";
  private static final Set<Integer> ASKED = Set.of(201, 409);
  /** It may have expired, or its parcels are void or scanned by now. */
  private static final Set<Integer> DECIDED = Set.of(200, 409);
  private static final int MOST = 6;

  private final List<String> locations;
  private final Set<String> known = new TreeSet<>();

  /** @param locations whose parcels are collected */
  public Dispatcher(World world, List<String> locations) {
    super("dispatcher", world);
    this.locations = locations;
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofMinutes(1), Duration.ofMinutes(20));
      String key = "pickup-" + time;
      String location = dice.pick(locations);
      if (dice.chance(0.3)) {
        beside(() -> ask(key + "-too", location));
      }
      ask(key, location).ifPresent(id -> decide(id, key));
    }
  }

  private Optional<String> ask(String key, String location) {
    tell("sends for the carrier at %s", location);
    Map<String, Object> form = Map.of("location_id", location, "carrier_account",
        Map.of("carrier", "table_rate", "account", "built-in"), "ready_time", "06:00", "closing_time", "20:00");
    Optional<String> id = insist(STUBBORN, ASKED, () -> post(SCOPES, "/carrier-pickups", key, form))
        .filter(it -> it.status() == 201).map(it -> (String) it.json().get("id"));
    id.ifPresent(known::add);
    return id;
  }

  private void decide(String id, String key) {
    if (dice.chance(0.8)) {
      Map<String, Object> book = Map.of("kind", "book", "rate_id", "rate");
      if (dice.chance(0.4)) {
        beside(() -> decide(id, key + "-beside", book));
      }
      decide(id, key, book);
    }
    if (dice.chance(0.3)) {
      decide(id, key + "-not", Map.of("kind", "cancel"));
    }
  }

  private Optional<Answer> decide(String id, String key, Map<String, Object> form) {
    tell("decides %s: %s", id, form);
    return insist(dice.chance(0.8) ? STUBBORN : 1, DECIDED,
        () -> post(SCOPES, "/carrier-pickups/" + id + "/decision", key, form));
  }

  /** Calls the carrier about what it did not say, and says so. */
  public void settle() {
    for (String id : known) {
      get(SCOPES, "/carrier-pickups/" + id, Map.of()).filter(it -> it.status() == 200)
          .filter(it -> Json.object(it.json()).get("status").equals("uncertain")).ifPresent(_ -> {
            boolean booked = world.carrier().visits().booked().containsKey(id)
                && !world.carrier().visits().isCancelled(id);
            decide(id, "found-out", booked
                ? Map.of("kind", "booked", "confirmation_number", SimulatedPickups.number(id))
                : Map.of("kind", "not_booked"));
          });
    }
  }
}
