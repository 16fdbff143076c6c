package waybill.simulation;

import java.util.Map;

/** What must always be so. */
final class Invariants {
  private final World world;

  Invariants(World world) {
    this.world = world;
  }

  /** What must be so when everything has come to its end. @param parcels what became of each, by its tracking number */
  void atRest(Map<String, Driver.End> parcels) {
    if (!world.cloud().rests()) {
      world.find("a message waits for ever");
    }
  }
}
