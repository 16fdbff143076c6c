package waybill.simulation.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import waybill.platform.Json;
import waybill.simulation.world.World;

/**
 * What a schedule reports to people it does not report for ever: again only where it died before it could note that. Stock that drifted is never
 * reported, as none does.
 */
public final class ReportInvariants {
  /** Far more often than it dies, and far less often than a schedule fires in three weeks. */
  private static final int MOST = 12;
  /** What is reported once, each with the name that its line has for what it is about. */
  private static final Map<String, String> ONCE = Map.of("PaymentsWithoutOrder", "payment", "ScansWithoutLabel",
      "tracking_number", "LabelVoidsRejected", "parcel", "LabelRefundsOverdue", "parcel", "PickupsMissed", "pickup",
      "PickupsUncertain",
      "pickup");

  private final World world;
  private final Map<List<Object>, Integer> times = new HashMap<>();

  public ReportInvariants(World world) {
    this.world = world;
  }

  public void printed(String line) {
    if (line.contains("\"StockDrifted\":")) {
      world.find("stock is said to have drifted: " + line);
    }
    ONCE.forEach((metric, name) -> {
      if (line.contains("\"" + metric + "\":")) {
        Object about = Json.readObject(line).get(name);
        if (times.merge(List.of(metric, about), 1, Integer::sum) > MOST) {
          world.find("it is reported again and again: %s of %s".formatted(metric, about));
        }
      }
    });
  }
}
