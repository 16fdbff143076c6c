package waybill.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.messages.ChannelId;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;

/**
 * Something that an order is found by.
 *
 * @param value as all ways to write it are written
 */
record Term(Kind kind, String value) {
  /** Of one name. A full name has fewer; what is more is not found by. */
  private static final int MOST_WORDS = 8;

  enum Kind {
    /** All orders of a channel. */
    CHANNEL, NUMBER, EMAIL, PHONE, NAME, SKU, TAG
  }

  static Term channel(ChannelId channel) {
    return new Term(Kind.CHANNEL, channel.value());
  }

  /** @param value in the writing that {@link Writing} gives it */
  static Term of(Criterion criterion, String value) {
    return new Term(Kind.valueOf(criterion.name()), value);
  }

  static Term phone(Phone phone) {
    return new Term(Kind.PHONE, phone.tail());
  }

  /** All that an order is found by. @param tags those that it has now */
  static Set<Term> of(OrderContent content, Collection<String> tags) {
    OrderForm form = content.form();
    var terms = new LinkedHashSet<Term>();
    terms.add(channel(form.channel()));
    if (form.number() != null && Writing.isNumber(form.number())) {
      terms.add(new Term(Kind.NUMBER, Writing.number(form.number())));
    }
    terms.add(new Term(Kind.EMAIL, Writing.email(form.customer().email())));
    phones(content).forEach(it -> terms.add(phone(it)));
    words(content).forEach(it -> terms.add(new Term(Kind.NAME, it)));
    form.lines().forEach(it -> terms.add(new Term(Kind.SKU, it.sku().value())));
    content.kits().stream().flatMap(it -> it.components().stream())
        .forEach(it -> terms.add(new Term(Kind.SKU, it.sku().value())));
    tags.forEach(it -> terms.add(new Term(Kind.TAG, Writing.tag(it))));
    return terms;
  }

  /** The phone numbers of the customer and of who receives the order. */
  static List<Phone> phones(OrderContent order) {
    return Stream.concat(Stream.of(order.form().customer()).map(OrderForm.Customer::phone),
        addresses(order).map(Address::phone))
        .filter(Objects::nonNull).flatMap(it -> Phone.of(it, country(order)).stream()).distinct().toList();
  }

  private static String country(OrderContent order) {
    return addresses(order).map(Address::country).findFirst().orElse(null);
  }

  /** The words of the names of the customer and of who receives and who pays for the order. */
  static Set<String> words(OrderContent order) {
    var words = new LinkedHashSet<String>();
    Stream.concat(Stream.of(order.form().customer()).map(OrderForm.Customer::name),
        addresses(order).map(Address::name))
        .filter(Objects::nonNull).forEach(it -> Writing.words(it).stream().limit(MOST_WORDS).forEach(words::add));
    return words;
  }

  /** Also the one that was corrected: its entries stay in the index, and the order is still found by it. */
  private static Stream<Address> addresses(OrderContent order) {
    Address corrected = order.asPlaced() == null ? null : order.asPlaced().address();
    return Stream.of(order.form().shippingAddress(), order.form().billingAddress(), corrected).filter(Objects::nonNull);
  }
}
