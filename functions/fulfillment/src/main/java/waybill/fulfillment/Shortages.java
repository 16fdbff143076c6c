package waybill.fulfillment;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.ShortageId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.platform.TimeKey;

/** What packers did not find: the reports, beside the fulfillments of their order, and the list of those that are not planned yet. */
final class Shortages {
  private static final String PREFIX = "sho_";
  private static final String BY_STATUS = "by_status";
  private static final String REPORTED = "reported";
  private static final int MOST_PENDING = 1_000;

  private final DynamoDbClient dynamo;
  private final Table<Fulfillment> fulfillments;
  private final Table<ShortageReport> reports;
  private final InstantSource clock;

  Shortages(Ports ports) {
    this.dynamo = ports.dynamo();
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.reports = reports(ports);
    this.clock = ports.clock();
  }

  static Table<ShortageReport> reports(Ports ports) {
    return new Table<>(ports, "FULFILLMENT_TABLE", ShortageReport.class, it -> key(it.orderId(), it.id()),
        Shortages::indexes);
  }

  private static Map<String, String> indexes(ShortageReport it) {
    return it.isPlanned()
        ? Map.of()
        : Map.of(BY_STATUS, REPORTED, BY_STATUS + "_range", TimeKey.of(it.at()) + "#" + it.id());
  }

  static Key key(OrderId order, ShortageId id) {
    return new Key(order.value(), id.value());
  }

  /** What is reported and not planned, the oldest first. */
  static Listing reported() {
    return new Listing(BY_STATUS, REPORTED, "", false);
  }

  /**
   * A report and its fulfillment after it.
   *
   * @param repeated whether it had been made before
   */
  record Reported(ShortageReport report, Stored<Fulfillment> fulfillment, boolean repeated) {}

  /**
   * Takes units that were not found from their fulfillment, once a key; refused if it cannot lack them, or if the key was used for
   * another report. From then on they are a fulfillment of their own, so that no plan counts them as unplanned.
   *
   * @param by the subject of the packer's token
   */
  Outcome<Reported> report(FulfillmentId id, String key, ShortageForm form, String by, OptionalInt ifMatch) {
    return report(id, key, form, new Reporter(by, false), ifMatch);
  }

  /** The same for units that a count of the location has shown not to be there. @param by who counted them */
  Outcome<Reported> reportCounted(FulfillmentId id, String key, ShortageForm form, String by) {
    return report(id, key, form, new Reporter(by, true), OptionalInt.empty());
  }

  /** Who misses units. @param counted whether they counted the location, and packed nothing */
  private record Reporter(String by, boolean counted) {}

