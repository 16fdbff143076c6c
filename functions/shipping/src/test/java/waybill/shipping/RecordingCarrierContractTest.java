package waybill.shipping;

import java.util.Optional;
import java.util.OptionalInt;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.tablerate.TableRate;

/** What the tests of label buying take for a carrier behaves as one. */
class RecordingCarrierContractTest extends CarrierContract {
  private final RecordingCarrier carrier = new RecordingCarrier();

  @Override
  protected CarrierProvider provider() {
    return Samples.provider(CarrierAccountId.STAND_IN, carrier);
  }

  @Override
  protected CarrierAccount account() {
    return TableRate.BUILT_IN_ACCOUNT;
  }

  @Override
  protected OptionalInt charges() {
    return OptionalInt.of(carrier.purchases());
  }

  @Override
  protected Optional<Consignment> refused() {
    carrier.refusal = Refused.conflict("parcel_too_heavy", "the parcel has more than 30 kg");
    return Optional.of(consignment(1, 40_000));
  }
}
