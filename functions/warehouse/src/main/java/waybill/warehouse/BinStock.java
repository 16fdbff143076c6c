package waybill.warehouse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.inventory.KnownLots;
import waybill.inventory.StockReader;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.TimeKey;

/**
 * What lies in bins, and its moves. A move writes its record, what it takes and brings, what the bins amount to and an entry in the ledger of each bin
 * in one transaction, on the condition that nothing of it has changed and that there is no such move yet: however often it is asked for, units are
 * moved once.
 */
public final class BinStock {
  private static final int PAGE = 100;

  private final Table<Bin> bins;
  private final Table<BinContent> contents;
  private final Table<BinLoad> loads;
  private final Table<BinMove> moves;
  private final Table<BinEntry> entries;
  private final Table<Placed> placed;
  private final Table<Replenishment> replenishments;
  private final Catalog catalog;
  private final StockReader stock;
  private final KnownLots lots;
  private final DynamoDbClient dynamo;

  public BinStock(Ports ports) {
    this.bins = WarehouseTable.bins(ports);
    this.contents = WarehouseTable.contents(ports);
    this.loads = WarehouseTable.loads(ports);
    this.moves = WarehouseTable.moves(ports);
    this.entries = WarehouseTable.entries(ports);
    this.placed = WarehouseTable.placed(ports);
    this.replenishments = WarehouseTable.replenishments(ports);
    this.catalog = new Catalog(ports);
    this.stock = new StockReader(ports);
    this.lots = new KnownLots(ports);
    this.dynamo = ports.dynamo();
  }

  public Optional<Stored<Bin>> bin(LocationId location, BinId bin) {
    return bins.find(WarehouseTable.key(location, bin));
  }

  /** All bins of a location, by their names. */
  public List<Bin> bins(LocationId location) {
    return bins.findAll(WarehouseTable.bins(location), "").stream().map(Stored::value).toList();
  }

  /** What is proposed to come into a pick face; empty if nothing is. */
  Optional<Replenishment> replenishment(LocationId location, BinId bin) {
    return replenishments.find(WarehouseTable.replenishment(location, bin)).map(Stored::value);
  }

  /** What lies in a bin, read consistently. */
  public List<Stored<BinContent>> contents(LocationId location, BinId bin) {
    return contents.findAll(WarehouseTable.contents(location, bin), WarehouseTable.CONTENT);
  }

  public Optional<Stored<BinContent>> content(LocationId location, BinId bin, Sku sku, LotNumber lot) {
    return contents.find(WarehouseTable.key(location, bin, sku, lot));
  }

  /** Where in a location a product lies; a bin that got its first units a moment ago may be missing. */
  public List<Stored<BinContent>> lying(LocationId location, Sku sku) {
    var lying = new ArrayList<Stored<BinContent>>();
    String cursor = null;
    do {
      Page<Table.Key> page = contents.keys(WarehouseTable.lying(location, sku), PAGE, cursor).orElseThrow();
      lying.addAll(contents.findAll(page.data()));
      cursor = page.nextCursor();
    } while (cursor != null);
    return lying;
  }

  /** How many units of a product lie at a location and in none of its bins. */
  public long unplaced(LocationId location, Sku sku, LotNumber lot) {
    return stock.lying(sku, location, lot) - placed.find(WarehouseTable.placed(location, sku, lot))
        .map(it -> it.value().units()).orElse(0);
  }

  /** How many of the units at the dock go to no shelf: orders wait for them, and no bin has them. */
  long crossDock(LocationId location, Sku sku, LotNumber lot) {
    long inBins = placed.find(WarehouseTable.placed(location, sku, lot)).map(it -> it.value().units()).orElse(0);
    return Putaway.crossDock(stock.lying(sku, location, lot) - inBins, inBins, stock.allocated(sku, location, lot));
  }

