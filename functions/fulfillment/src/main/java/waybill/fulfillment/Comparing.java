package waybill.fulfillment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;

/**
 * An order's lines, as one of their changes has left them, compared with what is planned of them. What is planned too much is taken
 * out of what no packer has seen, then of what is open, then of what is packed and must be packed again, of the latest plan first.
 *
 * <p>The order approves no packing that was not compared with the last change that reduced its lines, so what is compared here and
 * not approved can never be dispatched as it was before.
 *
 * @param lines all that ships, as they are now
 * @param change which of the changes this is; of two the higher counts
 * @param approved the fulfillments whose dispatch the order has approved: nothing is taken out of them
 * @param waiting what of the lines is not planned yet, as it is not there; what is planned of it already stays
 */
record Comparing(List<LineQuantity> lines, int change, Set<FulfillmentId> approved, List<LineQuantity> waiting) {
  private static final Comparator<Fulfillment> FIRST_TO_SHRINK = Comparator.comparing(Fulfillment::status)
      .thenComparing(Comparator.comparing(Fulfillment::id).reversed());

  /** Whether a later change was compared already. */
  boolean isOvertakenBy(List<Fulfillment> known) {
    return known.stream().anyMatch(it -> it.change() > change);
  }

  /** Whether it must be recorded that this change was compared. */
  boolean isNewTo(List<Fulfillment> known) {
    return change > 0 && known.stream().noneMatch(it -> it.change() == change);
  }

  /** Records that this change was compared, if nothing new is planned by it. */
  List<Fulfillment> mark(OrderId order, int number) {
    return List.of(Fulfillment.mark(FulfillmentId.of(order, number), change));
  }

  /** Those that may still change, each as this change leaves it. */
  Map<FulfillmentId, Fulfillment> left(List<Fulfillment> known) {
    var left = new HashMap<FulfillmentId, Fulfillment>();
    if (!isNewTo(known)) {
      return left;
    }
    Map<LineId, Integer> tooMany = units(lines, -1);
    known.stream().filter(Fulfillment::holds).forEach(it -> add(tooMany, it.lines(), 1));
    known.stream().filter(it -> it.holds() && it.status() != Status.DISPATCHED && !approved.contains(it.id()))
        .sorted(FIRST_TO_SHRINK).forEach(it -> left.put(it.id(), it.after(change, without(it.lines(), tooMany))));
    if (tooMany.values().stream().anyMatch(it -> it > 0)) {
      throw new IllegalStateException("more is dispatched than change %d leaves: %s".formatted(change, tooMany));
    }
    return left;
  }

  private static List<LineQuantity> without(List<LineQuantity> planned, Map<LineId, Integer> tooMany) {
    var kept = new ArrayList<LineQuantity>();
    for (LineQuantity line : planned) {
      int out = Math.clamp(tooMany.getOrDefault(line.lineId(), 0), 0, line.quantity());
      tooMany.merge(line.lineId(), -out, Integer::sum);
      if (out < line.quantity()) {
        kept.add(new LineQuantity(line.lineId(), line.sku(), line.quantity() - out));
      }
    }
    return List.copyOf(kept);
  }

  /** What no fulfillment holds and does not wait, in the order of the lines. */
  List<LineQuantity> missing(Collection<Fulfillment> known, Map<FulfillmentId, Fulfillment> left) {
    Map<LineId, Integer> missing = units(lines, 1);
    add(missing, waiting, -1);
    known.stream().map(it -> left.getOrDefault(it.id(), it)).filter(Fulfillment::holds)
        .forEach(it -> add(missing, it.lines(), -1));
    return lines.stream().filter(it -> missing.get(it.lineId()) > 0)
        .map(it -> new LineQuantity(it.lineId(), it.sku(), missing.get(it.lineId()))).toList();
  }

  private static Map<LineId, Integer> units(List<LineQuantity> of, int sign) {
    var units = new HashMap<LineId, Integer>();
    add(units, of, sign);
    return units;
  }

  private static void add(Map<LineId, Integer> units, List<LineQuantity> of, int sign) {
    of.forEach(it -> units.merge(it.lineId(), sign * it.quantity(), Integer::sum));
  }
}
