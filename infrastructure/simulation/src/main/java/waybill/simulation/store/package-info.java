/**
 * Tables in memory that answer as DynamoDB does, call by call, as a test against DynamoDB Local shows; and, where they differ, as
 * AWS itself is documented to: an item named twice in a transaction is refused, and an index may lag behind.
 */
package waybill.simulation.store;
