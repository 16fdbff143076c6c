package waybill.catalog;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A way to have an order delivered, as it was offered: what it costs and when it comes.
 *
 * @param method the channel's shipping method
 * @param carrierAccount whose label is to be bought; null for the channel's first account that takes the parcel
 * @param carrier who carries it, as customers know it
 * @param service what of the carrier's is bought; null for what the account has
 * @param price in minor units of the quote's currency
 * @param dispatchOn the day on which it leaves at the latest, by the location's clock
 * @param earliestAt the beginning of the earliest day of delivery, by the destination's clock
 * @param latestAt the end of the latest one
 * @param confidence how many of a hundred such parcels came by then; null if too few were measured
 */
public record DeliveryOption(DeliveryOptionId id, String method, CarrierAccountId carrierAccount, String carrier,
    String service, long price, LocalDate dispatchOn, Instant earliestAt, Instant latestAt, Integer confidence) {

  /** The same under this id. */
  public DeliveryOption as(DeliveryOptionId other) {
    return new DeliveryOption(other, method, carrierAccount, carrier, service, price, dispatchOn, earliestAt, latestAt,
        confidence);
  }
}
