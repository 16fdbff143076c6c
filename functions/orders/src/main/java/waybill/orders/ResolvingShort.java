package waybill.orders;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.messages.CancelReason;
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

  /** Cancelled units come out of what is short first, so these are they. */
  private Outcome<Decided> cancelled() {
    List<Units> units = lacking.lines().stream().map(it -> new Units(it.lineId(), it.quantity())).toList();
    return CancellingLines.of(placed, state, before, id, release.at())
        .cancel(CancelReason.OUT_OF_STOCK, release.key(), units)
        .map(it -> new Decided(it.state().resolved(hold, release, release.at()).after(state), it.adjustment()));
  }
}
