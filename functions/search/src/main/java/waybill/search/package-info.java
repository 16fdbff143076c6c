/**
 * How operators find an order: by whatever its customer can name. {@code IndexOrder} writes an entry for each of those, and
 * {@code ListOrders} reads a page of them. What is personal is in no entry: an entry's key is a keyed hash, and whoever has the table
 * without the key learns nothing. An entry only proposes an order; whether the order is what was asked for is decided by the order
 * itself, so that an entry that is out of date never gives a wrong answer. See {@code infrastructure/decisions/0023-search.md}.
 */
package waybill.search;
