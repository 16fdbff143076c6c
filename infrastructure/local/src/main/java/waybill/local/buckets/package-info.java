/** S3, as far as functions keep files there. */
package waybill.local.buckets;