  /** How many units of a location are not for sale; which ones they are, people see. */
  long kept(LocationId location, Sku sku, LotNumber lot) {
    return stock.kept(sku, location, lot);
  }

  ExpiryDate expiresOn(Sku sku, LotNumber lot) {
    return lot == null ? null : lots.expiresOn(sku, lot).orElse(null);
  }

  BinLoad load(LocationId location, BinId bin) {
    return loads.find(WarehouseTable.load(location, bin)).map(Stored::value).orElse(BinLoad.none(location, bin));
  }

  /** What the bins amount to that anything was ever in. */
  Map<BinId, BinLoad> loads(LocationId location, List<BinId> bins) {
    return loads.findAll(bins.stream().map(it -> WarehouseTable.load(location, it)).toList()).stream()
        .map(Stored::value).collect(Collectors.toMap(BinLoad::bin, it -> it));
  }

  /** So many more of what lies in a bin are held, as a part of a transaction; a negative number holds fewer. */
  public TransactWriteItem holding(Stored<BinContent> content, int units) {
    return contents.replacement(content, content.value().holding(units));
  }

  /** What becomes of the promises of a content, as a part of a transaction. */
  public TransactWriteItem changed(Stored<BinContent> content, BinContent after) {
    return contents.replacement(content, after);
  }

  /** What a count that is over lets go: whatever was in doubt until then. */
  List<TransactWriteItem> counted(Count count) {
    return contents(count.locationId(), count.bin()).stream()
        .filter(it -> it.value().doubt() != null && it.value().doubt().count().equals(count.id()))
        .map(it -> contents.replacement(it, it.value().counted())).toList();
  }

  public Optional<BinMove> find(BinMoveId id) {
    return moves.find(WarehouseTable.key(id)).map(Stored::value);
  }

  /** @param now whether it was made just now; else it had been made before */
  public record Made(BinMove move, boolean now) {}

