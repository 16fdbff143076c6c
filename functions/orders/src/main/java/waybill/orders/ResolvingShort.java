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
 * How a person decides about units that no location has. The others are not kept back by them.
 *
 * @param before what was done to the order before
 */
record ResolvingShort(OrderContent placed, OrderState state, List<OrderCommand> before, OrderFulfillment lacking,
    Hold hold, Release release, String id) {

  /** Empty unless units are short by this hold, and nobody has decided about them. */
  static Optional<ResolvingShort> of(HoldId hold, OrderContent placed, OrderState state, List<OrderCommand> before,
      Release release, String id) {
    return state.holds().stream().filter(it -> it.id().equals(hold) && it.reason() == Hold.Reason.SHORT)
        .findFirst().flatMap(it -> state.packing().lacking().filter(one -> one.id().equals(it.fulfillmentId()))
            .findFirst().map(one -> new ResolvingShort(placed, state, before, one, it, release, id)));
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
    return resolution == Resolution.WAIT
        ? Outcome.of(new Decided(state.resolved(hold, release, release.at()).after(state), null))
        : cancelled();
  }

  /** Cancelled units come out of what is short first, so these are they. */
  private Outcome<Decided> cancelled() {
    List<Units> units = lacking.lines().stream().map(it -> new Units(it.lineId(), it.quantity())).toList();
    return CancellingLines.of(placed, state, before, id, release.at())
        .cancel(CancelReason.OUT_OF_STOCK, release.key(), units)
        .map(it -> new Decided(it.state().resolved(hold, release, release.at()).after(state), it.adjustment()));
  }
}
