package waybill.events;

/**
 * An event under its order's id: it is recorded once, however often its message comes.
 *
 * @param page the page of the feed that it is on, or on which it was about to be put when its recorder died
 */
record Claim(OrderEvent event, long page) {}
