/**
 * Documents: the papers that go with a parcel.
 *
 * <p>{@code GetSlip} shows a packer the slip that goes into each parcel, as a page that a browser prints: it has every script that
 * a name may be written in, which the fonts of a PDF have not. It is drawn when it is asked for, and not stored.
 *
 * <p>{@code StoreLabel} keeps the file of each label that was bought, fetched from its carrier or drawn here, and {@code GetLabel} gives it
 * to printers. It also gives the parcel its SSCC, and lists the label with its day: {@code CreateManifest} has a carrier make its form of
 * those that are on none yet. {@code CreateCarrierPickup} asks a carrier what it costs to have a location's parcels taken, {@code DecideCarrierPickup} books it, and
 * {@code FollowCarrierPickups} continues and ends what nobody looks after. How marks become PDF and ZPL is in {@link waybill.documents.paper}.
 *
 * <p>{@code GetCustomsDocuments} shows the commercial invoice of a parcel that crosses a customs border.
 */
package waybill.documents;
