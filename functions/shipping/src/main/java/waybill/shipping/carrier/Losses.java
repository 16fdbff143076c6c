package waybill.shipping.carrier;

import java.util.Set;

/** The words by which brokers say that a parcel is lost. Carriers themselves have no code for it that is theirs alone. */
public final class Losses {
  /** EasyPost's {@code status_detail}, and Karrio's reason of an incident. */
  public static final Set<String> CODES = Set.of("lost", "carrier_parcel_lost");

  private Losses() {}

  /** @param code null if the carrier gave none */
  public static boolean isLost(String code) {
    return code != null && CODES.contains(code);
  }
}
