package waybill.orders;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderHolds.Release;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * How a person decides about units that no location has: all of the order waits for them, the others leave without them, or they are
 * cancelled. As long as the units are missing they may decide otherwise.
 *
 * @param before what was done to the order before
 */
record ResolvingShort(OrderContent placed, OrderState state, List<OrderCommand> before, OrderFulfillment lacking,
    Hold hold, Release release, String id) {

  /** Empty unless units are short by this hold, whether somebody has decided about them or not. */
  static Optional<ResolvingShort> of(HoldId hold, OrderContent placed, OrderState state, List<OrderCommand> before,
      Release release, String id) {
    return state.isCancelled()
        ? Optional.empty()
        : state.packing().lacking().filter(it -> Hold.ofShort(it).id().equals(hold)).findFirst()
            .map(it -> new ResolvingShort(placed, state, before, it, Hold.ofShort(it), release, id));
  }

  Outcome<Decided> by(Resolution resolution) {
    List<Resolution> possible = Hold.Reason.SHORT.resolutions();
    String names = possible.stream().map(Resolution::text).collect(Collectors.joining(" or "));
    if (resolution == null) {
      return Refused.invalid("/resolution", "required", "is " + names).outcome();
    }
    if (!possible.contains(resolution)) {
      return Refused.invalid("/resolution", "not_allowed", "is " + names + " for this hold").outcome();
    }
    if (isDecided(resolution)) {
      return Refused.conflict("already_released", "it was released so before").outcome();
    }
    return resolution == Resolution.CANCEL_LINE
        ? cancelled()
        : Outcome.of(new Decided(state.resolved(hold, release, release.at()).after(state), null));
  }

  /** Those that were released before one could be sent without the other were sent. */
  private boolean isDecided(Resolution resolution) {
    return state.holding().find(hold.id())
        .filter(it -> state.holding().resolution(hold.id()).orElse(Resolution.SEND_REST) == resolution).isPresent();
  }

  /**
   * Cancelled units come out of what is short first, so these are they. A kit is cancelled whole, but if some of it has left: then it
   * is the component.
   */
  private Outcome<Decided> cancelled() {
    OrderLines lines = OrderLines.of(placed, state.changes(), before);
    var open = new OpenUnits(lines, state, before);
    Map<Boolean, List<Units>> whole = lacking.lines().stream().map(it -> it.lineId().ordered()).distinct()
        .map(it -> new Units(it, missing(lines, it)))
        .collect(Collectors.partitioningBy(it -> !lines.isKit(it.lineId()) || it.quantity() <= open.of(it.lineId())));
    List<Units> components = lacking.lines().stream()
        .filter(it -> whole.get(false).stream().anyMatch(kit -> kit.lineId().equals(it.lineId().ordered())))
        .map(it -> new Units(it.lineId(), it.quantity())).toList();
    return new CancellingLines(lines, state, before, id, release.at())
        .cancel(CancelReason.OUT_OF_STOCK, release.key(), whole.get(true), components)
        .map(it -> new Decided(it.state().resolved(hold, release, release.at()).after(state), it.adjustment()));
  }

  /** How many units of a line lack something. */
  private int missing(OrderLines lines, LineId line) {
    ToIntFunction<LineId> units = id -> lacking.lines().stream().filter(it -> it.lineId().equals(id))
        .mapToInt(LineQuantity::quantity).sum();
    return lines.kit(line).map(it -> it.begun(units)).orElseGet(() -> units.applyAsInt(line));
  }
}
