package waybill.orders;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.LineId;
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
 */
record OrderLines(OrderContent content, int placed, OrderChanges changes) {

  /** @param commands what was done to the order; none are needed if nothing was added */
  static OrderLines of(OrderContent placed, OrderChanges changes, List<OrderCommand> commands) {
    List<Adjustment.Added> added = commands.stream().map(OrderCommand::adjustment).filter(Objects::nonNull)
        .flatMap(it -> it.added().stream()).sorted(Comparator.comparing(it -> place(it.id()))).toList();
    return new OrderLines(added.isEmpty() ? placed : placed.with(added), placed.form().lines().size(), changes);
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

  boolean ships(LineId id) {
    return !content.digital().contains(id);
  }

  /** How many units of a line are wanted. What was added counts once its change is made. */
  int quantity(LineId id) {
    return changes.quantity(id).orElseGet(() -> content.place(id) < placed ? agreed(id).quantity() : 0);
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
        .map(it -> scaled(agreed(it), quantity(it))).toList();
    OrderForm form = content.form();
    long total = lines.stream().mapToLong(Line::total).sum() + form.roundingAmount()
        + (form.shipping() == null ? 0 : form.shipping().total());
    return content.with(form.with(lines, total));
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
}
