package waybill.search;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.messages.ChannelId;
import waybill.orders.OrderContent;
import waybill.orders.Orders.ListedOrder;

/** What is looked for: an order that all of it is true of. @param asked each criterion's value, in one writing */
record Search(Map<Criterion, Object> asked) {
  Search {
    asked = Map.copyOf(asked);
  }

  boolean has(Criterion criterion) {
    return asked.containsKey(criterion);
  }

  String text(Criterion criterion) {
    return (String) asked.get(criterion);
  }

  ChannelId channel() {
    return (ChannelId) asked.get(Criterion.CHANNEL);
  }

  Phone phone() {
    return (Phone) asked.get(Criterion.PHONE);
  }

  Instant placedAfter() {
    return (Instant) asked.get(Criterion.PLACED_AFTER);
  }

  List<String> name() {
    return ((List<?>) asked.get(Criterion.NAME)).stream().map(String.class::cast).toList();
  }

  /** The word of the name that fewest people have, as far as a word tells: the longest. */
  String rarestWord() {
    return name().stream().max(Comparator.comparingInt(String::length)).orElseThrow();
  }

  /** What is left to be checked of an order that was found by these. */
  Search without(Criterion... proven) {
    var rest = new EnumMap<Criterion, Object>(Criterion.class);
    rest.putAll(asked);
    List.of(proven).forEach(rest::remove);
    return new Search(rest);
  }

  /** Whether it takes what was ordered to decide. */
  boolean needsContent() {
    return asked.keySet().stream().anyMatch(Criterion::isOfContent);
  }

  /** Whether it is true of an order as far as a list knows it. */
  boolean matches(ListedOrder order) {
    return asked.entrySet().stream().allMatch(it -> switch (it.getKey()) {
      case CHANNEL -> it.getValue().equals(order.channel());
      case STATUS -> it.getValue() == order.status();
      case AWAITING -> it.getValue() == order.awaiting();
      case HOLD -> order.holds().contains(it.getValue());
      case UPDATED_AFTER -> order.updatedAt().isAfter((Instant) it.getValue());
      case TRACKING_NUMBER ->
        order.trackingNumbers().stream().map(Writing::trackingNumber).anyMatch(it.getValue()::equals);
      case CUSTOMER_ID, NUMBER, REFERENCE, EMAIL, PHONE, NAME, SKU, TAG, PLACED_AFTER -> true;
    });
  }

  /** Whether it is true of what was ordered. @param tags that the order has now */
  boolean matches(OrderContent order, Collection<String> tags) {
    Set<Term> terms = Term.of(order, tags);
    return asked.entrySet().stream().allMatch(it -> switch (it.getKey()) {
      case CHANNEL, STATUS, AWAITING, HOLD, UPDATED_AFTER, TRACKING_NUMBER -> true;
      case CUSTOMER_ID -> it.getValue().equals(order.form().customer().id());
      case REFERENCE -> it.getValue().equals(order.form().reference());
      case NUMBER, EMAIL, SKU, TAG -> terms.contains(Term.of(it.getKey(), (String) it.getValue()));
      case PHONE -> Term.phones(order).stream().anyMatch(phone()::isSame);
      case NAME -> Term.words(order).containsAll(name());
      case PLACED_AFTER -> order.placedAt().isAfter(placedAfter());
    });
  }

  @Override
  public String toString() {
    return "Search by " + asked.keySet().stream().map(Criterion::text).sorted().collect(Collectors.joining(", "));
  }
}
