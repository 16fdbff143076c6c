package waybill.fulfillment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.catalog.BoxId;
import waybill.fulfillment.Scales.Measures;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotQuantity;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Sku;
import waybill.platform.Fields;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** Reads what a packer sends: parcels that hold exactly the fulfillment's units. */
final class Packing {
  static final int MAX_PARCELS = 100;
  private static final int MAX_LINES = 500;
  /** Over all parcels: no more fit into one item of the table and one message. */
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_UNITS = 1_000_000;
  private static final int MAX_GRAMS = 10_000_000;
  private static final int MAX_PACKAGING_GRAMS = 100_000;
  private static final int MAX_MILLIMETRES = 100_000;
  private static final Pattern TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{3,59}");

  private final Map<LineId, Sku> skus;
  private final ContentWeights weights;
  private final Scales scales;
  private int number;

  private Packing(List<LineQuantity> expected, ContentWeights weights, Scales scales) {
    this.skus = expected.stream().collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::sku));
    this.weights = weights;
    this.scales = scales;
  }

  /**
   * The parcels of a request's body, numbered in its order. All that is wrong is refused at once; units are counted once everything
   * else is right.
   *
   * @param expected the fulfillment's lines
   * @param first the number of the first parcel
   * @param weights what parcels weigh that were not weighed
   * @param scales what is known of parcels whose box is named
   */
  static List<Parcel> read(FulfillmentId id, List<LineQuantity> expected, int first, Fields fields,
      ContentWeights weights, Scales scales) {
    var packing = new Packing(expected, weights, scales);
    List<Function<ParcelId, Parcel>> read = fields.list("parcels", 1, MAX_PARCELS, packing::parcel);
    var parcels = new ArrayList<Parcel>();
    if (fields.sound()) {
      read.forEach(it -> parcels.add(it.apply(ParcelId.of(id, first + parcels.size()))));
      check(expected, parcels).forEach(fields::refuse);
    }
    fields.verify();
    return parcels;
  }

  /** The one parcel of a fulfillment whose units are put into a parcel of another order: its size and its label are that one's. */
  static List<Parcel> shared(FulfillmentId id, List<LineQuantity> lines, int first, Parcel other) {
    return List.of(new Parcel(ParcelId.of(id, first), lines, other.weightGrams(), other.lengthMm(), other.widthMm(),
        other.heightMm(), other.carrier(), other.trackingNumber()));
  }

  /** The parcels, each with its part of the lots that their lines come from. */
  static List<Parcel> withLots(List<Parcel> parcels, List<LotQuantity> lots) {
    List<List<LotQuantity>> shares = LotQuantity.share(lots, parcels, Parcel::lines);
    return IntStream.range(0, parcels.size()).mapToObj(it -> parcels.get(it).of(shares.get(it))).toList();
  }

  /** Whether the parcels hold exactly these lines. */
  static boolean holds(List<Parcel> parcels, List<LineQuantity> lines) {
    return units(parcels.stream().flatMap(it -> it.lines().stream())).equals(units(lines.stream()));
  }

  private static Map<LineId, Integer> units(Stream<LineQuantity> lines) {
    return lines.collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity, Integer::sum));
  }

  private Function<ParcelId, Parcel> parcel(Fields fields) {
    var named = new HashSet<LineId>();
    List<Optional<LineQuantity>> lines = fields.list("lines", 1, MAX_LINES, line -> line(line, named));
    List<LineQuantity> units = lines.stream().flatMap(Optional::stream).toList();
    int at = number++;
    Optional<Measures> box = box(fields, units, at);
    int weightGrams = fields.isNamed("box_id") ? boxedGrams(fields, units, box) : weightGrams(fields, units, at);
    int lengthMm = length(fields, "length_mm", box.map(Measures::lengthMm));
    int widthMm = length(fields, "width_mm", box.map(Measures::widthMm));
    int heightMm = length(fields, "height_mm", box.map(Measures::heightMm));
    String carrier = fields.textOrNull("carrier", 40);
    boolean numbered = fields.has("tracking_number");
    String trackingNumber = numbered
        ? fields.matching("tracking_number", TRACKING_NUMBER, "is 4 to 60 letters, digits, dots or dashes")
        : null;
    if (fields.has("carrier") != numbered) {
      fields.refuse(numbered ? "carrier" : "tracking_number", "required",
          "carrier and tracking_number come together or not at all");
    }
    return id -> new Parcel(id, units, weightGrams, lengthMm, widthMm, heightMm, carrier, trackingNumber);
  }

  /** What is known of a parcel by its box; empty if none is named, or its location has no such box. */
  private Optional<Measures> box(Fields fields, List<LineQuantity> units, int at) {
    BoxId id = fields.isNamed("box_id") ? fields.parsed("box_id", BoxId::new, BoxId.RULE) : null;
    if (id == null) {
      return Optional.empty();
    }
    Optional<Measures> measures = scales.of(at, id, known(units));
    if (measures.isEmpty()) {
      fields.refuse("box_id", "unknown_box", "%s is no box that its location packs into".formatted(id));
    }
    return measures;
  }

  /** Those whose product is known: a line that is not in the fulfillment is refused as such. */
  private static List<LineQuantity> known(List<LineQuantity> units) {
    return units.stream().filter(it -> it.sku() != null).toList();
  }

  private static int length(Fields fields, String name, Optional<Integer> known) {
    return fields.isNamed("box_id")
        ? fields.integerOr(name, 1, MAX_MILLIMETRES, known.orElse(1))
        : fields.integer(name, 1, MAX_MILLIMETRES);
  }

  /** What the scale says of a parcel in a known box; without one, what it should weigh. */
  private int boxedGrams(Fields fields, List<LineQuantity> units, Optional<Measures> box) {
    boolean checked = fields.flagOr("weight_checked", false);
    int expected = box.map(Measures::grams).orElse(1);
    int grams = fields.integerOr("weight_grams", 1, MAX_GRAMS, Math.clamp(expected, 1, MAX_GRAMS));
    if (box.isEmpty()) {
      return grams;
    }
    if (expected == 0 && !fields.has("weight_grams")
        && weights.of(known(units)) instanceof Outcome.Declined<Long>(Refused refused)) {
      return refused(fields, refused.code(), refused.detail());
    }
    if (grams > box.get().maximumGrams()) {
      return refused(fields, "too_heavy", "is %d, and its box may weigh %d".formatted(grams, box.get().maximumGrams()));
    }
    return checked || !box.get().differs(grams)
        ? grams
        : refused(fields, "weight_differs",
            "is %d, and %d is expected: look what is in it, and send weight_checked if it is right"
                .formatted(grams, expected));
  }

  /** What the scale says; without one, what the products weigh, and the box. */
  private int weightGrams(Fields fields, List<LineQuantity> units, int at) {
    if (fields.isNamed("weight_grams")) {
      return fields.integer("weight_grams", 1, MAX_GRAMS);
    }
    int packaging = fields.integerOr("packaging_grams", 0, MAX_PACKAGING_GRAMS, 0);
    if (units.stream().anyMatch(it -> it.sku() == null)) {
      return 1;
    }
    OptionalInt recorded = scales.recordedGrams(at);
    if (recorded.isPresent()) {
      return recorded.getAsInt();
    }
    return switch (weights.of(units)) {
      case Outcome.Accepted<Long>(Long grams) when grams + packaging <= MAX_GRAMS -> (int) (grams + packaging);
      case Outcome.Accepted<Long> _ -> refused(fields, "out_of_range", "its products weigh more than a parcel may");
      case Outcome.Declined<Long>(Refused refused) -> refused(fields, refused.code(), refused.detail());
    };
  }

  private static int refused(Fields fields, String code, String detail) {
    fields.refuse("weight_grams", code, detail);
    return 1;
  }

  private Optional<LineQuantity> line(Fields fields, Set<LineId> named) {
    LineId id = fields.parsed("line_id", LineId::new, "is the id of a line, for example line_1");
    int quantity = fields.integer("quantity", 1, MAX_UNITS);
    if (id == null) {
      return Optional.empty();
    }
    if (!skus.containsKey(id)) {
      fields.refuse("line_id", "unknown_line", "%s is not in this fulfillment".formatted(id));
    } else if (!named.add(id)) {
      fields.refuse("line_id", "duplicate", "%s is in this parcel already".formatted(id));
    }
    return Optional.of(new LineQuantity(id, skus.get(id), quantity));
  }

  /** One violation for each line that the parcels lack, exceed or do not know; none if they hold exactly these lines. */
  static List<Violation> check(List<LineQuantity> expected, List<Parcel> parcels) {
    var violations = new ArrayList<Violation>();
    var packed = new LinkedHashMap<LineId, Long>();
    parcels.stream().flatMap(it -> it.lines().stream())
        .forEach(it -> packed.merge(it.lineId(), (long) it.quantity(), Long::sum));
    for (LineQuantity line : expected) {
      long quantity = Optional.ofNullable(packed.remove(line.lineId())).orElse(0L);
      if (quantity != line.quantity()) {
        violations.add(violation(quantity < line.quantity() ? "missing_units" : "too_many_units",
            "%s (%s): the parcels hold %d of %d".formatted(line.lineId(), line.sku(), quantity, line.quantity())));
      }
    }
    packed.keySet()
        .forEach(it -> violations.add(violation("unknown_line", "%s is not in this fulfillment".formatted(it))));
    if (parcels.stream().mapToInt(it -> it.lines().size()).sum() > MAX_ENTRIES) {
      violations
          .add(violation("too_many_lines", "all parcels together have at most %d lines".formatted(MAX_ENTRIES)));
    }
    return violations;
  }

  private static Violation violation(String code, String detail) {
    return new Violation("/parcels", code, detail);
  }
}
