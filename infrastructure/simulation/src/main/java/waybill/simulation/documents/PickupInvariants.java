package waybill.simulation.documents;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Carriers' visits: each is paid once, a parcel is on one at a time, and what was paid somebody knows of. At rest, all have ended but those of which a person must
 * find out whether they were booked.
 */
public final class PickupInvariants {
  private static final String TABLE = "DocumentsTable";
  private static final String PICKUP = "pickup";

  private final World world;

  public PickupInvariants(World world) {
    this.world = world;
  }

  public void written(Change change) {
    if (change.table().equals(TABLE) && change.key().get("sk").s().equals(PICKUP)) {
      checkCharges();
      checkParcels();
    }
  }

  private void checkCharges() {
    world.carrier().visits().booked().forEach((visit, times) -> {
      if (times > 1) {
        world.find("a pickup is paid %d times: %s".formatted(times, visit));
      }
    });
  }

  private void checkParcels() {
    var takenBy = new HashMap<String, String>();
    all().stream().filter(it -> !stage(it).equals("ended"))
        .forEach(pickup -> pickup.children("parcels").forEach(it -> {
          String other = takenBy.put(it.text("parcel"), pickup.text("pk"));
          if (other != null) {
            world.find("a parcel is on two pickups: %s on %s and %s".formatted(it.text("parcel"), other,
                pickup.text("pk")));
          }
        }));
  }

  private List<Document> all() {
    return world.store().items(TABLE).stream().filter(it -> it.get("sk").s().equals(PICKUP)).map(Document::new)
        .toList();
  }

  private static String stage(Document pickup) {
    return pickup.child("stage").text("type").toLowerCase(java.util.Locale.ROOT);
  }

  public void atRest() {
    checkCharges();
    checkParcels();
    for (Document pickup : all()) {
      String id = pickup.text("pk");
      Document stage = pickup.child("stage");
      if (!Set.of("ended", "uncertain").contains(stage(pickup))) {
        world.find("a pickup never ends: %s is %s".formatted(id, stage(pickup)));
      }
      boolean paid = world.carrier().visits().booked().containsKey(id);
      boolean known = stage.child("booked").exists() || stage(pickup).equals("uncertain")
          || world.carrier().visits().isCancelled(id);
      if (paid && !known) {
        world.find("a pickup is paid and nobody knows of it: " + id);
      }
      if (!paid && stage.child("booked").exists()) {
        world.find("a pickup is said to be booked and is not: " + id);
      }
    }
  }
}
