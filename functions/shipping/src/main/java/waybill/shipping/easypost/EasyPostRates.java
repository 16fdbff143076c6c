package waybill.shipping.easypost;

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

/** The rates of a shipment as EasyPost answers it, as far as the account may buy them. */
final class EasyPostRates {

  private EasyPostRates() {}

  /** @param to whose words no message may hold */
  static Rates read(Map<String, Object> shipment, CarrierAccount account, Address to) {
    var rates = new ArrayList<Rate>();
    var messages = new ArrayList<Message>();
    for (Map<?, ?> it : CarrierApi.objects(shipment.get("rates"))) {
      Optional<Rate> rate = rate(it);
      if (rate.isEmpty()) {
        messages.add(
            new Message(CarrierText.name(it.get("carrier")), "unreadable_rate", "a rate without service and price"));
      } else if (account.services().isEmpty() || account.services().contains(rate.get().name())) {
        rates.add(rate.get());
      }
    }
    for (Map<?, ?> it : CarrierApi.objects(shipment.get("messages"))) {
      messages.add(new Message(CarrierText.name(it.get("carrier")), CarrierText.code(it.get("type")),
          CarrierText.without(to, it.get("message"))));
    }
    return Rates.inOneCurrency(rates, messages, account.currency());
  }

  /** Empty if it lacks what a rate must have. A price of zero is none. */
  static Optional<Rate> rate(Map<?, ?> rate) {
    Optional<Money> price = Amounts.money(rate.get("rate"), rate.get("currency")).filter(Money::isPositive);
    String carrier = CarrierText.name(rate.get("carrier"));
    String service = CarrierText.name(rate.get("service"));
    if (price.isEmpty() || carrier == null || service == null) {
      return Optional.empty();
    }
    return Optional.of(new Rate(CarrierText.name(rate.get("id")), carrier, service, price.get(),
        Amounts.money(rate.get("list_rate"), rate.get("list_currency")).orElse(null),
        Amounts.money(rate.get("retail_rate"), rate.get("retail_currency")).orElse(null), days(rate),
        time(rate.get("delivery_date")), Boolean.TRUE.equals(rate.get("delivery_date_guaranteed"))));
  }

  private static Integer days(Map<?, ?> rate) {
    Object days = rate.get("delivery_days") == null ? rate.get("est_delivery_days") : rate.get("delivery_days");
    return days instanceof Long number && number >= 0 && number <= 365 ? Integer.valueOf(number.intValue()) : null;
  }

  /** Null for what is no time: no rate is lost because of it. */
  private static Instant time(Object time) {
    try {
      return time instanceof String text ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
