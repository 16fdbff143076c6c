package waybill.fulfillment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import waybill.catalog.Destination;
import waybill.catalog.PlaceZone;
import waybill.orders.Kit;
import waybill.orders.Sale;

/**
 * Where an order goes, as far as its locations depend on it.
 *
 * @param method the channel's shipping method; null if none is named
 * @param promisedBy the end of the day that was promised; null if none was
 * @param sale what its goods were sold for; asked for only if it matters, and empty if nobody has ordered them yet
 * @param kits what those of its lines are packed out of that order kits; asked for only if it has such lines
 */
record Journey(Destination destination, String method, Instant promisedBy, Supplier<Optional<Sale>> sale,
    Supplier<List<Kit>> kits) {

  /** Of what nobody has ordered yet. */
  Journey(Destination destination, String method, Instant promisedBy) {
    this(destination, method, promisedBy, Optional::empty, List::of);
  }

  /** When the customer has it at the latest, by the clock there; empty if nothing was promised. */
  Optional<LocalDate> arrivesOn() {
    return Optional.ofNullable(promisedBy)
        .map(it -> it.minusMillis(1).atZone(PlaceZone.of(destination.country(), ZoneOffset.UTC)).toLocalDate());
  }

  boolean isBy(List<String> methods) {
    return method != null && methods.contains(method);
  }
}
