package waybill.inventory;

/**
 * What storefronts know of a pool's counter. It stands in the counter's own item, which every sale reads anyway: whether a sale has crossed a
 * threshold costs it no call and no write.
 *
 * @param lowStock so many free units are few; 0 if no number is
 * @param number how often it has changed
 */
record Announced(Counter counter, int lowStock, Standing standing, int number) {

  Standing now(long free) {
    return Standing.of(free, lowStock);
  }
}
