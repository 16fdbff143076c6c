package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.catalog.DeliveryOptionId;
import waybill.messages.ChannelId;
import waybill.messages.CreditId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.ReservationId;
import waybill.messages.Sku;

/**
 * An order as a storefront sends it. Amounts are in minor units of the currency by ISO 4217; what was not sent is null or
 * empty. Two forms are the same order exactly when they are equal.
 *
 * @param reference the storefront's own id; with the channel it is the order's natural key
 * @param number what the customer calls the order
 * @param taxesIncluded whether unit prices contain taxes
 * @param reservationId what its checkout has kept for it
 * @param deliveryOptionId which of the ways to be delivered that its checkout was offered it has chosen
 * @param backorders whether what is there leaves before the rest of it has come
 */
public record OrderForm(String reference, String number, ChannelId channel, Instant placedAt, String currency,
    boolean taxesIncluded, Customer customer,
    Address shippingAddress, Address billingAddress, List<Line> lines, Shipping shipping, Rounding rounding, long total,
    List<NamedPayment> payments, Instant paymentExpiresAt,
    Gift gift, String note, List<String> tags, String sellerId, ReservationId reservationId,
    DeliveryOptionId deliveryOptionId, Backorders backorders, Map<String, String> metadata) {

  /** How an order leaves of which some units are not there yet. */
  public enum Backorders {
    /** All of it together, once the last unit has come. */
    WHOLE,
    /** What is there at once, and the rest as it comes. */
    PARTIAL
  }

  /** Orders that were placed before they could ask for it wait as a whole. */
  public OrderForm {
    backorders = backorders == null ? Backorders.WHOLE : backorders;
  }

  /** The store credit of its customer; empty for a guest, who has none. */
  public Optional<CreditId> credit() {
    return Optional.ofNullable(customer.id()).map(it -> CreditId.of(channel, it, currency));
  }

  /** The same with payments out of store credit being out of its customer's, if they have any. */
  OrderForm withCredit() {
    List<NamedPayment> all = payments.stream()
        .map(it -> it.isCredit() ? credit().map(it::outOf).orElse(it) : it).toList();
    return all.equals(payments)
        ? this
        : new OrderForm(reference, number, channel, placedAt, currency, taxesIncluded, customer, shippingAddress,
            billingAddress, lines, shipping, rounding, total, all, paymentExpiresAt, gift, note, tags, sellerId,
            reservationId, deliveryOptionId, backorders, metadata);
  }

  /** The same with these lines, and what they make the total. */
  OrderForm with(List<Line> other, long sum) {
    return new OrderForm(reference, number, channel, placedAt, currency, taxesIncluded, customer, shippingAddress,
        billingAddress, other, shipping, rounding, sum, payments, paymentExpiresAt, gift, note, tags, sellerId,
        reservationId, deliveryOptionId, backorders, metadata);
  }

  /** The same to another address, by another method; it costs what it cost. */
  OrderForm to(Address address, String method) {
    Shipping by = shipping == null
        ? null
        : new Shipping(method, shipping.name, shipping.price, shipping.discounts, shipping.taxes, shipping.total);
    return new OrderForm(reference, number, channel, placedAt, currency, taxesIncluded, customer, address,
        billingAddress, lines, by, rounding, total, payments, paymentExpiresAt, gift, note, tags, sellerId,
        reservationId, deliveryOptionId, backorders, metadata);
  }

  long roundingAmount() {
    return rounding == null ? 0 : rounding.amount();
  }

  /** @param id the storefront's id of the customer; null for a guest */
  public record Customer(String id, String email, String phone, String name, String locale) {}

  public record Line(String reference, Sku sku, String name, int quantity, long unitPrice, List<Discount> discounts,
      List<Tax> taxes, long total,
      Map<String, String> metadata) {}

  public record Discount(String code, long amount) {}

  /** @param rate as a decimal fraction, for example 0.19 */
  public record Tax(String name, String rate, long amount) {}

  public record Shipping(String method, String name, long price, List<Discount> discounts, List<Tax> taxes,
      long total) {}

  /**
   * A payment that the order is to be paid with.
   *
   * @param account the merchant's account at the provider; empty if the provider has none
   * @param method what kind of external payment it is, or null
   * @param captured whether an external payment is there already
   * @param dueAt until when an external payment is waited for; null for as long as the order is
   */
  public record NamedPayment(String provider, String account, String reference, String method, long amount,
      boolean captured, Instant dueAt) {
    /** A provider's payment has one id wherever it is named; what others took is the order's own, as any order may name "cash". */
    PaymentId id(OrderId order) {
      return PaymentId.of(provider, account.isEmpty() || isCredit() ? order.value() : account, reference);
    }

    boolean isExternal() {
      return provider.equals("external");
    }

    boolean isCredit() {
      return provider.equals(CreditId.PROVIDER);
    }

    /** The same out of this credit. */
    NamedPayment outOf(CreditId credit) {
      return new NamedPayment(provider, credit.value(), reference, method, amount, captured, dueAt);
    }

    /** What is known of it when the order is placed. */
    Payment asPayment(OrderId order, String currency, Instant placedAt) {
      Payment pending = Payment.pending(id(order), provider, account, reference, currency, placedAt);
      var money = new Money(amount, currency);
      return captured
          ? new Payment(pending.id(), provider, account, reference, PaymentStatus.CAPTURED, money, money, placedAt)
          : pending;
    }

    /** Whether its provider sends events about it; the storefront reports other money itself. */
    boolean isWatched() {
      return provider.equals("stripe");
    }
  }

  /**
   * What a shop's total differs by from the sum of its lines.
   *
   * @param amount may be negative
   */
  public record Rounding(long amount, Reason reason) {

    /** CASH: to the smallest coin; TOTAL: the shop rounds its totals and not its lines. */
    public enum Reason {
      CASH, TOTAL
    }
  }

  public record Gift(String message, boolean hidePrices) {}
}
