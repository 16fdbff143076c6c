package waybill.orders;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.Line;
import waybill.orders.OrderForm.Tax;

/**
 * An order's lines as its changes have left them: those that were placed, which stay written as they were, then those that were
 * added. A line keeps the price that was agreed: of its n units, k are worth k/n of its total, rounded, with its share of every
 * discount and tax.
 *
 * @param content what was placed, and the added lines as they were added
 * @param placed how many lines were placed
 * @param dropped the units of kits' components that were cancelled alone
 */
record OrderLines(OrderContent content, int placed, OrderChanges changes, List<Adjustment.Line> dropped) {

  /** @param commands what was done to the order; none are needed if nothing was added */
  static OrderLines of(OrderContent placed, OrderChanges changes, List<OrderCommand> commands) {
    List<Adjustment> done = commands.stream().map(OrderCommand::adjustment).filter(Objects::nonNull).toList();
    List<Adjustment.Added> added = done.stream()
        .flatMap(it -> it.added().stream()).sorted(Comparator.comparing(it -> place(it.id()))).toList();
    return new OrderLines(added.isEmpty() ? placed : placed.with(added), placed.form().lines().size(), changes,
        done.stream().filter(it -> it.type().isOfLines()).flatMap(it -> it.lines().stream())
            .filter(it -> it.lineId().isComponent()).toList());
  }

  private static int place(LineId id) {
    return Integer.parseInt(id.value().substring(id.value().indexOf('_') + 1));
  }

  int size() {
    return content.form().lines().size();
  }

  /** The line as it was placed or added. */
  Line agreed(LineId id) {
    return content.form().lines().get(content.place(id));
  }

  boolean knows(LineId id) {
    return content.place(id) >= 0;
  }

  boolean isKit(LineId id) {
    return content.kit(id).isPresent();
  }

  boolean ships(LineId id) {
    return !content.digital().contains(id);
  }

  /** How many units of a line, or of a kit's component, are wanted. What was added counts once its change is made. */
  int quantity(LineId id) {
    return changes.quantity(id).orElseGet(() -> id.isComponent()
        ? quantity(id.ordered()) * content.component(id).orElseThrow().quantity()
        : content.place(id) < placed ? agreed(id).quantity() : 0);
  }

  /** How many units a warehouse packs for so many of a line. */
  int packedUnits(LineId id, int quantity) {
    return quantity * content.kit(id).map(Kit::unitsPerKit).orElse(1);
  }

  /** What a kit is packed out of now; empty if the line orders none. */
  Optional<Kit> kit(LineId id) {
    return content.kit(id).map(it -> it.having(quantity(id), this::quantity));
  }

  /** A line as a change leaves it: of a kit also how many units there are of its components. */
  List<LineQuantity> changed(LineId id, int quantity) {
    var ordered = new LineQuantity(id, agreed(id).sku(), quantity);
    return Stream.concat(Stream.of(ordered), kit(id).stream().flatMap(it -> it.components().stream())
        .map(it -> new LineQuantity(it.id(), it.sku(), it.units(quantity)))).toList();
  }

  /** What so many units of a line are worth. */
  long worth(LineId id, int quantity) {
    return Shares.share(agreed(id).total(), agreed(id).quantity(), 0, quantity);
  }

  long taxes(LineId id, int quantity) {
    return Shares.share(Shares.taxes(agreed(id).taxes()), agreed(id).quantity(), 0, quantity);
  }

  /** What is ordered now, as if it had been placed so: lines of which nothing is wanted stay, with a quantity of 0. */
  OrderContent now() {
    if (changes.number() == 0) {
      return content;
    }
    List<Line> lines = IntStream.range(0, size()).mapToObj(OrderContent::lineId)
        .map(it -> withoutDropped(it, scaled(agreed(it), quantity(it)))).toList();
    OrderForm form = content.form();
    long total = lines.stream().mapToLong(Line::total).sum() + form.roundingAmount()
        + (form.shipping() == null ? 0 : form.shipping().total());
    return content.with(form.with(lines, total),
        content.kits().stream().map(it -> kit(it.line()).orElseThrow()).toList());
  }

  private Line scaled(Line line, int quantity) {
    if (quantity == line.quantity()) {
      return line;
    }
    long total = Shares.share(line.total(), line.quantity(), 0, quantity);
    List<Tax> taxes = line.taxes().stream()
        .map(it -> new Tax(it.name(), it.rate(), Shares.share(it.amount(), line.quantity(), 0, quantity))).toList();
    var discounts = new ArrayList<>(line.discounts().stream()
        .map(it -> new Discount(it.code(), Shares.share(it.amount(), line.quantity(), 0, quantity))).toList());
    if (!discounts.isEmpty()) {
      // Each is rounded for itself, and together they must be what the total leaves.
      long shown = Stream.of(discounts).flatMap(List::stream).mapToLong(Discount::amount).sum();
      long wanted = quantity * line.unitPrice() - total
          + (content.form().taxesIncluded() ? 0 : Shares.taxes(taxes));
      Discount most = Collections.max(discounts, Comparator.comparing(Discount::amount));
      discounts.set(discounts.indexOf(most), new Discount(most.code(), most.amount() + wanted - shown));
    }
    return new Line(line.reference(), line.sku(), line.name(), quantity, line.unitPrice(), List.copyOf(discounts),
        taxes, total, line.metadata());
  }

  /** What the components were worth that were cancelled alone is shown as a discount each. */
  private Line withoutDropped(LineId id, Line line) {
    List<Adjustment.Line> own = dropped.stream().filter(it -> it.lineId().ordered().equals(id)).toList();
    if (own.isEmpty()) {
      return line;
    }
    long taxed = own.stream().mapToLong(Adjustment.Line::taxes).sum();
    var taxes = new ArrayList<Tax>();
    for (Tax it : line.taxes()) {
      long less = Math.min(taxed, it.amount());
      taxes.add(new Tax(it.name(), it.rate(), it.amount() - less));
      taxed -= less;
    }
    List<Discount> less = own.stream()
        .map(it -> new Discount(content.component(it.lineId()).orElseThrow().sku().value(),
            it.amount() - (content.form().taxesIncluded() ? 0 : it.taxes())))
        .toList();
    return new Line(line.reference(), line.sku(), line.name(), line.quantity(), line.unitPrice(),
        Stream.concat(line.discounts().stream(), less.stream()).toList(), List.copyOf(taxes),
        line.total() - own.stream().mapToLong(Adjustment.Line::amount).sum(), line.metadata());
  }
}
