/**
 * What is delivered without a parcel. Once an order is released, {@code DeliverDigital} gives its customer a link for each line of a
 * product that is a link, and a key for each unit of a product that is a licence key. It hears from the order's arbiter only that it
 * should look; what the customer is to have follows from what the order says then, so that a late, doubled or overtaken message gives and
 * revokes the same. What was given is revoked if it is refunded, if the order is cancelled, or if a bank takes its money back for good.
 *
 * <p>Keys are stock: each is imported once, given once, and never logged or sent to a queue. If a pool is empty, the line waits, its order
 * is on the hold {@code licence_key_missing}, and the next import delivers it. The order is told one summary; see
 * {@code infrastructure/decisions/0026-digital.md}.
 */
package waybill.digital;
