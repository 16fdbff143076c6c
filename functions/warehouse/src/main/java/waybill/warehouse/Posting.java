package waybill.warehouse;

import java.time.Instant;

/** That a count was approved, and what differs is being booked; gone when it is. @param at since when */
record Posting(CountId id, Instant at) {}
