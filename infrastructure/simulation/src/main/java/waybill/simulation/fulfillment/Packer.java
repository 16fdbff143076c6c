package waybill.simulation.fulfillment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import waybill.platform.Json;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.engine.Dice;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who packs what waits at a warehouse, in one parcel or more, and asks again where no answer came. */
public final class Packer extends Actor {
  private static final String SCOPES = "fulfillment:work";

  /** Somebody else may have found that less of it is there. */
  private static final Set<Integer> PACKED = Set.of(200, 409, 422);
  private static final double SHORTAGES = 0.12;
  private static final double REPACKINGS = 0.2;
  private static final double SWAPS = 0.5;
  private static final int TURNS = 12;
  private static final List<Duration> PACES = List.of(Duration.ofMinutes(2), Duration.ofMinutes(12),
      Duration.ofMinutes(50));

  private final String location;

  public Packer(String location, int number, World world) {
    super("packer-" + number + "-" + location, world);
    this.location = location;
  }

  @Override
  public void live() {
    Duration pace = dice.pick(PACES);
    int turns = dice.chance(0.15) ? 0 : TURNS; // or is ill for a day
    for (int turn = 0; turn < turns; turn++) {
      sleep(Duration.ofSeconds(5), pace);
      packOpen(SHORTAGES);
    }
  }

  /**
   * Packs all that waits, of which everything is found and nothing is packed again: else an order could be short, or wait, for as often as somebody
   * looks, and what leaves last would be lost too late to be missed.
   */
  public void packOpen() {
    packOpen(0);
  }

  private void packOpen(double shortages) {
    Optional<Answer> list = get(SCOPES, "/fulfillments", Map.of("location_id", location, "limit", "100"));
    if (list.isEmpty()) {
      return;
    }
    for (Object found : (List<?>) list.get().json().get("data")) {
      pack(Json.object(found), shortages);
    }
  }

  private void pack(Map<String, Object> listed, double shortages) {
    String id = (String) listed.get("id");
    Dice own = dice.named(id);
    Map<String, Object> fulfillment = own.chance(shortages) ? searched(listed, own) : listed;
    if (!fulfillment.get("status").equals("open")) {
      return;
    }
    if (shortages > 0) {
      swap(fulfillment, own.named("lots"));
    }
    var parcels = parcels((List<?>) fulfillment.get("lines"), own);
    boolean labelled = own.chance(0.1);
    String number = "OWN" + own.below(1_000_000_000);
    if (labelled) {
      parcels.getFirst().put("carrier", "House");
      parcels.getFirst().put("tracking_number", number);
      world.carrier().printed(number);
    }
    tell("packs %s in %d", id, parcels.size());
    // What is packed again is another request.
    String key = "pack-" + name() + id + "-" + listed.get("revision");
    Optional<Answer> answer = insist(own.chance(0.8) ? STUBBORN : 1, PACKED,
        () -> post(SCOPES, "/fulfillments/" + id + "/packing", key, Map.of("parcels", parcels)));
    if (shortages > 0 && dice.chance(REPACKINGS)) {
      String again = "repack-" + name() + id + "-" + listed.get("revision");
      Duration pause = dice.between(Duration.ZERO, Duration.ofMinutes(10));
      beside(() -> repack(id, again, pause));
    }
    if (labelled && answer.filter(it -> it.status() == 200).isPresent()) {
      world.carrier().takesAlong(number);
    }
  }

