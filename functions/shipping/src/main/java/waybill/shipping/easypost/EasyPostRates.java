package waybill.shipping.easypost;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.shipping.carrier.CarrierAccount;
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
    for (Map<?, ?> it : objects(shipment.get("rates"))) {
      Optional<Rate> rate = rate(it);
      if (rate.isEmpty()) {
        messages.add(new Message(text(it.get("carrier")), "unreadable_rate", "a rate without service and price"));
      } else if (account.services().isEmpty() || account.services().contains(rate.get().name())) {
        rates.add(rate.get());
      }
    }
    for (Map<?, ?> it : objects(shipment.get("messages"))) {
      messages.add(new Message(text(it.get("carrier")), EasyPostText.code(it.get("type")),
          EasyPostText.without(to, it.get("message"))));
    }
    return inOneCurrency(rates, messages, account.currency());
  }

  /** Prices in two currencies cannot be compared: those in another than the account's are reported instead. */
  private static Rates inOneCurrency(List<Rate> rates, List<Message> messages, String wanted) {
    List<String> found = rates.stream().map(it -> it.price().currency()).distinct().toList();
    if (found.size() < 2 && (wanted == null || found.isEmpty() || found.contains(wanted))) {
      return new Rates(rates, messages);
    }
    if (wanted == null) {
      messages
          .add(new Message(null, "several_currencies", "the rates are in %s: the account's currency says which counts"
              .formatted(String.join(" and ", found))));
      return new Rates(List.of(), messages);
    }
    Map<Boolean, List<Rate>> comparable = rates.stream()
        .collect(Collectors.partitioningBy(it -> it.price().currency().equals(wanted)));
    comparable.get(false).forEach(it -> messages.add(new Message(it.carrier(), "other_currency",
        "%s is priced in %s, not in %s".formatted(it.name(), it.price().currency(), wanted))));
    return new Rates(comparable.get(true), messages);
  }

  /** Empty if it lacks what a rate must have. A price of zero is none. */
  static Optional<Rate> rate(Map<?, ?> rate) {
    Optional<Money> price = EasyPostAmounts.money(rate.get("rate"), rate.get("currency")).filter(Money::isPositive);
    String carrier = text(rate.get("carrier"));
    String service = text(rate.get("service"));
    if (price.isEmpty() || carrier == null || service == null) {
      return Optional.empty();
    }
    return Optional.of(new Rate(text(rate.get("id")), carrier, service, price.get(),
        EasyPostAmounts.money(rate.get("list_rate"), rate.get("list_currency")).orElse(null),
        EasyPostAmounts.money(rate.get("retail_rate"), rate.get("retail_currency")).orElse(null), days(rate),
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

  static List<Map<?, ?>> objects(Object list) {
    var objects = new ArrayList<Map<?, ?>>();
    (list instanceof List<?> elements ? elements : List.of()).forEach(it -> {
      if (it instanceof Map<?, ?> object) {
        objects.add(object);
      }
    });
    return objects;
  }

  /** Null for what is no text, or is empty or longer than names are. */
  static String text(Object value) {
    return value instanceof String text && !text.isBlank() && text.length() <= 100 ? text : null;
  }
}
