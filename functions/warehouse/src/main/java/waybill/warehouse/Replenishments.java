package waybill.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Sweep;
import waybill.platform.Table;
import waybill.warehouse.Replenishment.Line;

/**
 * Proposes what pick faces lack, and holds it in the reserve until a move with the reason {@code replenished} brings it. What nobody brings for
 * {@link #PATIENCE} is free again, and proposed anew by the next release of waves.
 */
public final class Replenishments {
  /** How long units are held that nobody moves. */
  static final Duration PATIENCE = Duration.ofHours(4);
  /** What one release proposes, the emptiest faces first; others follow with the next. */
  private static final int MOST_FACES = 100;
  /** What one transaction holds beside the proposal. */
  private static final int MOST_LINES = 20;
  private static final int MOST_STALE = 1_000;

  private final DynamoDbClient dynamo;
  private final Table<Replenishment> table;
  private final BinStock stock;
  private final Catalog catalog;
  private final InstantSource clock;

  public Replenishments(Ports ports) {
    this.dynamo = ports.dynamo();
    this.table = WarehouseTable.replenishments(ports);
    this.stock = new BinStock(ports);
    this.catalog = new Catalog(ports);
    this.clock = ports.clock();
  }

  /**
   * What is proposed for the pick faces of a location.
   *
   * @param all also what was proposed before
   * @param planned what of it is not held; all that is new if nothing is to be written
   */
  public record Proposed(List<Replenishment> all, List<Replenishment> planned) {}

  /** Proposes what pick faces lack; with {@code dryRun} nothing is held. @param bins all of the location */
  public Proposed propose(LocationId location, List<Bin> bins, boolean dryRun) {
    List<Bin> faces = bins.stream().filter(it -> it.pickFace() != null && !it.locked()).toList();
    if (faces.isEmpty()) {
      return new Proposed(List.of(), List.of());
    }
    var open = new ArrayList<>(
        table.findAll(WarehouseTable.replenishments(location), "").stream().map(Stored::value).toList());
    Set<BinId> proposed = open.stream().map(Replenishment::bin).collect(Collectors.toSet());
    var planning = new Planning(location, bins, faces.stream().filter(it -> !proposed.contains(it.bin())).toList());
    var planned = new ArrayList<Replenishment>();
    for (Replenishment it : planning.proposals()) {
      if (dryRun || write(it)) {
        (dryRun ? planned : open).add(it);
      }
    }
    open.addAll(planned);
    return new Proposed(open, planned);
  }

  /** @return false if somebody else proposed for the face, or the units are not free any more */
  private boolean write(Replenishment it) {
    var writes = new ArrayList<TransactWriteItem>(List.of(table.insertion(it)));
    for (Line line : it.lines()) {
      Optional<Stored<BinContent>> content = stock.content(it.locationId(), line.from(), it.sku(), line.lot());
      if (content.isEmpty() || content.get().value().free() < line.quantity()) {
        return false;
      }
      writes.add(stock.holding(content.get(), line.quantity()));
    }
    return Table.writeAll(dynamo, writes);
  }

  /** What nobody has brought is free again. */
  public void forgetStale(Log log) {
    Instant stale = clock.instant().minus(PATIENCE);
    Sweep.each(table, table.keys(WarehouseTable.REPLENISHMENTS, MOST_STALE, null).orElseThrow().data().stream(), log,
        it -> {
          if (!it.value().at().isAfter(stale)) {
            forget(it);
            log.info("Replenishment forgotten", "location", it.value().locationId(), "bin", it.value().bin(), "units",
                it.value().units());
          }
        });
  }

