package waybill.simulation.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import waybill.platform.Json;
import waybill.simulation.engine.Dice;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** The carrier's people: they carry what is labelled, scan it or forget to, and report it twice, late and in any order. */
public final class Driver extends Actor {

  private final Map<String, End> ends = new TreeMap<>();

  public Driver(World world) {
    super("driver", world);
  }

  /** What becomes of a parcel. */
  public enum End {
    DELIVERED, RETURNED, LOST
  }

  /** @param detail null if there is none */
  private record Scan(String status, String detail, Instant at) {
    Map<String, Object> told() {
      var told = new TreeMap<String, Object>(
          Map.of("object", "TrackingDetail", "status", status, "datetime", at.toString()));
      if (detail != null) {
        told.put("status_detail", detail);
      }
      return told;
    }
  }

  @Override
  public void live() {
    world.carrier().onBought(number -> {
      Dice own = dice.named(number);
      if (world.carrier().comesBack(number)) {
        beside(() -> bringBack(number, own));
        return;
      }
      double fate = own.fraction();
      ends.put(number, fate < 0.8 ? End.DELIVERED : fate < 0.9 ? End.RETURNED : End.LOST);
      beside(() -> carry(number, own));
    });
    if (dice.chance(0.3)) {
      // Somebody else's parcel, reported to the wrong account.
      deliver(event("EXT" + dice.below(1000), List.of(new Scan("in_transit", null, world.timeline().instant()))), dice);
    }
  }

  /** What has become, or will, of each parcel, by its tracking number. */
  public Map<String, End> ends() {
    return ends;
  }

  private void carry(String number, Dice own) {
    var way = new ArrayList<>(List.of("pre_transit", "in_transit"));
    if (ends.get(number) != End.LOST) {
      way.add("out_for_delivery");
      if (own.chance(0.2)) {
        way.addAll(List.of("failure", own.chance(0.5) ? "available_for_pickup" : "out_for_delivery"));
      }
      if (ends.get(number) == End.DELIVERED || own.chance(0.2)) {
        way.add("delivered");
      }
      if (ends.get(number) == End.DELIVERED && own.named("mis-scan").chance(0.1)) {
        way.addAll(List.of("out_for_delivery", "delivered"));
      }
      if (ends.get(number) == End.RETURNED) {
        way.add("return_to_sender");
      }
    }
    tell("carries %s: %s", number, way);
    var scans = new ArrayList<Scan>();
    for (String status : way) {
      if (!scans.isEmpty() && scans.getLast().status.equals("delivered")) {
        // The driver has scanned the wrong parcel, and finds out later.
        world.timeline().sleep(Duration.ofHours(2));
      }
      world.timeline()
          .sleep(own.between(Duration.ofMinutes(1), own.chance(0.8) ? Duration.ofMinutes(30) : Duration.ofHours(9)));
      scans.add(new Scan(status, null, world.timeline().instant()));
      boolean waits = status.equals("failure") && own.chance(0.5);
      boolean last = scans.size() == way.size();
      if (last || !own.chance(0.15)) {
        deliver(event(number, List.copyOf(scans)), own);
      }
      if (waits) {
        world.timeline().sleep(own.between(Duration.ZERO, Duration.ofDays(3))); // over the weekend
      }
    }
  }

  /** A customer uses the label of a return, perhaps days later, or does not. */
  private void bringBack(String number, Dice own) {
    if (own.chance(0.3)) {
      return;
    }
    world.timeline()
        .sleep(own.between(Duration.ofMinutes(1), own.chance(0.6) ? Duration.ofMinutes(40) : Duration.ofDays(4)));
    double fate = own.fraction();
    String end = fate < 0.75 ? "delivered" : fate < 0.9 ? "failure" : "return_to_sender";
    tell("brings %s back: %s", number, end);
    var scans = new ArrayList<>(List.of(new Scan("in_transit", null, world.timeline().instant())));
    deliver(event(number, List.copyOf(scans)), own);
    world.timeline().sleep(own.between(Duration.ofMinutes(1), Duration.ofHours(30)));
    scans.add(new Scan(end, end.equals("failure") ? "lost" : null, world.timeline().instant()));
    deliver(event(number, List.copyOf(scans)), own);
  }

  private void deliver(String event, Dice own) {
    int copies = own.chance(0.15) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      Duration delay = own.between(Duration.ZERO, own.chance(0.8) ? Duration.ofSeconds(30) : Duration.ofHours(12));
      beside(() -> {
        world.timeline().sleep(delay);
        insist(STUBBORN, Set.of(200), () -> world.tellTracking(event));
      });
    }
  }

  private static String event(String number, List<Scan> scans) {
    List<Map<String, Object>> details = scans.stream().map(Scan::told).toList();
    var tracker = new LinkedHashMap<String, Object>();
    tracker.put("object", "Tracker");
    tracker.put("tracking_code", number);
    tracker.put("status", scans.getLast().status);
    if (scans.getLast().detail != null) {
      tracker.put("status_detail", scans.getLast().detail);
    }
    tracker.put("updated_at", scans.getLast().at.toString());
    tracker.put("signed_by", World.PERSONAL);
    tracker.put("tracking_details", details);
    return Json.write(Map.of("id", "evt_" + number + scans.size(), "object", "Event", "mode", "test", "description",
        "tracker.updated", "result", tracker));
  }
}
