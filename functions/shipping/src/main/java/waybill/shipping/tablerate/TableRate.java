package waybill.shipping.tablerate;

import java.util.List;
import java.util.Optional;
import waybill.catalog.CarrierAccountId;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider;

/** The built-in stand-in. Orders that are not live use it if their channel names no carrier account. */
public final class TableRate implements CarrierProvider {
  /** The account that needs no configuration. */
  public static final CarrierAccountId BUILT_IN = new CarrierAccountId(CarrierAccountId.STAND_IN, "built-in");
  /** What the parameter store would say of it. */
  public static final CarrierAccount BUILT_IN_ACCOUNT = CarrierAccount.of(CarrierAccountId.STAND_IN, false,
      List.of());

  @Override
  public String code() {
    return CarrierAccountId.STAND_IN;
  }

  @Override
  public Optional<Carrier> carrier(CarrierAccount account) {
    return Optional.of(new TableRateCarrier(account.dimensionalDivisor()));
  }
}
