package waybill.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messages.ChannelId;
import waybill.messages.SkuQuantity;

/**
 * The delivery options that a checkout was offered together. An order that names one of them in time has its price, its method and its days.
 *
 * @param id the part that the ids of its options have in common
 * @param lines one entry a SKU, by SKU
 * @param expiresAt when its options are no longer taken
 * @param forgetAt when the table may forget it, in seconds since 1970
 */
public record DeliveryQuote(String id, ChannelId channel, Destination destination, List<SkuQuantity> lines,
    String currency, List<DeliveryOption> options, Instant expiresAt, long forgetAt) {

  public Optional<DeliveryOption> option(DeliveryOptionId option) {
    return options.stream().filter(it -> it.id().equals(option)).findFirst();
  }
}
