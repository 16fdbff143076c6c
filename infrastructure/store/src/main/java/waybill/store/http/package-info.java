/** A store behind DynamoDB's HTTP protocol, for clients that know nothing but an endpoint. It listens on loopback only. */
package waybill.store.http;
