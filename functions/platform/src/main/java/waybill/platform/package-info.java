/**
 * What every function stands on: JSON in and out, HTTP requests and problems, the SQS batch, sending along the
 * choreography, one item a record in DynamoDB, secrets, environment and log. Nothing here knows of orders.
 */
package waybill.platform;