  /**
   * Moves units once.
   *
   * @throws Table.Contended if others were faster, again and again
   */
  public Outcome<Made> move(BinMove asked) {
    var backoff = new Backoff();
    do {
      Optional<BinMove> known = find(asked.id());
      if (known.isPresent()) {
        return known.get().isSameAs(asked)
            ? Outcome.of(new Made(known.get(), false))
            : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                "this Idempotency-Key was sent with another move; a new move needs a new key")
                .about("move_id", known.get().id()).outcome();
      }
      Outcome<List<TransactWriteItem>> writes = writes(asked);
      if (writes instanceof Outcome.Declined<List<TransactWriteItem>>(Refused refused)) {
        return refused.outcome();
      }
      if (Table.writeAll(dynamo, writes.orElseThrow())) {
        return Outcome.of(new Made(asked, true));
      }
    } while (backoff.again());
    throw new Table.Contended("bins");
  }

  /**
   * What writes a move, for a transaction that writes more; refused if the bins do not allow it as they are now. If the transaction is not written,
   * somebody was faster, or the move was made before.
   */
  public Outcome<List<TransactWriteItem>> writes(BinMove move) {
    var parts = new Parts(move);
    Optional<Refused> refused = parts.refusal();
    return refused.isPresent() ? refused.get().outcome() : Outcome.of(parts.writes);
  }

  /** The entries of a bin after a time. */
  List<BinEntry> entriesSince(LocationId location, BinId bin, Instant after) {
    String partition = BinEntry.partition(location, bin);
    String from = TimeKey.of(after.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
    var found = new ArrayList<BinEntry>();
    List<Stored<BinEntry>> page = entries.between(partition, from, "~", true, PAGE);
    while (!page.isEmpty()) {
      page.forEach(it -> found.add(it.value()));
      page = page.size() < PAGE ? List.of() : entries.after(found.getLast().key(), PAGE);
    }
    return found;
  }

  /** Collects the writes of one move, or why it is refused. */
  private final class Parts {
    private final BinMove move;
    private final Map<Sku, Product> products;
    private final List<TransactWriteItem> writes = new ArrayList<>();
    /** What of the move was proposed, and is held for it where it lies. */
    private final Set<BinMove.Line> proposed = new HashSet<>();

    Parts(BinMove move) {
      this.move = move;
      this.products = catalog.products(move.lines().stream().map(BinMove.Line::sku).toList());
    }

    Optional<Refused> refusal() {
      if (new HashSet<>(move.lines().stream().map(it -> List.of(it.sku(), Optional.ofNullable(it.lot()))).toList())
          .size() < move.lines().size()) {
        throw new IllegalArgumentException("a product and lot is on one line");
      }
      if (move.lines().stream().anyMatch(it -> !products.containsKey(it.sku()))) {
        return Optional.of(Refused.invalid("/sku", "unknown_product", "there is no such product"));
      }
      writes.add(moves.insertion(move));
      return replenish().or(() -> leave(move.from())).or(() -> arrive(move.to())).or(this::pass);
    }

    /** What was proposed for a pick face is proposed no more. */
    private Optional<Refused> replenish() {
      if (move.reason() != BinMove.Reason.REPLENISHED || move.from() == null || move.to() == null) {
        return Optional.empty();
      }
      Optional<Stored<Replenishment>> stored = replenishments
          .find(WarehouseTable.replenishment(move.locationId(), move.to()));
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      Replenishment left = stored.get().value();
      for (BinMove.Line line : move.lines()) {
        Optional<Replenishment.Line> asked = left.line(move.from(), line.sku(), line.lot());
        if (asked.isPresent() && asked.get().quantity() < line.quantity()) {
          return Optional.of(Refused.conflict("more_than_proposed",
              "%d units of %s are proposed: move the others for another reason".formatted(asked.get().quantity(),
                  line.sku()))
              .about("proposed", asked.get().quantity()));
        }
        if (asked.isPresent()) {
          left = left.moved(asked.get(), line.quantity());
          proposed.add(line);
        }
      }
      if (!proposed.isEmpty()) {
        writes.add(left.lines().isEmpty()
            ? replenishments.removal(stored.get())
            : replenishments.replacement(stored.get(), left));
      }
      return Optional.empty();
    }

    private boolean isHeld(BinMove.Line line) {
      return move.held() || proposed.contains(line);
    }

    private Optional<Refused> leave(BinId bin) {
      if (bin == null) {
        return Optional.empty();
      }
      Optional<Refused> closed = open(bin, "from");
      if (closed.isPresent()) {
        return closed;
      }
      for (BinMove.Line line : move.lines()) {
        Optional<Stored<BinContent>> content = content(move.locationId(), bin, line.sku(), line.lot());
        int there = content.map(it -> takeable(it.value(), line)).orElse(0);
        if (there < line.quantity()) {
          return Optional.of(Refused.conflict("insufficient_stock",
              "bin %s has %d units of %s that can be taken".formatted(bin, there, line.sku())).about("available",
                  there));
        }
        BinContent left = switch (move.reason()) {
          case COUNTED -> content.get().value().lacking(line.quantity());
          case MISSING -> content.get().value().missing(line.quantity());
          default -> content.get().value().without(line.quantity(), isHeld(line));
        };
        writes.add(left.quantity() == 0
            ? contents.removal(content.get())
            : contents.replacement(content.get(), left));
      }
      enter(bin, false);
      return Optional.empty();
    }

    /** What was counted as missing is not there, whoever it is held for; what a picker misses is, until its bin is counted. */
    private int takeable(BinContent content, BinMove.Line line) {
      return switch (move.reason()) {
        case COUNTED -> content.quantity();
        case MISSING -> content.inDoubt();
        default -> isHeld(line) ? content.held() : content.free();
      };
    }

    private Optional<Refused> arrive(BinId bin) {
      if (bin == null) {
        return Optional.empty();
      }
      Optional<Refused> closed = open(bin, "to");
      if (closed.isPresent()) {
        return closed;
      }
      for (BinMove.Line line : move.lines()) {
        Optional<Stored<BinContent>> content = content(move.locationId(), bin, line.sku(), line.lot());
        writes.add(content.map(it -> contents.replacement(it, it.value().with(line.quantity())))
            .orElseGet(() -> contents.insertion(new BinContent(move.locationId(), bin, line.sku(), line.lot(),
                line.expiresOn(), line.quantity(), 0, null))));
      }
      Bin limits = bin(move.locationId(), bin).orElseThrow().value();
      BinLoad load = enter(bin, true);
      return move.reason() == BinMove.Reason.COUNTED
          ? Optional.empty() // what was counted is there
          : tooHigh(limits).or(() -> load.excess(limits));
    }

    private Optional<Refused> tooHigh(Bin limits) {
      int highest = move.heightMm() != null
          ? move.heightMm()
          : products.values().stream().mapToInt(Product::heightMm).max().orElse(0);
      return limits.maximumHeightMm() != null && highest > limits.maximumHeightMm()
          ? Optional.of(Refused.conflict("too_high", "%d mm are more than bin %s has: %d mm".formatted(highest,
              limits.bin(), limits.maximumHeightMm())).about("maximum", limits.maximumHeightMm()))
          : Optional.empty();
    }

    /** A locked bin is counted all the same. */
    private Optional<Refused> open(BinId bin, String field) {
      Optional<Stored<Bin>> stored = bin(move.locationId(), bin);
      if (stored.isEmpty()) {
        return Optional.of(Refused.invalid("/" + field, "unknown_bin", "the location has no such bin"));
      }
      if (stored.get().value().locked() && move.reason() != BinMove.Reason.COUNTED) {
        return Optional.of(Refused.conflict("bin_locked", "bin %s is locked: nothing goes in or out".formatted(bin)));
      }
      writes.add(bins.unchanged(stored.get()));
      return Optional.empty();
    }

    private BinLoad enter(BinId bin, boolean incoming) {
      Optional<Stored<BinLoad>> before = loads.find(WarehouseTable.load(move.locationId(), bin));
      BinLoad load = before.map(Stored::value).orElse(BinLoad.none(move.locationId(), bin)).entered();
      for (BinMove.Line line : move.lines()) {
        load = load.with(products.get(line.sku()), incoming ? line.quantity() : -line.quantity());
      }
      BinLoad after = load;
      writes.add(before.map(it -> loads.replacement(it, after)).orElseGet(() -> loads.insertion(after)));
      writes.add(entries.insertion(new BinEntry(move.locationId(), bin, load.entries(), move.id(), incoming,
          move.lines(), move.reason(), move.at())));
      return load;
    }

    /** Between the bins and the dock. */
    private Optional<Refused> pass() {
      if (move.from() != null && move.to() != null) {
        return Optional.empty();
      }
      for (BinMove.Line line : move.lines()) {
        Optional<Stored<Placed>> before = placed
            .find(WarehouseTable.placed(move.locationId(), line.sku(), line.lot()));
        int known = before.map(it -> it.value().units()).orElse(0);
        long dock = stock.lying(line.sku(), move.locationId(), line.lot()) - known;
        if (move.from() == null && dock < line.quantity() && move.reason() != BinMove.Reason.COUNTED) {
          return Optional.of(Refused.conflict("insufficient_stock",
              "%d units of %s are at the location and in none of its bins".formatted(Math.max(0, dock), line.sku()))
              .about("available", Math.max(0, dock)));
        }
        var after = new Placed(move.locationId(), line.sku(), line.lot(),
            Math.addExact(known, move.from() == null ? line.quantity() : -line.quantity()));
        writes.add(before.map(it -> placed.replacement(it, after)).orElseGet(() -> placed.insertion(after)));
      }
      return Optional.empty();
    }
  }
}
