package waybill.catalog;

import java.util.List;
import java.util.Optional;
import waybill.messages.ChannelId;
import waybill.messages.StockPool;
import waybill.messages.WithoutMulticapture;

/**
 * A shop, a marketplace or a distributor's portal that places orders.
 *
 * @param currencies what orders may be placed in, by ISO 4217
 * @param locale the language its customers are written to where an order names none, by BCP 47
 * @param mailSender the address that mails to its customers come from
 * @param livemode whether its orders are real
 * @param paymentAccounts the accounts at payment providers whose money counts for its orders
 * @param carrierAccounts the accounts that sell labels for its parcels: the first that takes a parcel sells its label. If there
 *     are none, the built-in stand-in sells those of a channel that is not live, and nobody those of a live one
 * @param stockPool the stock that it may sell
 * @param minutesToPay how long an order waits for its money
 * @param payUrl the shop's page on which a customer pays an order, with {@code {order_id}} or {@code {reference}} in it; null if there is none
 * @param paymentReminderMinutes how long before the time to pay is over a customer is reminded; 0 for never
 * @param capture when what its customers authorise is captured
 * @param shippingMethods the methods that an order may be shipped by; any if there are none
 * @param brand how its customers see it
 * @param customs how its parcels cross customs borders
 * @param gs1Prefix the shop's GS1 company prefix, under which each of its parcels gets a serial shipping container code; null for none
 */
public record Channel(ChannelId id, String name, List<String> currencies, String locale, String timeZone,
    String mailSender, boolean livemode,
    List<PaymentAccount> paymentAccounts, List<CarrierAccountId> carrierAccounts, StockPool stockPool, int minutesToPay,
    String payUrl, int paymentReminderMinutes, Capture capture,
    List<ShippingMethod> shippingMethods, Brand brand, CustomsTerms customs, String gs1Prefix) {

  /** Channels that were put before there were brands or customs have none. */
  public Channel {
    brand = brand == null ? Brand.PLAIN : brand;
    customs = customs == null ? CustomsTerms.NONE : customs;
  }

  /** A channel that has said nothing about customs, and has no GS1 company prefix. */
  public Channel(ChannelId id, String name, List<String> currencies, String locale, String timeZone, String mailSender,
      boolean livemode, List<PaymentAccount> paymentAccounts, List<CarrierAccountId> carrierAccounts,
      StockPool stockPool,
      int minutesToPay, String payUrl, int paymentReminderMinutes, Capture capture,
      List<ShippingMethod> shippingMethods,
      Brand brand) {
    this(id, name, currencies, locale, timeZone, mailSender, livemode, paymentAccounts, carrierAccounts, stockPool,
        minutesToPay, payUrl, paymentReminderMinutes, capture, shippingMethods, brand, null, null);
  }

  /** When an authorised payment is captured. */
  public enum Capture {
    /** As soon as it is authorised and the order's stock is promised. */
    ON_AUTHORIZATION,
    /** What a packed fulfillment is worth, before it leaves. */
    ON_DISPATCH,
    /** When somebody says so, here or at the provider. */
    MANUAL
  }

  /**
   * An account at a payment provider.
   *
   * @param withoutMulticapture what becomes of an order that ships more than once if its payment can be captured only once
   */
  public record PaymentAccount(String provider, String account, WithoutMulticapture withoutMulticapture) {

    /** Accounts that were named before there were captures hold. */
    public PaymentAccount {
      withoutMulticapture = withoutMulticapture == null ? WithoutMulticapture.HOLD : withoutMulticapture;
    }

    public PaymentAccount(String provider, String account) {
      this(provider, account, WithoutMulticapture.HOLD);
    }

    /** Whether this is the account of this name. */
    public boolean is(String provider, String account) {
      return this.provider.equals(provider) && this.account.equals(account);
    }
  }

  /** The method of this code; empty if it has none of it. */
  public Optional<ShippingMethod> method(String code) {
    return shippingMethods.stream().filter(it -> it.code().equals(code)).findFirst();
  }
}
