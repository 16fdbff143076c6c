package waybill.incidents;

import java.util.Map;
import java.util.Optional;
import waybill.messages.IncidentKind;

/** The words of brokers for what is worse than a parcel that only waits, or comes again tomorrow. A code that is not here means what its status means. */
final class Reasons {
  private static final Map<String, IncidentKind> KINDS = Map.of(
      // EasyPost's status_detail
      "lost", IncidentKind.LOST, "damaged", IncidentKind.DAMAGED, "refused", IncidentKind.REFUSED,
      // Karrio's incident reasons
      "carrier_parcel_lost", IncidentKind.LOST, "carrier_damaged_parcel", IncidentKind.DAMAGED, "consignee_refused",
      IncidentKind.REFUSED);

  private Reasons() {}

  /** @param code null if the carrier gave none */
  static Optional<IncidentKind> kind(String code) {
    return Optional.ofNullable(code).map(KINDS::get);
  }
}
