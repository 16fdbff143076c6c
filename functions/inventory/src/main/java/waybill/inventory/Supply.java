package waybill.inventory;

import module java.base;
import waybill.catalog.Oversell;

/**
 * When units come that are not there yet.
 *
 * @param expected of a SKU by a pool, the earliest first
 * @param now an inbound that should have come by now says nothing about the day
 */
record Supply(List<Expected> expected, Oversell terms, Instant now) {

  /**
   * The day of a promise.
   *
   * @param demand the units that are promised without being there, up to and with this promise
   * @return null if nobody knows
   */
  Instant day(long demand) {
    return day(demand, null);
  }

  /** @param known the day that was promised last, which stands as long as what it rests on is only late */
  Instant day(long demand, Instant known) {
    Optional<Instant> comes = comes(demand);
    if (comes.isEmpty()) {
      return preordered().orElse(null);
    }
    if (comes.get().isBefore(now)) {
      return known;
    }
    return preordered().filter(it -> it.isAfter(comes.get())).orElse(comes.get());
  }

  private Optional<Instant> preordered() {
    return Optional.ofNullable(terms.availableFrom()).filter(it -> it.isAfter(now));
  }

  private Optional<Instant> comes(long demand) {
    long sum = 0;
    for (Expected it : expected) {
      sum += it.quantity();
      if (sum >= demand) {
        return Optional.of(it.expectedAt());
      }
    }
    return Optional.empty();
  }
}
