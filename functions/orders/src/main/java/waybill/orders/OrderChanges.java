package waybill.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;

/**
 * The one summary that an order's state has of the changes of its lines; each change is an {@link OrderCommand}, an item of its own.
 * Changes are numbered, and those that plan, pack and reserve do by the highest number that they have heard of.
 *
 * @param number of the latest change; 0 as the order was placed
 * @param reduced of the latest change that took units out: what was packed before it is not dispatched
 * @param answered up to which change stock has answered
 * @param lines those whose quantity is not as it was placed, each as it is now, and the added ones; of a kit also its components
 * @param open the change that waits for stock; null if none does
 * @param failed the changes for which there was no stock
 * @param splits those that only hold units back, or let them go on: nothing that was ordered is another for them
 */
record OrderChanges(int number, int reduced, int answered, List<LineQuantity> lines, Open open,
    List<Integer> failed, List<Integer> splits) {
  static final OrderChanges NONE = new OrderChanges(0, 0, 0, List.of(), null, List.of(), List.of());

  /**
   * A change that adds units, and so waits until they are promised.
   *
   * @param command its id, by which its refunds are named
   * @param lines those that it changes, as they will be; of a kit also its components
   * @param reduces whether it also takes units out
   * @param units by how many more or fewer it ships
   * @param difference of the price
   */
  record Open(int number, String command, List<LineQuantity> lines, boolean reduces, int units, long difference) {}

  /** How many units of a line there are now; empty if it is as it was placed. */
  Optional<Integer> quantity(LineId line) {
    return lines.stream().filter(it -> it.lineId().equals(line)).map(LineQuantity::quantity).findFirst();
  }

  /** Whether stock must still answer to the latest change. */
  boolean awaitStock() {
    return answered < number;
  }

  /** These lines are changed, once for all. @param reduces whether units are taken out */
  OrderChanges with(List<LineQuantity> changed, boolean reduces) {
    int next = number + 1;
    List<LineQuantity> all = lines;
    for (LineQuantity it : changed) {
      all = Joined.with(all, it, LineQuantity::lineId, (_, news) -> news);
    }
    return new OrderChanges(next, reduces ? next : reduced, answered, all, open, failed, splits);
  }

  /**
   * Units of the lines are held back from now on, or go on: what is planned is compared with the rest.
   *
   * @param back whether they are held back: what was packed before is not dispatched with them
   */
  OrderChanges split(boolean back) {
    int next = number + 1;
    return new OrderChanges(next, back ? next : reduced, answered, lines, open, failed,
        Stream.concat(splits.stream(), Stream.of(next)).toList());
  }

  /** The latest change of what is ordered; 0 if there was none. */
  int edited() {
    return IntStream.iterate(number, it -> it > 0, it -> it - 1).filter(it -> !splits.contains(it)).findFirst()
        .orElse(0);
  }

  OrderChanges opened(Open change) {
    return new OrderChanges(change.number, reduced, answered, lines, change, failed, splits);
  }

  /** The open change is over. @param failed whether it was not made: then stock is asked for what was before */
  OrderChanges closed(boolean failed) {
    if (!failed) {
      return new OrderChanges(number, reduced, answered, lines, null, this.failed, splits);
    }
    var all = new ArrayList<>(this.failed);
    all.add(open.number);
    return new OrderChanges(number + 1, reduced, answered, lines, null, List.copyOf(all), splits);
  }

  OrderChanges answered(int change) {
    return change <= answered ? this : new OrderChanges(number, reduced, change, lines, open, failed, splits);
  }

  /** Whether a change, by its number, has been made: what only refunds has none, and is made at once. */
  boolean isMade(int change) {
    return !failed.contains(change) && (open == null || open.number != change);
  }

  /** What stock is asked for: what there is, and what is to be added. @param shipped of a kit its components */
  List<LineQuantity> wanted(List<LineQuantity> shipped) {
    if (open == null) {
      return shipped;
    }
    var wanted = new ArrayList<LineQuantity>();
    Set<LineId> kits = open.lines.stream().map(LineQuantity::lineId).filter(LineId::isComponent).map(LineId::ordered)
        .collect(Collectors.toSet());
    Stream.concat(shipped.stream(), open.lines.stream().filter(it -> !kits.contains(it.lineId()) && shipped.stream()
        .noneMatch(line -> line.lineId().equals(it.lineId()))))
        .forEach(it -> wanted.add(new LineQuantity(it.lineId(), it.sku(), Math.max(it.quantity(), opened(it)))));
    return wanted;
  }

  private int opened(LineQuantity line) {
    return open.lines.stream().filter(it -> it.lineId().equals(line.lineId())).mapToInt(LineQuantity::quantity).max()
        .orElse(0);
  }
}
