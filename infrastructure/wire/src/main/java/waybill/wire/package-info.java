/**
 * AWS's JSON protocol (1.0), as DynamoDB and SQS speak it: an implementation of an SDK client becomes a service that the real SDK
 * client calls over HTTP. The SDK describes each request and response by its fields, so no operation is written out here.
 */
package waybill.wire;
