/**
 * From the packed box to the doorstep. {@code BuyLabel} buys one label a parcel, whatever dies or times out, and says where
 * nobody can know whether it did; {@code ReceiveTracking} verifies what a carrier's events say and queues the few fields that
 * are used; {@code TrackShipment} joins them into what is known of a tracking number, which never moves back;
 * {@code GetTracking} shows that to the customer, and {@code ReportUnlabelled} reports what is scanned and gets no label. Who
 * is sent to is read from the order where a label is made, and neither stored nor sent here.
 */
package waybill.shipping;
