package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.messages.LocationId;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * Whether two open orders may leave in one parcel: they are of one customer, go to one address, and wait for a packer at one location.
 *
 * @param companion the order whose units go into the other's parcel
 * @param lead the order whose label carries both
 */
record MergingOrders(Side companion, Side lead) {
  private static final String POINTER = "/order_id";

  /** One of the two. @param merged whether it leaves with an order already */
  record Side(OrderContent content, OrderState state, boolean merged) {

    /** Where its units wait for a packer. */
    private Set<LocationId> locations() {
      return state.packing().fulfillments().stream().filter(MergingOrders::isOpen).map(OrderFulfillment::locationId)
          .collect(Collectors.toSet());
    }
  }

  /** Whether it waits for a packer. */
  static boolean isOpen(OrderFulfillment it) {
    return it.locationId() != null && !it.lines().isEmpty() && it.parcels() == 0;
  }

  /** Empty if they may. */
  Optional<Refused> refusal() {
    if (companion.state.id().equals(lead.state.id())) {
      return Optional.of(Refused.invalid(POINTER, "same_order", "is another order than this one"));
    }
    Optional<Refused> conflict = Stream.of(companion, lead).flatMap(it -> conflict(it).stream()).findFirst()
        .or(this::uncaptured);
    return conflict.isPresent()
        ? conflict
        : Optional.of(errors()).filter(it -> !it.isEmpty()).map(Refused::invalid);
  }

  private static Optional<Refused> conflict(Side it) {
    if (it.state.isCancelled()) {
      return Optional.of(Refused.conflict("order_cancelled", it.state.id() + " is cancelled"));
    }
    if (it.state.isBackordered()) {
      return Optional.of(Refused.conflict("stock_pending", "units of %s are not there yet".formatted(it.state.id())));
    }
    boolean packed = it.state.packing().fulfillments().stream().anyMatch(one -> one.parcels() > 0);
    return packed
        ? Optional.of(Refused.conflict("dispatch_closed", "something of %s is packed".formatted(it.state.id())))
        : Optional.empty();
  }

  /** No label of its own keeps the companion back until its money is captured, so that must be so before. */
  private Optional<Refused> uncaptured() {
    boolean waits = companion.state.terms().capturesOnDispatch() && !companion.state.isPaid();
    return waits
        ? Optional.of(Refused.conflict("not_captured",
            "%s is captured when its own parcel leaves: capture it first".formatted(companion.state.id())))
        : Optional.empty();
  }

  private List<Violation> errors() {
    var errors = new ArrayList<Violation>();
    if (!isOneCustomer(companion.content, lead.content)) {
      errors.add(new Violation(POINTER, "other_customer", "is an order of the same customer, in the same channel"));
    }
    List<Side> unshipped = Stream.of(companion, lead).filter(it -> it.state.unitsToShip() == 0).toList();
    unshipped.forEach(it -> errors.add(new Violation(POINTER, "nothing_ships",
        "nothing of %s is packed".formatted(it.state.id()))));
    if (unshipped.isEmpty() && !isOneAddress(companion.content, lead.content)) {
      errors.add(new Violation(POINTER, "other_address", "is an order to the same address"));
    }
    Stream.of(companion, lead).filter(Side::merged).forEach(it -> errors.add(new Violation(POINTER, "already_merged",
        "%s leaves together with another order already".formatted(it.state.id()))));
    if (errors.isEmpty()) {
      checkLocations(errors);
    }
    return errors;
  }

  private void checkLocations(List<Violation> errors) {
    Stream.of(companion, lead).filter(it -> it.locations().isEmpty()).forEach(it -> errors.add(new Violation(POINTER,
        "not_planned", "%s does not wait for a packer yet: retry once its stock is allocated"
            .formatted(it.state.id()))));
    if (errors.isEmpty() && companion.locations().stream().noneMatch(lead.locations()::contains)) {
      errors.add(new Violation(POINTER, "other_location", "is an order that the same location packs"));
    }
  }

  /** Whether two orders that were merged are still to leave together, as far as both go on and go to the same place. */
  static boolean mayStand(OrderContent one, OrderState state, OrderContent other, OrderState otherState) {
    return !state.isCancelled() && !otherState.isCancelled() && isOneAddress(one, other);
  }

  /** An id is of its channel; guests are known by their mail address. */
  private static boolean isOneCustomer(OrderContent one, OrderContent other) {
    OrderForm.Customer customer = one.form().customer();
    OrderForm.Customer another = other.form().customer();
    boolean guests = customer.id() == null && another.id() == null;
    return one.form().channel().equals(other.form().channel())
        && (guests ? customer.email().equalsIgnoreCase(another.email()) : Objects.equals(customer.id(), another.id()));
  }

  /** However it is typed; who is called at the door may differ. */
  private static boolean isOneAddress(OrderContent one, OrderContent other) {
    return one.form().shippingAddress() != null && other.form().shippingAddress() != null
        && lines(one.form().shippingAddress()).equals(lines(other.form().shippingAddress()));
  }

  private static List<String> lines(Address it) {
    return Stream.of(it.name(), it.company(), it.line1(), it.line2(), it.city(), it.state(), it.postalCode(),
        it.country()).map(
            line -> line == null
                ? ""
                : line.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
        .toList();
  }

  /** What both orders keep of it, the companion's first. */
  List<Merger> agreed(String by, String note, Instant at) {
    var own = new Merger(companion.state.id(), lead.state.id(), false, by, note, at, null);
    return List.of(own, own.reversed());
  }
}