  private void forget(Stored<Replenishment> stored) {
    Replenishment it = stored.value();
    var writes = new ArrayList<TransactWriteItem>(List.of(table.removal(stored)));
    for (Line line : it.lines()) {
      stock.content(it.locationId(), line.from(), it.sku(), line.lot()).ifPresent(content -> {
        // A count may have found fewer; what is in doubt belongs to a count.
        int held = Math.min(line.quantity(), content.value().held() - content.value().inDoubt());
        if (held > 0) {
          writes.add(stock.holding(content, -held));
        }
      });
    }
    if (!Table.writeAll(dynamo, writes)) {
      throw new Table.Contended("replenishment " + it.bin());
    }
  }

  /** What faces lack, each from what the others leave. */
  private final class Planning {
    private final LocationId location;
    private final List<Bin> faces;
    private final Map<BinId, Bin> reserve;
    private final Map<Sku, Product> products;
    private final Map<BinId, BinLoad> loads;
    private final LocalDate today;
    private final Map<Sku, List<BinContent>> lying = new HashMap<>();

    /** A pick face, and what of its product is in it. @param free what orders may still be picked of */
    private record Standing(Bin bin, int free, int there) {}

    Planning(LocationId location, List<Bin> bins, List<Bin> faces) {
      this.location = location;
      this.faces = faces;
      this.reserve = bins.stream().filter(it -> it.purpose() == Bin.Purpose.BULK && !it.locked())
          .collect(Collectors.toMap(Bin::bin, it -> it));
      this.products = catalog.products(faces.stream().map(it -> it.pickFace().sku()).distinct().toList());
      this.loads = stock.loads(location, faces.stream().map(Bin::bin).toList());
      this.today = LocalDate.ofInstant(clock.instant(),
          ZoneId.of(catalog.location(location).orElseThrow().timeZone()));
    }

    List<Replenishment> proposals() {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      var proposals = new ArrayList<Replenishment>();
      faces.stream().filter(it -> products.containsKey(it.pickFace().sku())).map(this::standing)
          .filter(it -> it.free <= it.bin.pickFace().minimum())
          .sorted(Comparator.comparing(Standing::free).thenComparing(it -> it.bin.bin())).limit(MOST_FACES)
          .forEach(it -> {
            Sku sku = it.bin.pickFace().sku();
            List<Line> lines = lines(it).stream().limit(MOST_LINES).toList();
            if (!lines.isEmpty()) {
              lines.forEach(line -> hold(sku, line));
              proposals.add(new Replenishment(location, it.bin.bin(), sku, lines, now));
            }
          });
      return proposals;
    }

    private Standing standing(Bin face) {
      List<BinContent> there = stock.contents(location, face.bin()).stream().map(Stored::value)
          .filter(it -> it.sku().equals(face.pickFace().sku())).toList();
      return new Standing(face, there.stream().filter(this::isGood).mapToInt(BinContent::free).sum(),
          there.stream().mapToInt(BinContent::quantity).sum());
    }

    private List<Line> lines(Standing it) {
      Product product = products.get(it.bin.pickFace().sku());
      int room = loads.getOrDefault(it.bin.bin(), BinLoad.none(location, it.bin.bin())).room(it.bin, product,
          it.bin.pickFace().maximum());
      return FaceFill.of(it.bin.pickFace(), it.free, it.there, room, product.caseUnits(),
          lying.computeIfAbsent(product.sku(), this::inReserve), reserve);
    }

    private List<BinContent> inReserve(Sku sku) {
      return new ArrayList<>(stock.lying(location, sku).stream().map(Stored::value)
          .filter(it -> reserve.containsKey(it.bin()) && isGood(it)).toList());
    }

    /** What is too old to be sold is no stock of a face, and would come first, as it expires first. */
    private boolean isGood(BinContent it) {
      return it.expiresOn() == null
          || !today.plusDays(products.get(it.sku()).minimumLifeDays()).isAfter(it.expiresOn().day());
    }

    private void hold(Sku sku, Line line) {
      lying.get(sku).replaceAll(it -> it.bin().equals(line.from()) && java.util.Objects.equals(it.lot(), line.lot())
          ? it.holding(line.quantity())
          : it);
    }
  }
}
