/** DynamoDB's JSON, in both directions, for the HTTP server and for the journal. */
package waybill.store.json;
