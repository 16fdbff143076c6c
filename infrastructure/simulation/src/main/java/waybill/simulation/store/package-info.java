/**
 * Tables in memory that answer as DynamoDB does, call by call, as a test against DynamoDB Local shows. Where the two services
 * differ, they answer as AWS is documented to: what an update cannot make of an item cancels a transaction, an update makes no
 * index key that none may be, and a page that ends at its limit has a cursor.
 */
package waybill.simulation.store;
