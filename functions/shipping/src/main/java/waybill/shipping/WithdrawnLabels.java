package waybill.shipping;

import waybill.messages.ParcelId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.ParcelLabel.Voided;
import waybill.shipping.ParcelLabel.Withdrawn;

/** Which labels are not wanted any more, as other capabilities read them. */
public final class WithdrawnLabels {
  private final Table<ParcelLabel> labels;

  public WithdrawnLabels(Ports ports) {
    this.labels = ShippingTable.labels(ports);
  }

  /** Whether this parcel's label is void, or is never bought. */
  public boolean has(ParcelId parcel) {
    return labels.find(ShippingTable.key(parcel.order(), parcel)).map(Stored::value)
        .filter(it -> it.stage() instanceof Withdrawn || it.stage() instanceof Voided).isPresent();
  }
}
