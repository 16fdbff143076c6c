package waybill.incidents;

import java.util.Map;
import java.util.Optional;
import waybill.messages.IncidentKind;
import waybill.shipping.carrier.Losses;

/** The words of brokers for what is worse than a parcel that only waits, or comes again tomorrow. A code that is not here means what its status means. */
final class Reasons {
  private static final Map<String, IncidentKind> KINDS = Map.of(
      // EasyPost's status_detail
      "damaged", IncidentKind.DAMAGED, "refused", IncidentKind.REFUSED,
      // Karrio's incident reasons
      "carrier_damaged_parcel", IncidentKind.DAMAGED, "consignee_refused",
      IncidentKind.REFUSED);

  private Reasons() {}

  /** @param code null if the carrier gave none */
  static Optional<IncidentKind> kind(String code) {
    return Losses.isLost(code) ? Optional.of(IncidentKind.LOST) : Optional.ofNullable(code).map(KINDS::get);
  }
}
