package waybill.warehouse.picking;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import waybill.messages.LocationId;
import waybill.platform.Fields;
import waybill.platform.Violation;
import waybill.warehouse.BinMove;
import waybill.warehouse.picking.WavePlan.Crew;

/**
 * Who picks what, as it is sent.
 *
 * @param devices what they take along, the preferred one first
 * @param maximumLines how many lines a round has at most
 */
record WaveForm(LocationId locationId, int pickers, int secondsPerLine, int maximumLines, List<Device> devices,
    List<Collection> collections) {
  private static final int MOST_PICKERS = 200;
  private static final int USUAL_SECONDS = 60;
  private static final int USUAL_LINES = 30;
  /** What is in one tote leaves it in one move. */
  static final int MOST_LINES = BinMove.MAX_LINES;
  static final int MOST_BINS = 24;
  private static final int MOST_GRAMS = 2_000_000;
  private static final int MOST_CM3 = 20_000_000;
  private static final int MOST_METHODS = 50;

  /**
   * What a carrier collects.
   *
   * @param methods of shipping whose orders it takes; empty for all that no other names
   * @param cutOffAt when they must be picked
   * @param priority the smallest is the most urgent
   */
  record Collection(String carrier, List<String> methods, Instant cutOffAt, int priority) {}

  static WaveForm read(Fields fields) {
    var form = new WaveForm(fields.parsed("location_id", LocationId::new, "is the id of a location"),
        fields.integer("pickers", 1, MOST_PICKERS), fields.integerOr("seconds_per_line", 1, 3_600, USUAL_SECONDS),
        fields.integerOr("maximum_lines", 1, MOST_LINES, USUAL_LINES), fields.list("devices", 1, 20, WaveForm::device),
        fields.list("collections", 1, 50, WaveForm::collection));
    var named = new HashSet<String>();
    for (int i = 0; i < form.collections.size(); i++) {
      List<String> methods = form.collections.get(i).methods;
      if (!named.addAll(methods.isEmpty() ? List.of("") : methods)) {
        fields.refuse(new Violation("/collections/%d/methods".formatted(i), "duplicate",
            "another collection takes these orders"));
      }
    }
    fields.verify();
    return form;
  }

  private static Device device(Fields fields) {
    return new Device(fields.text("id", 40), fields.integer("bins", 1, MOST_BINS),
        fields.integer("maximum_weight_grams", 1, MOST_GRAMS), fields.integer("maximum_volume_cm3", 1, MOST_CM3),
        fields.has("bin_volume_cm3") ? (Integer) fields.integer("bin_volume_cm3", 1, MOST_CM3) : null,
        fields.integerOr("minimum_volume_cm3", 0, MOST_CM3, 0));
  }

  private static Collection collection(Fields fields) {
    String carrier = fields.text("carrier", 40);
    List<String> methods = fields.parsedListOrEmpty("methods", MOST_METHODS, WaveForm::method,
        "is the code of a shipping method");
    Instant cutOff = fields.timeOrNull("cut_off_at");
    if (!fields.has("cut_off_at")) {
      fields.refuse("cut_off_at", "required", "is required");
    }
    return new Collection(carrier, methods, cutOff == null ? null : cutOff.truncatedTo(ChronoUnit.MILLIS),
        fields.integerOr("priority", 0, 999, 100));
  }

  private static String method(String text) {
    if (!text.matches("[!-~]{1,40}")) {
      throw new IllegalArgumentException("no code");
    }
    return text;
  }

  /** What takes an order that is shipped so. @param method null if it has none */
  Optional<Collection> collection(String method) {
    return collections.stream().filter(it -> it.methods.contains(method == null ? "" : method)).findFirst()
        .or(() -> collections.stream().filter(it -> it.methods.isEmpty()).findFirst());
  }

  Crew crew() {
    return new Crew(pickers, Duration.ofSeconds(secondsPerLine));
  }
}
