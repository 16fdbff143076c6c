package waybill.fulfillment.sourcing;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;

/**
 * In which ways an order is not split over locations.
 *
 * @param margin what may be spent on a parcel more for these units, in minor units; null if each way to split is worth it
 * @param waits whether the order rather waits than being split in another way
 * @param kits what of it is packed out of several products
 */
public record Splitting(ToLongFunction<List<LineQuantity>> margin, boolean waits, List<KitOf> kits) {
  /** It is split in whatever way is best. */
  public static final Splitting ANY = new Splitting(null, false, List.of());

  /** Without waiting for another way. */
  public Splitting atOnce() {
    return new Splitting(margin, false, kits);
  }

  /** A kit, of which one location ships all components. @param units of each component in one kit */
  public record KitOf(Map<LineId, Integer> units) {}
}
