package waybill.shipping.tablerate;

import java.time.Duration;
import java.util.OptionalInt;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.PickupContract;

class TableRatePickupsTest extends PickupContract {

  @Override
  protected Carrier carrier(Duration later) {
    return new TableRate().carrier(TableRate.BUILT_IN_ACCOUNT).orElseThrow();
  }

  /** It sends no bills. */
  @Override
  protected OptionalInt visits() {
    return OptionalInt.empty();
  }
}
