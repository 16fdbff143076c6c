package waybill.shipping;

import waybill.messages.ParcelId;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.shipping.ParcelLabel.Labelled;

/** Says of which parcels carriers should report that they have them, for those who wait for that. */
public final class ExpectedScans {
  private final Table<ParcelLabel> labels;
  private final Table<LabelVoid> voids;

  public ExpectedScans(Ports ports) {
    this.labels = ShippingTable.labels(ports);
    this.voids = ShippingTable.voids(ports);
  }

  /** Whether its label was bought here and is to be used. Nobody knows whether the seller of another label reports scans at all. */
  public boolean of(ParcelId parcel) {
    return labels.find(ShippingTable.key(parcel.order(), parcel))
        .filter(it -> it.value().stage() instanceof Labelled label && label.account() != null).isPresent()
        && voids.find(ShippingTable.voidKey(parcel)).filter(it -> it.value().isVoid()).isEmpty();
  }
}
