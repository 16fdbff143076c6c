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
 */
record Inbound(InboundId id, Type type, LocationId location, StockPool pool, Instant expectedAt, String reference,
    List<Line> lines, boolean complete) {
  /** What fits one transaction, with what is expected of each, its two counters and its entry of the ledger. */
  static final int MAX_LINES = 24;

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
   */
  record Line(Sku sku, int quantity, int received) {

    int open() {
      return Math.max(0, quantity - received);
    }
  }

  Status status() {
    if (expected().isEmpty()) {
      return Status.RECEIVED;
    }
    return lines.stream().anyMatch(it -> it.received > 0) ? Status.PARTIALLY_RECEIVED : Status.EXPECTED;
  }

  /** The units that are still to come, per SKU. */
  Map<Sku, Integer> expected() {
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
    var next = new Inbound(id, type, location, pool, expectedAt, reference, merged(known), known.complete);
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
    lines.forEach(it -> merged.add(new Line(it.sku, it.quantity, known.received(it.sku))));
    known.lines.stream().filter(it -> lines.stream().noneMatch(line -> line.sku.equals(it.sku)))
        .forEach(it -> merged.add(new Line(it.sku, 0, it.received)));
    return List.copyOf(merged);
  }

  private int received(Sku sku) {
    return lines.stream().filter(it -> it.sku.equals(sku)).mapToInt(Line::received).findFirst().orElse(0);
  }

  /** With what has arrived: also more than was expected, because it is there. Refused if it holds no such product. */
  Outcome<Inbound> receiving(Receipt receipt) {
    for (int i = 0; i < receipt.items().size(); i++) {
      Sku sku = receipt.items().get(i).sku();
      if (lines.stream().noneMatch(it -> it.sku.equals(sku))) {
        return Refused.invalid("/lines/%d/sku".formatted(i), "not_expected", "is no product of this inbound").outcome();
      }
    }
    Map<Sku, Integer> arrived = receipt.items().stream()
        .collect(Collectors.toMap(SkuQuantity::sku, SkuQuantity::quantity));
    List<Line> next = lines.stream()
        .map(it -> new Line(it.sku, it.quantity, Math.addExact(it.received, arrived.getOrDefault(it.sku, 0)))).toList();
    return Outcome.of(new Inbound(id, type, location, pool, expectedAt, reference, next,
        complete || receipt.complete()));
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
    tree.put("lines", lines.stream().map(Records::toObject).toList());
    return tree;
  }
}
