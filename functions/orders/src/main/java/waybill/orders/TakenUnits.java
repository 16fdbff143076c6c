package waybill.orders;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import waybill.messages.LineId;

/**
 * Which units of an order's lines somebody was refunded for. They are its first ones, as cancelled units are its last. A refunded kit is
 * each of its components refunded, and a component may be refunded alone; one that was cancelled alone counts as one that was refunded.
 *
 * @param adjustments what was done to the order's money
 */
record TakenUnits(OrderLines lines, List<Adjustment> adjustments) {

  static TakenUnits of(OrderLines lines, List<OrderCommand> before) {
    return new TakenUnits(lines, before.stream().map(OrderCommand::adjustment).filter(Objects::nonNull).toList());
  }

  /** How many units of a line, or of a kit's component. */
  int of(LineId id) {
    if (!id.isComponent()) {
      return lines.content().kit(id).map(kit -> kit.begun(this::of)).orElseGet(() -> refunded(id));
    }
    return refunded(id.ordered()) * lines.content().component(id).orElseThrow().quantity() + refunded(id)
        + lines.dropped().stream().filter(it -> it.lineId().equals(id)).mapToInt(Adjustment.Line::quantity).sum();
  }

  private int refunded(LineId id) {
    return adjustments.stream().filter(it -> !it.type().isOfLines()).mapToInt(it -> it.quantity(id)).sum();
  }

  /** How many can still be refunded; of a kit, whole ones. */
  int left(LineId id) {
    if (id.isComponent()) {
      return lines.quantity(id.ordered()) * lines.content().component(id).orElseThrow().quantity() - of(id);
    }
    return lines.content().kit(id).map(kit -> kit.whole(this::left)).orElseGet(() -> lines.quantity(id) - of(id));
  }

  /** How many units can still be refunded in all, those of kits by their components. */
  int left() {
    return Stream.iterate(0, it -> it < lines.size(), it -> it + 1).map(OrderContent::lineId)
        .mapToInt(it -> lines.content().kit(it)
            .map(kit -> kit.components().stream().mapToInt(one -> left(one.id())).sum()).orElseGet(() -> left(it)))
        .sum();
  }

  /** So many units more, which are the next ones, with what they are worth. */
  Adjustment.Line next(LineId id, int quantity) {
    OrderForm.Line agreed = lines.agreed(id.ordered());
    List<Kit.Component> parts = id.isComponent()
        ? List.of(lines.content().component(id).orElseThrow())
        : lines.content().kit(id).map(Kit::components).orElse(List.of());
    if (parts.isEmpty()) {
      return Shares.of(id, agreed, of(id), quantity);
    }
    Kit kit = lines.content().kit(id.ordered()).orElseThrow();
    var totals = new KitShares(kit, agreed.total(), agreed.quantity());
    var taxes = new KitShares(kit, Shares.taxes(agreed.taxes()), agreed.quantity());
    return new Adjustment.Line(id, quantity,
        parts.stream().mapToLong(it -> totals.of(it, of(it.id()), units(id, it, quantity))).sum(),
        parts.stream().mapToLong(it -> taxes.of(it, of(it.id()), units(id, it, quantity))).sum());
  }

  private static int units(LineId asked, Kit.Component component, int quantity) {
    return asked.isComponent() ? quantity : quantity * component.quantity();
  }
}
