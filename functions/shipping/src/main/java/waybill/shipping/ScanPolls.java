package waybill.shipping;

import java.time.Instant;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.carrier.ScanLookup;

/** Notes which tracking numbers are to be looked up once nothing is heard of them. */
final class ScanPolls {
  private final Table<ScanPoll> polls;
  private final LabelDesks desks;

  ScanPolls(Ports ports, LabelDesks desks) {
    this.polls = ShippingTable.polls(ports);
    this.desks = desks;
  }

  /** Once, if events of the account may be lost. @param since when the label of the number was known */
  void follow(CarrierAccountId account, String number, Instant since) {
    if (desks.find(account) instanceof Desk desk && desk.carrier() instanceof ScanLookup) {
      ScanPoll begun = ScanPoll.begun(new TrackingNumber(number), account, since);
      polls.change(ShippingTable.pollKey(begun.trackingNumber()),
          current -> current.map(it -> it.join(begun)).orElse(begun));
    }
  }
}
