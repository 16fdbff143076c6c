package waybill.inventory;

import java.util.Locale;

/** A number that a counter counts, in units. */
enum Level {
  /** Of a pool: what orders were not promised. Of a location: what no fulfillment was allocated. */
  AVAILABLE,
  /** Promised to orders by a pool, and not shipped yet. */
  RESERVED,
  /** Promised to orders by a pool without being there. */
  BACKORDERED,
  /** Expected by a pool. */
  INCOMING,
  /** What a pool keeps of what is available: it is not promised. It is set, and no movement changes it. */
  SAFETY_STOCK,
  /**
   * Of what a counter promised or allocated, the units that are known not to be there. They stay in the other numbers until they are taken
   * from somebody or covered by units that become free.
   */
  SHORTFALL,
  /** All that lies at a location and is for sale, with the shortfall. */
  ON_HAND,
  /** Kept by a location for fulfillments. */
  ALLOCATED,
  /** At a location, and broken. */
  DAMAGED,
  /** At a location, and to be looked at before it may be sold. */
  QUARANTINED,
  /** On their way to a location, from another one. */
  IN_TRANSIT;

  private final String attribute = name().toLowerCase(Locale.ROOT);

  /** Its name in the table. */
  String attribute() {
    return attribute;
  }
}
