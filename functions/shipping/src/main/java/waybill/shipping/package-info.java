/**
 * From the packed box to the doorstep. {@code BuyLabel} buys one label a parcel, whatever crashes or times out; if nobody sells one,
 * or if nobody can find out whether one was bought, it says so to the order. {@code BuyReturnLabel} does the same for what comes back, and says so
 * to its return. {@code ReceiveTracking} verifies the events of carriers
 * and queues the few fields that are used. {@code TrackShipment} joins them into what is known of a tracking number, which never
 * moves back. {@code GetTracking} shows that to the customer, and {@code ReportUnlabelled} reports numbers that are scanned and get
 * no label. Addresses are read from the order when a label is made, and are neither stored nor sent here. What is particular to one
 * carrier is in a package of its own below this one.
 */
package waybill.shipping;
