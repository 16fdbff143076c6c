package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.orders.OrderForm.Line;
import waybill.orders.Refunding.Granted;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * Adds, removes and changes lines of an order, as one change with one difference of the price. A line keeps the price that was agreed,
 * whatever its quantity. What takes units out or moves no stock is made at once; what adds units that ship waits until all of them are
 * promised, and fails as a whole if they are not. What is added is due: it is shipped once that is paid.
 *
 * @param before what was done to the order before
 * @param products those of the SKUs that are added, as far as there are such, and the components of those that are kits
 * @param id of this change: refunds are named by it
 */
record ChangingLines(OrderLines lines, OrderState state, List<OrderCommand> before, Map<Sku, Product> products,
    String id, Instant now) {

  /** What is to become of one line. */
  sealed interface Edit {}

  /** A line of the order is to have so many units. */
  record Quantity(LineId lineId, int quantity) implements Edit {}

  /** A line is added. */
  record Addition(Line line) implements Edit {}

  record Form(List<Edit> lines, String note) {}

  /**
   * A line as the change leaves it.
   *
   * @param before how many units it had
   * @param now how many it has
   * @param packed how many units a warehouse packs for each; 0 if it does not ship
   * @param quantities its own, and of a kit also its components'
   */
  private record Changed(LineId id, int before, int now, int packed, List<LineQuantity> quantities, Kit kit,
      long amount, long taxes) {

    private Adjustment.Line taken() {
      return new Adjustment.Line(id, before - now, -amount, -taxes);
    }

    private int shipped() {
      return (now - before) * packed;
    }
  }

  Outcome<Granted> change(Form form) {
    List<Changed> changed = new ArrayList<>();
    List<Violation> errors = check(form, changed);
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    boolean adds = changed.stream().anyMatch(it -> it.shipped() > 0);
    boolean raises = changed.stream().anyMatch(it -> it.now > it.before);
    return refusal(raises, adds).<Outcome<Granted>>map(Refused::outcome).findFirst()
        .orElseGet(() -> Outcome.of(decided(form, changed, adds)));
  }

  /** @param raises whether some line has more units than before. @param adds whether more units ship */
  private Stream<Refused> refusal(boolean raises, boolean adds) {
    if (state.isCancelled()) {
      return Stream.of(Refused.conflict("order_cancelled", "it is cancelled, and its lines stay as they are"));
    }
    if (state.changes().open() != null) {
      return Stream.of(Refused.conflict("change_pending",
          "another change of its lines still waits for stock: retry later"));
    }
    if (raises && state.phase() == OrderPhase.DISPATCHED) {
      return Stream.of(Refused.conflict("dispatch_closed", "all of it has left: place another order"));
    }
    if (!adds) {
      return Stream.empty();
    }
    return switch (state.stock().status()) {
      case RESERVED -> Stream.empty();
      case NOT_REQUIRED -> Stream.of(Refused.conflict("nothing_ships", "nothing of it ships: place another order"));
      case BACKORDERED, PARTIALLY_RESERVED ->
        Stream.of(Refused.conflict("stock_pending", "units of it are not there yet: place another order"));
      case PENDING, REFUSED, RELEASED ->
        Stream.of(Refused.conflict("stock_pending", "its own stock is not promised yet: retry later"));
    };
  }

  /** @param changed hears what becomes of each line */
  private List<Violation> check(Form form, List<Changed> changed) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < form.lines.size(); i++) {
      String pointer = "/lines/" + i;
      switch (form.lines.get(i)) {
        case Quantity it -> check(it, pointer, form.lines.subList(0, i), errors, changed);
        case Addition(Line it) -> check(it, pointer, errors, changed);
      }
    }
    if (lines.content().packedLines() + Placing.packedLines(additions(form), products) > FormReader.MAX_LINES) {
      errors.add(new Violation("/lines", "too_many",
          "an order has at most %d lines, those of which nothing is left included, and each component of a kit is one"
              .formatted(FormReader.MAX_LINES)));
    }
    if (errors.isEmpty() && left(changed) == 0) {
      errors.add(new Violation("/lines", "nothing_left", "nothing would be left: cancel the order"));
    }
    return errors;
  }

  private static List<Line> additions(Form form) {
    return form.lines.stream().filter(Addition.class::isInstance).map(it -> ((Addition) it).line()).toList();
  }

  private long left(List<Changed> changed) {
    long placed = IntStream.range(0, lines.size()).mapToLong(it -> lines.quantity(OrderContent.lineId(it))).sum();
    return placed + changed.stream().mapToLong(it -> it.now - it.before).sum();
  }

  private void check(Quantity edit, String pointer, List<Edit> others, List<Violation> errors, List<Changed> changed) {
    LineId line = edit.lineId;
    if (!lines.knows(line)) {
      errors.add(new Violation(pointer + "/line_id", "unknown", "the order has no such line"));
      return;
    }
    int before = lines.quantity(line);
    if (others.stream().anyMatch(it -> it instanceof Quantity other && other.lineId.equals(line))) {
      errors.add(new Violation(pointer + "/line_id", "repeated", "the line is named twice"));
    } else if (edit.quantity == before) {
      errors.add(new Violation(pointer + "/quantity", "unchanged", "is %d already".formatted(before)));
    } else if (edit.quantity > before && lines.content().granted().contains(line)) {
      errors.add(new Violation(pointer + "/quantity", "digital", "is a link or a key: place another order"));
    } else {
      new OpenUnits(lines, state, this.before).check(line, before - edit.quantity, pointer + "/quantity")
          .ifPresent(errors::add);
      Placing.checkUnits(errors, pointer + "/quantity", lines.packedUnits(line, 1), edit.quantity);
      changed.add(new Changed(line, before, edit.quantity, lines.ships(line) ? lines.packedUnits(line, 1) : 0,
          lines.changed(line, edit.quantity), null, lines.worth(line, edit.quantity) - lines.worth(line, before),
          lines.taxes(line, edit.quantity) - lines.taxes(line, before)));
    }
  }

  private void check(Line line, String pointer, List<Violation> errors, List<Changed> changed) {
    OrderForm order = lines.content().form();
    Product product = products.get(line.sku());
    if (product == null) {
      errors.add(new Violation(pointer + "/sku", "unknown", "there is no such product"));
    } else if (product.digital() != null) {
      errors.add(new Violation(pointer + "/sku", "digital", "is a link or a key: place another order"));
    } else if (product.requiresShipping() && order.shippingAddress() == null) {
      errors.add(new Violation(pointer + "/sku", "not_shippable", "the order has no address to ship to"));
    } else {
      Placing.checkKit(errors, pointer, line, product, products);
    }
    Placing.checkSum(errors, pointer, line, order.taxesIncluded());
    if (order.taxesIncluded()) {
      Placing.checkTaxes(errors, pointer, line.taxes(), line.total());
    }
    boolean ships = product != null && product.requiresShipping();
    int place = lines.size() + (int) changed.stream().filter(it -> !lines.knows(it.id)).count();
    LineId id = OrderContent.lineId(place);
    Kit kit = errors.isEmpty() && product.isKit() ? Kit.of(id, product, products) : null;
    var quantities = new ArrayList<>(List.of(new LineQuantity(id, line.sku(), line.quantity())));
    if (kit != null) {
      quantities.addAll(kit.packedOutOf(line.quantity()));
    }
    int packed = kit != null ? kit.unitsPerKit() : ships ? 1 : 0;
    changed.add(new Changed(id, 0, line.quantity(), packed, quantities, kit, line.total(),
        Shares.taxes(line.taxes())));
  }

  private Granted decided(Form form, List<Changed> changed, boolean adds) {
    long difference = changed.stream().mapToLong(Changed::amount).sum();
    int units = changed.stream().mapToInt(Changed::shipped).sum();
    boolean reduces = changed.stream().anyMatch(it -> it.now < it.before);
    List<LineQuantity> quantities = changed.stream().flatMap(it -> it.quantities.stream()).toList();
    int number = state.changes().number() + 1;
    OrderState after = adds
        ? state.with(state.changes()
            .opened(new OrderChanges.Open(number, id, quantities, reduces, units, difference)))
        : PriceChange.applied(state, quantities, reduces, difference, units, id, now);
    return new Granted(after.unsent(now), new Adjustment(Adjustment.Kind.EDIT,
        changed.stream().map(Changed::taken).toList(), 0, -difference,
        -changed.stream().mapToLong(Changed::taxes).sum(), null, form.note, false, List.of(), number,
        added(form, changed)));
  }

  private List<Adjustment.Added> added(Form form, List<Changed> changed) {
    List<Changed> more = changed.stream().filter(it -> !lines.knows(it.id)).toList();
    List<Line> sold = additions(form);
    return IntStream.range(0, more.size())
        .mapToObj(it -> new Adjustment.Added(more.get(it).id, sold.get(it), more.get(it).packed > 0, more.get(it).kit))
        .toList();
  }
}
