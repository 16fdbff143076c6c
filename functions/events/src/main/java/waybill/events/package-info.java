/**
 * What happens to orders, for those who follow it from outside. {@code RecordEvents} hears from orders that they have changed, and
 * appends each event to the feed, once: {@code GET /events} reads on from any place where a reader stopped. An event holds no
 * personal data and says no more than which order to read; its {@code revision} tells whether the reader knows that already.
 *
 * <p>{@link waybill.events.Feed} keeps the promise that nothing ever appears behind a cursor that was handed out; see
 * {@code infrastructure/decisions/0020-feed.md}.
 */
package waybill.events;
