package waybill.inventory;

import module java.base;
import waybill.messages.*;
import waybill.platform.Outcome;
import waybill.platform.Records;
import waybill.platform.Refused;

/**
 * Goods that are expected at a location, and how much of them has arrived.
 *
 * @param reference what the merchant calls it beside its id, or null
 * @param lines one a SKU, in the order in which they were named
 * @param complete whether nothing more of it is expected, whatever is missing
 * @param tolerancePercent by how much good units may be more than it holds; what is beyond is not for sale before somebody has decided of it. Null if
 *     all that comes is taken
 * @param qualityHold whether somebody must look at all that arrives of it before it is for sale, for example as its supplier is new
 */
record Inbound(InboundId id, Type type, LocationId location, StockPool pool, Instant expectedAt, String reference,
    List<Line> lines, boolean complete, Integer tolerancePercent, boolean qualityHold) implements Arrival<Inbound> {
  /** What fits one transaction, with what is expected of each and its pool's counter. */
  static final int MAX_LINES = 48;

  /** Why goods come. */
  enum Type {
    PURCHASE_ORDER, PRODUCTION, CONSIGNMENT, OTHER
  }

  /** How much of it has arrived. */
  enum Status {
    EXPECTED, PARTIALLY_RECEIVED, RECEIVED
  }

  /**
   * A product of it.
   *
   * @param quantity the units that it holds by the latest word of its sender
   * @param received the units that have arrived, which may be more
   * @param damaged how many of these were broken
   * @param notOrdered how many of these were good, and more than the tolerance allows: they are quarantined
   * @param held how many of these were good, and quarantined for somebody to look at
   * @param rejections what was refused at the dock: it has not arrived, and stays open
   */
  record Line(Sku sku, int quantity, int received, int damaged, int notOrdered, int held,
      List<Rejection> rejections) {

    Line {
      rejections = rejections == null ? List.of() : rejections;
    }

    /** Of which nothing has arrived. */
    Line(Sku sku, int quantity) {
      this(sku, quantity, 0, 0, 0, 0, List.of());
    }

    /** The same of which so many are ordered. */
    private Line of(int ordered) {
      return new Line(sku, ordered, received, damaged, notOrdered, held, rejections);
    }

    int open() {
      return Math.max(0, quantity - received);
    }

    /** How many of so many good units are more than the line takes. */
    private int excess(List<Arrived> more, Integer tolerancePercent) {
      int good = Math.toIntExact(more.stream().mapToLong(Arrived::good).sum());
      if (tolerancePercent == null) {
        return 0;
      }
      long most = quantity * (100L + tolerancePercent) / 100;
      return (int) Math.max(0, good - Math.max(0, most - (received - damaged - notOrdered)));
    }

    private Line receiving(List<Arrived> more, Integer tolerancePercent, boolean hold) {
      int excess = excess(more, tolerancePercent);
      long good = more.stream().mapToLong(Arrived::good).sum();
      return new Line(sku, quantity, Math.toIntExact(received + more.stream().mapToLong(Arrived::taken).sum()),
          Math.toIntExact(damaged + Arrived.damaged(more)), Math.addExact(notOrdered, excess),
          Math.toIntExact(held + (hold ? good - excess : 0)), Rejection.sum(rejections, more));
    }

    /** What moves: of the good units the last ones are beyond the tolerance. */
    private List<Move> moves(Receipt receipt, List<Arrived> more, Integer tolerancePercent) {
      long left = receipt.isHeld(sku)
          ? 0
          : more.stream().mapToLong(Arrived::good).sum() - excess(more, tolerancePercent);
      var moves = new ArrayList<Move>();
      for (Arrived it : more) {
        int forSale = (int) Math.min(it.good(), left);
        moves.addAll(it.moves(receipt, forSale));
        left -= forSale;
      }
      return moves;
    }
  }

  /** Units that were refused at the dock, all of one reason. */
  record Rejection(RejectReason reason, int quantity) {

    private static List<Rejection> sum(List<Rejection> before, List<Arrived> more) {
      var units = new EnumMap<RejectReason, Integer>(RejectReason.class);
      before.forEach(it -> units.merge(it.reason, it.quantity, Math::addExact));
      more.stream().filter(it -> it.rejected() > 0)
          .forEach(it -> units.merge(it.refusal(), it.rejected(), Math::addExact));
      return units.entrySet().stream().map(it -> new Rejection(it.getKey(), it.getValue())).toList();
    }
  }

  Status status() {
    if (expected().isEmpty()) {
      return Status.RECEIVED;
    }
    return lines.stream().anyMatch(it -> it.received > 0) ? Status.PARTIALLY_RECEIVED : Status.EXPECTED;
  }

  @Override
  public String source() {
    return id.value();
  }

  @Override
  public List<Sku> skus() {
    return lines.stream().map(Line::sku).toList();
  }

  @Override
  public Map<Sku, Integer> expected() {
    var expected = new TreeMap<Sku, Integer>();
    lines.stream().filter(it -> !complete && it.open() > 0).forEach(it -> expected.put(it.sku, it.open()));
    return expected;
  }

  /** This, as it was sent, in the place of what there was: what has arrived of that stays. */
  Outcome<Inbound> replacing(Optional<Inbound> current) {
    if (current.isEmpty()) {
      return Outcome.of(this);
    }
    Inbound known = current.get();
    if (!known.location.equals(location)) {
      return Refused.invalid("/location_id", "immutable",
          "an inbound's location never changes; it is " + known.location).outcome();
    }
    var next = new Inbound(id, type, location, pool, expectedAt, reference, merged(known), known.complete,
        tolerancePercent, qualityHold);
    if (next.lines.size() > MAX_LINES) {
      return Refused.invalid("/lines", "too_many",
          "has at most %d products, with those that it had before".formatted(MAX_LINES)).outcome();
    }
    if (next.equals(known) || !known.complete) {
      return Outcome.of(next);
    }
    return Refused.conflict("inbound_complete", "nothing more of it is expected; what comes later is another inbound")
        .outcome();
  }

  /** A line that is sent no more stays, with nothing to come. */
  private List<Line> merged(Inbound known) {
    var merged = new ArrayList<Line>();
    lines.forEach(
        it -> merged.add(known.line(it.sku)
            .map(was -> was.of(it.quantity)).orElse(it)));
    known.lines.stream().filter(it -> lines.stream().noneMatch(line -> line.sku.equals(it.sku)))
        .forEach(it -> merged.add(it.of(0)));
    return List.copyOf(merged);
  }

  /** Of how many products that it does not name something was still to come. */
  private long open(Receipt receipt) {
    Map<Sku, List<Arrived>> named = Arrived.bySku(receipt.items());
    return expected().keySet().stream().filter(it -> !named.containsKey(it)).count();
  }

  private Optional<Line> line(Sku sku) {
    return lines.stream().filter(it -> it.sku.equals(sku)).findFirst();
  }

  /** With what has arrived: also more than was expected, because it is there. Refused if it holds no such product. */
  @Override
  public Outcome<Inbound> receiving(Receipt receipt) {
    Optional<Refused> unexpected = receipt.unexpected(skus(), "inbound");
    if (unexpected.isPresent()) {
      return unexpected.get().outcome();
    }
    if (receipt.complete() && 2 * Arrived.bySku(receipt.items()).size() + open(receipt) > MAX_LINES) {
      return Refused.invalid("/lines", "too_many",
          "a receipt that completes an inbound decides about at most %d products, each that arrived counted twice: first send the others, each receipt without complete"
              .formatted(MAX_LINES))
          .outcome();
    }
    Map<Sku, List<Arrived>> arrived = Arrived.bySku(receipt.items());
    List<Line> next = lines.stream()
        .map(it -> it.receiving(arrived.getOrDefault(it.sku, List.of()), tolerancePercent, receipt.isHeld(it.sku)))
        .toList();
    return Outcome.of(new Inbound(id, type, location, pool, expectedAt, reference, next,
        complete || receipt.complete(), tolerancePercent, qualityHold));
  }

  @Override
  public List<Move> arriving(Receipt receipt) {
    Map<Sku, List<Arrived>> arrived = Arrived.bySku(receipt.items());
    return lines.stream().filter(it -> arrived.containsKey(it.sku))
        .flatMap(it -> it.moves(receipt, arrived.get(it.sku), tolerancePercent).stream()).toList();
  }

  @Override
  public LedgerEntry.Cause cause(Receipt receipt, Sku sku) {
    return receipt
        .cause(receipt.isHeld(sku) ? LedgerEntry.Reason.QUALITY_HOLD : LedgerEntry.Reason.RECEIVED);
  }

  /** As the API shows it, with what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("type", Records.toTree(type));
    tree.put("location_id", location.value());
    tree.put("expected_at", Records.toTree(expectedAt));
    tree.put("reference", reference);
    tree.put("status", Records.toTree(status()));
    tree.put("complete", complete);
    tree.put("tolerance_percent", tolerancePercent);
    tree.put("quality_hold", qualityHold);
    tree.put("lines", lines.stream().map(Records::toObject).toList());
    return tree;
  }
}
