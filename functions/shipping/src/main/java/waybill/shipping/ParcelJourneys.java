package waybill.shipping;

import java.util.List;
import java.util.Optional;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Reads which way parcels took, for those who measure it. */
public final class ParcelJourneys {
  private final Table<ParcelLabel> labels;
  private final Table<Tracking> trackings;

  public ParcelJourneys(Ports ports) {
    this.labels = ShippingTable.labels(ports);
    this.trackings = ShippingTable.trackings(ports);
  }

  /**
   * The way of one parcel.
   *
   * @param scans the newest first
   * @param whole whether these are all scans that there were
   */
  public record Journey(LocationId from, List<Scan> scans, boolean whole) {}

  /** Empty if its label is not ours, or its number is another parcel's by now. */
  public Optional<Journey> find(ParcelId parcel) {
    return labels.find(ShippingTable.key(parcel.order(), parcel)).map(Stored::value)
        .filter(it -> it.location() != null)
        .flatMap(label -> label.label().map(it -> new TrackingNumber(it.trackingNumber()))
            .flatMap(it -> trackings.find(ShippingTable.key(it))).map(Stored::value).filter(it -> it.isOf(parcel))
            .map(it -> new Journey(label.location(), it.history(), !it.isFull())));
  }
}
