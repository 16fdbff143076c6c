/**
 * Documents: the papers that go with a parcel. They are drawn when they are asked for, from the order, its fulfillment and its channel
 * as they are then; nothing is stored.
 *
 * <p>{@code GetSlip} shows a packer the slip that goes into each parcel, as a page that a browser prints: it has every script that
 * a name may be written in, which the fonts of a PDF have not.
 */
package waybill.documents;
