package waybill.shipping.tablerate;

import java.util.Optional;
import java.util.OptionalInt;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;

class TableRateContractTest extends CarrierContract {

  @Override
  protected CarrierProvider provider() {
    return new TableRate();
  }

  @Override
  protected CarrierAccount account() {
    return TableRate.BUILT_IN_ACCOUNT;
  }

  /** It sends no bills. */
  @Override
  protected OptionalInt charges() {
    return OptionalInt.empty();
  }

  /** Its table has a price for every parcel. */
  @Override
  protected Optional<Consignment> refused() {
    return Optional.empty();
  }
}
