/** The functions, each from the zip that would be uploaded, with the faults that strike their calls to AWS. */
package waybill.local.functions;
