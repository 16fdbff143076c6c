package waybill.shipping.easypost;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Money;
import waybill.platform.Refused;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.Carrier.Insurance;
import waybill.shipping.carrier.CarrierApi;

/** What EasyPost insures: amounts in US dollars, for a fee beside the postage that it names once the label is bought. */
final class EasyPostInsurance {
  private static final String CURRENCY = "USD";
  private static final int CENTS = 2;

  private EasyPostInsurance() {}

  /** Why EasyPost cannot insure for this. */
  static Optional<Refused> objection(Money insured) {
    return insured == null || insured.currency().equals(CURRENCY)
        ? Optional.empty()
        : Optional.of(Refused.conflict("insurance_currency",
            "EasyPost insures in %s, and the account's insurance is in %s".formatted(CURRENCY, insured.currency())));
  }

  /** As EasyPost reads and writes it. */
  static String text(Money insured) {
    return BigDecimal.valueOf(insured.minorUnits(), CENTS).toPlainString();
  }

  /** For how much a shipment is insured; empty if it is not. */
  static Optional<Insurance> read(Map<String, Object> shipment) {
    return Amounts.money(shipment.get("insurance"), CURRENCY).filter(Money::isPositive)
        .map(it -> new Insurance(it, premium(shipment).orElse(null)));
  }

  private static Optional<Money> premium(Map<String, Object> shipment) {
    return CarrierApi.objects(shipment.get("fees")).stream().filter(it -> "InsuranceFee".equals(it.get("type")))
        .map(it -> Amounts.money(it.get("amount"), CURRENCY)).flatMap(Optional::stream).reduce(Money::plus);
  }
}
