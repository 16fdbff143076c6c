package waybill.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.catalog.ShippingMethod;
import waybill.catalog.addresses.AddressCheck;
import waybill.orders.OrderCommands.Correction;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Violation;

/**
 * Corrects where an order goes, and by which method, until something of it may leave: a label is bought for the address that stands then.
 * Which location ships does not depend on the address, so nothing is planned again, and the price stays.
 *
 * @param methods those of its channel; any if there are none
 */
record Correcting(Stored<OrderContent> ordered, OrderState state, List<ShippingMethod> methods) {

  /** @param address null to leave it as it is @param method as the address */
  record Form(Address address, String method) {
    boolean isEmpty() {
      return address == null && method == null;
    }

    /** What of the order is corrected, without saying how: that is personal. */
    String what() {
      return address == null ? "shipping" : method == null ? "shipping_address" : "shipping_address, shipping";
    }
  }

  Outcome<Correction> correct(Form form) {
    Optional<Refused> refusal = refusal();
    if (refusal.isPresent()) {
      return refusal.get().outcome();
    }
    OrderForm placed = ordered.value().form();
    List<Violation> errors = check(form, placed);
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    String method = placed.shipping() == null ? null : placed.shipping().method();
    return Outcome.of(new Correction(ordered, ordered.value().corrected(
        form.address == null ? placed.shippingAddress() : form.address, form.method == null ? method : form.method)));
  }

  private Optional<Refused> refusal() {
    if (state.isCancelled()) {
      return Optional.of(Refused.conflict("order_cancelled", "it is cancelled, and goes nowhere"));
    }
    if (state.unitsToShip() == 0) {
      return Optional.of(Refused.conflict("nothing_ships", "nothing of it ships"));
    }
    return state.packing().isStarted()
        ? Optional.of(Refused.conflict("dispatch_closed",
            "something of it has left, or is about to: its address stays; ask the carrier"))
        : Optional.empty();
  }

  private List<Violation> check(Form form, OrderForm placed) {
    var errors = new ArrayList<Violation>();
    if (form.address != null && form.address.equals(placed.shippingAddress())) {
      errors.add(new Violation("/shipping_address", "unchanged", "is the order's address already"));
    } else if (form.address != null) {
      errors.addAll(AddressCheck.of(form.address).refusals("/shipping_address"));
    }
    if (form.method != null && placed.shipping() == null) {
      errors.add(new Violation("/shipping", "not_allowed", "the order was placed without shipping"));
    } else if (form.method != null) {
      checkMethod(form.method, placed.shipping().method(), errors);
    }
    return errors;
  }

  private void checkMethod(String method, String before, List<Violation> errors) {
    if (Objects.equals(method, before)) {
      errors.add(new Violation("/shipping/method", "unchanged", "is the order's method already"));
    } else if (!methods.isEmpty() && methods.stream().noneMatch(it -> it.code().equals(method))) {
      errors.add(new Violation("/shipping/method", "unknown", "is one of the channel's shipping methods"));
    }
  }
}
