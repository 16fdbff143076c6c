package waybill.shipping;

import java.util.Optional;
import java.util.function.Function;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.orders.Sale;
import waybill.platform.Outcome;
import waybill.shipping.carrier.CarrierAccount;

/** For how much parcels are insured, by the terms of the account that sells their labels and by what their goods were sold for. */
final class ParcelInsurance {
  private final Function<OrderId, Optional<Sale>> sales;

  ParcelInsurance(Function<OrderId, Optional<Sale>> sales) {
    this.sales = sales;
  }

  /** Empty if the account insures nothing, or the parcel is worth too little. Reads nothing unless its value counts. */
  Outcome<Optional<Money>> of(CarrierAccount account, OrderId order, Parcel parcel) {
    return account.insurance() == null
        ? Outcome.of(Optional.empty())
        : account.insurance().of(() -> value(order, parcel));
  }

  private Money value(OrderId order, Parcel parcel) {
    Sale sale = sales.apply(order).orElseThrow(() -> new IllegalStateException(order + " is not placed"));
    return new Money(parcel.lines().stream()
        .mapToLong(it -> sale.find(it.lineId()).map(sold -> sold.net(it.quantity())).orElse(0L)).sum(),
        sale.currency());
  }
}
