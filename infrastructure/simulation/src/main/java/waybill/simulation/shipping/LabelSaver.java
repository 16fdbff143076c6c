package waybill.simulation.shipping;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.world.Actor;
import waybill.simulation.world.World;

/** Somebody who takes labels for unused and wants their money back, also of parcels that are on their way, and sometimes asks twice at once. */
public final class LabelSaver extends Actor {
  private static final String SCOPES = "fulfillment:work";
  /** There may be no label yet, or the carrier may have scanned it. */
  private static final Set<Integer> VOIDED = Set.of(200, 404, 409);
  private static final Set<Integer> SHOWN = Set.of(200, 404);
  private static final int MOST = 12;

  public LabelSaver(World world) {
    super("label-saver", world);
  }

  @Override
  public void live() {
    int times = dice.below(MOST);
    for (int time = 1; time <= times; time++) {
      sleep(Duration.ofSeconds(1), Duration.ofMinutes(40));
      List<String> drafts = List.copyOf(world.carrier().bought().keySet());
      if (!drafts.isEmpty()) {
        // Older ones are scanned by now.
        List<String> newest = drafts.subList(Math.max(0, drafts.size() - 2), drafts.size());
        String parcel = world.carrier().reference(dice.pick(newest));
        String key = "void-" + time;
        if (dice.chance(0.3)) {
          beside(() -> voidLabel(parcel, key));
        }
        voidLabel(parcel, key);
        insist(STUBBORN, SHOWN, () -> get(SCOPES, "/parcels/" + parcel + "/costs", Map.of()));
      }
    }
  }

  private void voidLabel(String parcel, String key) {
    tell("does not use the label of %s", parcel);
    insist(STUBBORN, VOIDED, () -> post(SCOPES, "/parcels/" + parcel + "/void", key, Map.of()));
  }
}
