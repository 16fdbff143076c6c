package waybill.inventory;

import waybill.messages.Sku;

/**
 * Two numbers that should be one.
 *
 * @param place the pool or the location, as a counter names it
 * @param pair which two
 * @param counted what the counter says
 * @param written what the records say that move it
 */
record Drift(Sku sku, String place, Pair pair, long counted, long written) {

  /** Two accounts of the same units. */
  enum Pair {
    /** A pool's promises; reservations less what was shipped. */
    RESERVED_AND_RESERVATIONS,
    /** What a pool owes; what its reservations owe. */
    BACKORDERED_AND_RESERVATIONS,
    /** What a pool expects; what is still to come by inbounds and transfers. */
    INCOMING_AND_EXPECTED,
    /** What a pool has, promised or not; what lies at its locations. */
    POOL_AND_LOCATIONS,
    /** What a location keeps for fulfillments; allocations less what was shipped. */
    ALLOCATED_AND_ALLOCATIONS,
    /** What a location has, in whatever state; what its lots add up to. */
    LOCATION_AND_LOTS,
    /** What a location has on hand; what of it is allocated and what is not. */
    ON_HAND_AND_ITS_PARTS,
    /** What lies at a location; the sum of its ledger. */
    ON_HAND_AND_LEDGER, DAMAGED_AND_LEDGER, QUARANTINED_AND_LEDGER, IN_TRANSIT_AND_LEDGER,
    /** How many entries a location's ledger should have; how many there are. */
    ENTRIES_AND_LEDGER
  }

  /** By how much the counter is more than the records. */
  long units() {
    return counted - written;
  }
}
