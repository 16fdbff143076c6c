package waybill.options;

/**
 * How many days a carrier works on a parcel, from the dispatch to its delivery.
 *
 * @param earliest the fewest
 * @param latest the most
 * @param confidence how many of a hundred parcels took no longer; null if that was not measured
 */
record Transit(int earliest, int latest, Integer confidence) {}
