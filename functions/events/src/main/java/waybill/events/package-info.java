/**
 * What happens to orders and to stock, for those who follow it from outside. {@code RecordEvents} receives that an order has changed, or
 * that a product is low, sold out or back, and appends each event to the feed, once: {@code GET /events} reads on from any place where a
 * reader stopped. An event holds no personal data and names no more than the order or the product to read; its {@code revision} says
 * whether the reader knows that already.
 *
 * <p>{@link waybill.events.Feed} keeps the promise that nothing ever appears behind a cursor that was handed out; see
 * {@code infrastructure/decisions/0020-feed.md}.
 */
package waybill.events;
