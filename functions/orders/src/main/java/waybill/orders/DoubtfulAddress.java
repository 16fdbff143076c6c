package waybill.orders;

import java.time.Instant;
import java.util.Optional;
import waybill.catalog.addresses.AddressCheck;
import waybill.messages.OrderId;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.OrderHolds.Release;

/**
 * The hold that an order begins with if a person should look at its address before anything leaves. The rules may be wrong, so whoever
 * releases it has the last word; a corrected address that nothing is to be said about ends it too.
 */
final class DoubtfulAddress {
  static final String HANDLE = "address-check";
  private static final String ADVICE = ". Correct it with POST /orders/{id}/changes, or release the hold if it is right";

  private DoubtfulAddress() {}

  private static HoldId id(OrderId order) {
    return HoldId.of(HANDLE, order.value());
  }

  /** Empty if nothing ships, if nothing is doubtful, or if somebody has decided that it is sent there again. */
  static Optional<PlacedHold> of(OrderContent content, Instant now) {
    return content.unitsToShip() == 0 || content.replaces() != null
        ? Optional.empty()
        : AddressCheck.of(content.form().shippingAddress()).doubts().map(it -> new PlacedHold(id(content.id()),
            Hold.Reason.ADDRESS_INCORRECT, HANDLE, null, "The address check: " + it + ADVICE, now, null));
  }

  /** The holds once the address is this one. */
  static OrderHolds corrected(OrderHolds holds, OrderContent content, Instant now) {
    Optional<PlacedHold> open = holds.find(id(content.id())).filter(PlacedHold::isOpen);
    return open.isEmpty() || of(content, now).isPresent()
        ? holds
        : holds.resolved(open.get().shown(), new Release("the address was corrected", now, HANDLE));
  }
}