  /** In the bin lies another lot than the one that was allocated, perhaps one that other orders have, or that must not leave. */
  private void swap(Map<String, Object> fulfillment, Dice own) {
    List<Map<String, Object>> lots = objects(fulfillment.get("lots"));
    if (lots.isEmpty() || !own.chance(SWAPS)) {
      return;
    }
    Map<String, Object> given = own.pick(lots);
    List<Object> there = get("stock:write", "/stock/" + given.get("sku"), Map.of()).filter(it -> it.status() == 200)
        .map(it -> objects(it.json().get("locations"))).orElse(List.of()).stream()
        .filter(it -> it.get("location_id").equals(location)).flatMap(it -> objects(it.get("lots")).stream())
        .map(it -> it.get("lot")).filter(it -> !it.equals(given.get("lot"))).toList();
    if (there.isEmpty()) {
      return;
    }
    Map<String, Object> form = new TreeMap<>(Map.of("line_id", given.get("line_id"), "from", given.get("lot"), "to",
        own.pick(there), "quantity", own.between(1, ((Number) given.get("quantity")).intValue())));
    tell("finds %s of %s", form, id(fulfillment));
    Runnable asking = () -> insist(own.chance(0.8) ? STUBBORN : 1, PACKED, () -> post(SCOPES,
        "/fulfillments/" + id(fulfillment) + "/lot-swaps",
        "swap-" + name() + id(fulfillment) + fulfillment.get("revision"),
        form));
    if (own.chance(0.2)) {
      beside(asking);
    }
    if (own.chance(0.25)) {
      Duration pause = own.between(Duration.ZERO, Duration.ofSeconds(1));
      beside(() -> looksBad(form.get("to"), (String) given.get("sku"), pause, "bad-" + name() + id(fulfillment)));
    }
    asking.run();
    if (own.chance(0.7)) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(2)); // and looks whether it was decided
    }
  }

  /** While the swap is decided, somebody finds that what lies there of the lot must not leave: it is refused after it was asked for. */
  private void looksBad(Object lot, String sku, Duration pause, String key) {
    world.timeline().sleep(pause);
    Map<String, Object> form = new TreeMap<>(Map.of("location_id", location, "lot", lot, "reason", "recalled",
        "quantity", -1));
    tell("recalls %s", form);
    insist(STUBBORN, Set.of(200, 201, 404, 409, 422),
        () -> post("stock:write", "/stock/" + sku + "/adjustments", key, form));
  }

  private static List<Map<String, Object>> objects(Object list) {
    return list == null ? List.of() : ((List<?>) list).stream().map(Json::object).toList();
  }

  /** It may have left by then, or not be packed at all. */
  private void repack(String id, String key, Duration pause) {
    world.timeline().sleep(pause);
    tell("packs %s again", id);
    insist(dice.chance(0.8) ? STUBBORN : 1, Set.of(200, 409),
        () -> post(SCOPES, "/fulfillments/" + id + "/repacking", key, Map.of()));
  }

  /** Not all of it is there, and perhaps more turns out to be missing. @return what is left of it */
  private Map<String, Object> searched(Map<String, Object> listed, Dice own) {
    Map<String, Object> left = listed;
    int times = own.between(1, 2);
    for (int time = 1; time <= times && left.get("status").equals("open"); time++) {
      Map<String, Object> line = Json.object(((List<?>) left.get("lines")).getFirst());
      int had = ((Number) line.get("quantity")).intValue();
      var missing = new TreeMap<String, Object>();
      missing.put("line_id", line.get("line_id"));
      missing.put("quantity", own.between(1, had));
      objects(left.get("lots")).stream().filter(it -> it.get("line_id").equals(line.get("line_id"))).findFirst()
          .ifPresent(it -> {
            missing.put("lot", it.get("lot"));
            missing.merge("quantity", it.get("quantity"),
                (one, other) -> Math.min(((Number) one).intValue(), ((Number) other).intValue()));
          });
      var report = Map.of("lines", List.of(missing), "reason",
          own.pick(List.of("not_in_stock", "damaged", "mismatch")));
      String key = "short-" + time + id(listed);
      tell("does not find all of %s", id(listed));
      Runnable reporting = () -> reported(listed, key, report, own.chance(0.8) ? STUBBORN : 1);
      if (own.chance(0.2)) {
        beside(reporting);
      }
      Optional<Answer> answer = reported(listed, key, report, STUBBORN);
      if (answer.filter(it -> it.status() == 422).isPresent()) {
        return left; // it was reported before, when there was more of it
      }
      if (answer.filter(it -> it.status() == 200).isEmpty()) {
        return Map.of("status", "gone");
      }
      left = answer.get().json();
    }
    return left;
  }

  private Optional<Answer> reported(Map<String, Object> listed, String key, Map<String, Object> report, int times) {
    return insist(times, Set.of(200, 409, 422),
        () -> post(SCOPES, "/fulfillments/" + id(listed) + "/shortages", key, report));
  }

  private static String id(Map<String, Object> fulfillment) {
    return (String) fulfillment.get("id");
  }

  private static List<Map<String, Object>> parcels(List<?> lines, Dice own) {
    var parcels = new ArrayList<Map<String, Object>>();
    var first = new ArrayList<Map<String, Object>>();
    boolean split = own.chance(0.3);
    for (Object each : lines) {
      Map<String, Object> line = Json.object(each);
      int quantity = ((Number) line.get("quantity")).intValue();
      int apart = split && quantity > 1 ? 1 : 0;
      first.add(packed(line, quantity - apart));
      if (apart > 0) {
        parcels.add(parcel(List.of(packed(line, apart))));
      }
    }
    parcels.addFirst(parcel(first));
    return parcels;
  }

  private static Map<String, Object> packed(Map<String, Object> line, int quantity) {
    return Map.of("line_id", line.get("line_id"), "quantity", quantity);
  }

  private static Map<String, Object> parcel(List<Map<String, Object>> lines) {
    var parcel = new LinkedHashMap<String, Object>();
    parcel.put("lines", lines);
    parcel.put("weight_grams", 500);
    parcel.put("length_mm", 200);
    parcel.put("width_mm", 100);
    parcel.put("height_mm", 100);
    return parcel;
  }
}
