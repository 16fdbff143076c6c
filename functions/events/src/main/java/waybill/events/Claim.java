package waybill.events;

/**
 * An event under the id of what it is about: it is recorded once, however often its message comes.
 *
 * @param page the page of the feed that it is on, or on which it was about to be put when its recorder died
 */
record Claim(FeedEvent event, long page) {}