  private Outcome<Reported> report(FulfillmentId id, String key, ShortageForm form, Reporter by, OptionalInt ifMatch) {
    var shortage = ShortageId.of(id, key);
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, id.order());
      Optional<Stored<Fulfillment>> found = known.stream().filter(it -> it.value().id().equals(id))
          .filter(it -> it.value().isVisible()).findFirst();
      if (found.isEmpty()) {
        return Refused.absent("fulfillment").outcome();
      }
      Stored<Fulfillment> current = found.get();
      List<ShortageReport> before = findAll(id.order());
      Optional<ShortageReport> same = before.stream().filter(it -> it.id().equals(shortage)).findFirst();
      if (same.isPresent()) {
        return repeated(same.get(), form, current);
      }
      if (ifMatch.isPresent() && ifMatch.getAsInt() != current.revision()) {
        return Refused
            .of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(current.revision()))
            .outcome();
      }
      Outcome<Made> decided = current.value().mayBeShort().then(form::of)
          .map(missing -> make(shortage, current.value(), missing, form, by, known, before));
      if (decided instanceof Outcome.Declined<Made>(Refused refused)) {
        return refused.outcome();
      }
      Made made = decided.orElseThrow();
      if (Table.writeAll(dynamo, List.of(fulfillments.replacement(current, made.left),
          fulfillments.insertion(made.waiting), reports.insertion(made.report)))) {
        return Outcome.of(new Reported(made.report,
            new Stored<>(made.left, current.revision() + 1, current.createdAt(), made.report.at()), false));
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  /** What a report writes. */
  private record Made(Fulfillment left, Fulfillment waiting, ShortageReport report) {}

  private Made make(ShortageId id, Fulfillment current, ShortageForm.Units units, ShortageForm form, Reporter by,
      List<Stored<Fulfillment>> known, List<ShortageReport> before) {
    List<LineQuantity> missing = units.lines();
    Fulfillment left = current.without(missing, units.lots());
    var waitsAs = FulfillmentId.of(current.orderId(), known.size() + 1);
    ShortageId previous = before.stream().max(Comparator.comparing(ShortageReport::waitsAs))
        .filter(it -> !it.isPlanned()).map(ShortageReport::id).orElse(null);
    List<SkuQuantity> planned = planned(left, missing, known);
    var report = new ShortageReport(id, current.id(), waitsAs, previous, current.locationId(), missing, left.lines(),
        planned, form.reason(), form.note(), by.by, clock.instant(), List.of(), null, by.counted, units.lots());
    return new Made(left, Fulfillment.missing(waitsAs, missing, current), report);
  }

  private static List<SkuQuantity> planned(Fulfillment left, List<LineQuantity> missing,
      List<Stored<Fulfillment>> known) {
    Set<Sku> skus = missing.stream().map(LineQuantity::sku).collect(Collectors.toSet());
    return LineQuantity.bySku(known.stream().map(it -> it.value().id().equals(left.id()) ? left : it.value())
        .filter(it -> it.holds() && it.status() != Status.SHORT).flatMap(it -> it.lines().stream())
        .filter(it -> skus.contains(it.sku())).toList());
  }

  private static Outcome<Reported> repeated(ShortageReport before, ShortageForm form, Stored<Fulfillment> current) {
    return form.isSameAs(before)
        ? Outcome.of(new Reported(before, current, true))
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key reported another shortage").outcome();
  }

  private List<ShortageReport> findAll(OrderId order) {
    return reports.findAll(order.value(), PREFIX).stream().map(Stored::value).toList();
  }

  /** What was reported under a key and is not planned yet, by whatever fulfillment. */
  List<ShortageReport> pending(String key) {
    List<Key> keys = reports.keys(reported(), MOST_PENDING, null).orElseThrow().data();
    return reports.findAll(keys).stream().map(Stored::value)
        .filter(it -> !it.isPlanned() && it.id().equals(ShortageId.of(it.fulfillmentId(), key))).toList();
  }

  Optional<Stored<ShortageReport>> find(OrderId order, ShortageId id) {
    return reports.find(key(order, id));
  }

  /** The same, with a report that is just being planned. */
  Unfound unfound(ShortageReport more) {
    return Unfound.of(Stream.concat(findAll(more.orderId()).stream().filter(it -> it.isDoubtful(clock.instant())),
        Stream.of(more)).toList());
  }

  /** What packers did not find of an order since yesterday. */
  Unfound unfound(OrderId order) {
    return Unfound.of(findAll(order).stream().filter(it -> it.isDoubtful(clock.instant())).toList());
  }

  /**
   * What packers did not find, where it should lie.
   *
   * @param missing the units that were missing, by location
   * @param doubtful the units that are still counted as free there, and perhaps are not there either
   */
  record Unfound(Map<LocationId, Map<Sku, Integer>> missing, Map<LocationId, Map<Sku, Integer>> doubtful) {
    static final Unfound NOTHING = new Unfound(Map.of(), Map.of());

    private static Unfound of(List<ShortageReport> reports) {
      var unfound = new Unfound(new HashMap<>(), new HashMap<>());
      for (ShortageReport report : reports) {
        LineQuantity.bySku(report.lines()).forEach(it -> unfound.missing
            .computeIfAbsent(report.locationId(), _ -> new HashMap<>()).merge(it.sku(), it.quantity(), Integer::sum));
        report.doubtful().forEach(it -> unfound.doubtful.computeIfAbsent(report.locationId(), _ -> new HashMap<>())
            .merge(it.sku(), it.quantity(), Math::max));
      }
      return unfound;
    }
  }
}
