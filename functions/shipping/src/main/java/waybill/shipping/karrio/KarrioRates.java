package waybill.shipping.karrio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.Rates;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates.Rate;

/** The rates in an answer of Karrio, as far as the account may buy them. */
final class KarrioRates {
  private KarrioRates() {}

  /**
   * Which services the account may buy is decided here: asked for a service that no carrier has, Karrio answers with all of them.
   *
   * @param to whose words no message may hold
   */
  static Rates read(Map<String, Object> answer, CarrierAccount account, Address to) {
    var rates = new ArrayList<Rate>();
    var messages = new ArrayList<Message>();
    for (Map<?, ?> it : CarrierApi.objects(answer.get("rates"))) {
      Optional<Rate> rate = rate(it);
      if (rate.isEmpty()) {
        messages.add(new Message(carrier(it), "unreadable_rate", "a rate without service and price"));
      } else if (account.services().isEmpty() || account.services().contains(rate.get().name())) {
        rates.add(rate.get());
      }
    }
    messages.addAll(messages(answer, to));
    if (CarrierApi.objects(answer.get("rates")).isEmpty() && messages.isEmpty()) {
      messages.add(new Message(null, "no_rate", "Karrio's carriers give neither a price nor a reason"));
    }
    return Rates.inOneCurrency(rates, messages, account.currency());
  }

  /** Empty if it lacks what a rate must have. A price of zero is none: Karrio's own carrier has it if nobody has entered prices. */
  static Optional<Rate> rate(Map<?, ?> rate) {
    Optional<Money> price = Amounts.money(rate.get("total_charge"), rate.get("currency")).filter(Money::isPositive);
    String carrier = carrier(rate);
    String service = CarrierText.name(rate.get("service"));
    if (price.isEmpty() || carrier == null || service == null) {
      return Optional.empty();
    }
    return Optional.of(new Rate(CarrierText.name(rate.get("id")), carrier, service, price.get(), null, null, days(rate),
        time(rate.get("estimated_delivery")), false));
  }

  /** What its carriers object to, beside the rates or instead of them. */
  static List<Message> messages(Map<String, Object> answer, Address to) {
    return CarrierApi.objects(answer.get("messages")).stream().map(it -> new Message(carrier(it),
        CarrierText.code(it.get("code")), CarrierText.without(to, it.get("message")))).toList();
  }

  static String carrier(Map<?, ?> object) {
    String code = CarrierText.name(object.get("carrier_name"));
    return code == null ? null : KarrioNames.display(code);
  }

  private static Integer days(Map<?, ?> rate) {
    return rate.get("transit_days") instanceof Long days && days >= 0 && days <= 365
        ? Integer.valueOf(days.intValue())
        : null;
  }

  /** Null for what is no time: no rate is lost because of it, and a day alone is no time. */
  private static Instant time(Object time) {
    try {
      return time instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
