package waybill.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.messages.FulfillmentMessages.LotSwapAsked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotHolder;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.platform.Violation;

/**
 * Whether lots are swapped as a packer asks. All fulfillments that take part must still have what the request says that they have, and no lot that must not
 * leave is given to any of them. What the packer gets beyond what is free, the others give up, so nobody loses a unit.
 *
 * @param to the lot that was found
 * @param from the lot that it is swapped for
 */
record LotExchange(LotSwapAsked asked, LyingLot to, LyingLot from) {

  /** How an allocation compares with what its fulfillment says. */
  enum Standing {
    SAME,
    /** Its fulfillment was left fewer units, which its allocation follows soon. */
    BEHIND,
    /** It was left fewer units meanwhile, or none. */
    CHANGED
  }

  static Standing compare(LotHolder holder, Allocation allocation) {
    Map<LineId, Integer> kept = units(allocation.lines());
    Map<LineId, Integer> said = units(holder.lines());
    if (allocation.status() != Movement.Status.TAKEN
        || said.entrySet().stream().anyMatch(it -> kept.getOrDefault(it.getKey(), 0) < it.getValue())) {
      return Standing.CHANGED;
    }
    if (!kept.equals(said)) {
      return Standing.BEHIND;
    }
    return byLot(allocation.lots()).equals(byLot(holder.before())) ? Standing.SAME : Standing.CHANGED;
  }

  private static Map<LineId, Integer> units(List<LineQuantity> lines) {
    return lines.stream().collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity, Integer::sum));
  }

  private static Map<List<Object>, Integer> byLot(List<LotQuantity> lots) {
    return LotQuantity.orNone(lots).stream()
        .collect(Collectors.toMap(it -> List.of(it.lineId(), it.lot()), LotQuantity::quantity, Integer::sum));
  }

  /** By how many units each lot's part of the allocations changes; nothing for one of which it stays the same. */
  Map<LotNumber, Integer> moved() {
    var moved = new HashMap<LotNumber, Integer>();
    for (LotHolder holder : asked.holders()) {
      holder.after().forEach(it -> moved.merge(it.lot(), it.quantity(), Integer::sum));
      holder.before().forEach(it -> moved.merge(it.lot(), -it.quantity(), Integer::sum));
    }
    moved.values().removeIf(it -> it == 0);
    return new TreeMap<>(moved);
  }

  /** Why it is refused, as a code; empty if it is made. */
  Optional<String> refusal(List<Standing> standings) {
    if (standings.contains(Standing.CHANGED)) {
      return Optional.of("lines_changed");
    }
    Optional<String> unfit = to.unfit("").map(Violation::code);
    if (unfit.isPresent()) {
      return unfit;
    }
    int wanted = moved().getOrDefault(asked.to(), 0);
    if (wanted > to.free()) {
      return Optional.of(to.lacking("", wanted).code());
    }
    boolean exchanges = asked.holders().size() > 1;
    // The others would get what cannot leave.
    return exchanges && (from.isShort() || from.unfit("").isPresent())
        ? Optional.of(to.lacking("", wanted).code())
        : Optional.empty();
  }
}
