/**
 * DynamoDB in memory. It answers each call as DynamoDB Local does, which a test shows call by call. Where DynamoDB Local
 * differs from AWS's documentation, the documentation is followed: an update that an item does not allow cancels its
 * transaction, an update cannot create a key that an index refuses, and a page that ends at its limit has a cursor.
 */
package waybill.store;
