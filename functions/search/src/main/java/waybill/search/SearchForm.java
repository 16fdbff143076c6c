package waybill.search;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.messages.ChannelId;
import waybill.messages.Sku;
import waybill.orders.Awaiting;
import waybill.orders.OrderStatus;
import waybill.orders.Orders;
import waybill.platform.Parameters;

/** Reads what is looked for from a request's parameters; what breaks a rule is remembered by them. */
final class SearchForm {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_CUSTOMER_ID = 100;

  private final Parameters parameters;
  private final Map<Criterion, Object> asked = new EnumMap<>(Criterion.class);

  private SearchForm(Parameters parameters) {
    this.parameters = parameters;
  }

  /** All that operators may look for. */
  static Search read(Parameters parameters) {
    var form = new SearchForm(parameters);
    form.lists();
    form.text(Criterion.NUMBER, Writing::number, "is an order's number");
    form.text(Criterion.REFERENCE, it -> it, "is a storefront's reference, 1 to 200 characters");
    form.text(Criterion.EMAIL, Writing::email, "is a mail address");
    form.text(Criterion.PHONE, it -> Phone.of(it, null).orElseThrow(IllegalArgumentException::new),
        "is a phone number: 4 to 20 digits");
    form.text(Criterion.NAME, SearchForm::words, "has a word of two letters or more");
    form.text(Criterion.TRACKING_NUMBER, Writing::trackingNumber, "is a tracking number");
    form.text(Criterion.SKU, it -> new Sku(it).value(), "is a SKU");
    form.text(Criterion.TAG, Writing::tag, "is a tag");
    form.choice(Criterion.STATUS, OrderStatus.values());
    form.choice(Criterion.AWAITING, Awaiting.values());
    form.time(Criterion.PLACED_AFTER);
    form.time(Criterion.UPDATED_AFTER);
    return new Search(form.asked);
  }

  /** What those may look for who see all orders. */
  static Search readLists(Parameters parameters) {
    var form = new SearchForm(parameters);
    form.lists();
    return new Search(form.asked);
  }

  private void lists() {
    put(Criterion.CHANNEL, parameters.parsed("channel", ChannelId::new, "invalid", "is a channel's id"));
    put(Criterion.CUSTOMER_ID, parameters.parsed("customer_id", SearchForm::customer, "invalid",
        "has 1 to %d characters".formatted(MAX_CUSTOMER_ID)));
    List<String> holds = Orders.holdReasons();
    put(Criterion.HOLD, parameters.parsed("hold", it -> oneOf(holds, it), "unknown_value",
        "is one of " + String.join(", ", holds)));
    if (parameters.text("customer_id") != null && parameters.text("channel") == null) {
      parameters.refuse("channel", "required", "goes with customer_id, which is an id of its channel");
    }
  }

  private void text(Criterion criterion, Function<String, Object> reading, String rule) {
    put(criterion, parameters.parsed(criterion.text(), it -> {
      if (it.isBlank() || it.length() > MAX_LENGTH) {
        throw new IllegalArgumentException();
      }
      return reading.apply(it);
    }, "invalid", rule));
  }

  private <E extends Enum<E>> void choice(Criterion criterion, E[] values) {
    List<String> names = Stream.of(values).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    put(criterion, parameters.parsed(criterion.text(), it -> values[names.indexOf(oneOf(names, it))], "unknown_value",
        "is one of " + String.join(", ", names)));
  }

  private void time(Criterion criterion) {
    put(criterion, parameters.time(criterion.text()));
  }

  private void put(Criterion criterion, Object value) {
    if (value != null) {
      asked.put(criterion, value);
    }
  }

  private static String oneOf(List<String> names, String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException();
    }
    return name;
  }

  private static String customer(String id) {
    if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_CUSTOMER_ID) {
      throw new IllegalArgumentException();
    }
    return id;
  }

  private static List<String> words(String name) {
    List<String> words = Writing.words(name);
    if (words.isEmpty()) {
      throw new IllegalArgumentException();
    }
    return words;
  }
}
