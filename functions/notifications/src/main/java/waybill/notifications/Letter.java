package waybill.notifications;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.Channel;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Message.CustomerNews;
import waybill.messages.Message.OrderCancelled;
import waybill.messages.Message.OrderDelivered;
import waybill.messages.Message.OrderPaymentFailed;
import waybill.messages.Message.OrderReleased;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Message.ShipmentOutForDelivery;
import waybill.messages.ParcelId;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.RefundStatus;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderParcel;
import waybill.orders.OrderPayment;
import waybill.orders.OrderState;
import waybill.platform.ComeBack;

/**
 * What a mail says, in words and numbers of its language; the templates only lay it out. Every text in it fits on a line.
 *
 * @param name whom it greets; empty where nobody said
 * @param number what the customer calls the order
 * @param channel what the shop calls itself
 * @param items what the mail is about: the whole order, or what is in the parcel
 * @param sums what adds up to the total
 * @param included taxes that the total contains already
 * @param address where it goes, line by line; empty where nothing ships
 * @param detail what only some mails are about; null where it is the order alone
 */
public record Letter(Language language, String name, String number, String channel, List<Item> items, List<Amount> sums,
    Amount total, List<Amount> included,
    List<String> address, Detail detail) {

  /** Whether anything of it is carried to somebody. */
  public boolean ships() {
    return !address.isEmpty();
  }

  /** @param amount what the whole line costs, also where only some of its units are in the parcel */
  public record Item(String name, int quantity, String unitPrice, List<Amount> discounts, String amount) {}

  public record Amount(String label, String value) {}

  /** What a kind of mail says beside what every mail says. */
  public sealed interface Detail {}

  /** @param partial whether the order travels in more parcels than this one */
  public record Shipment(String carrier, String trackingNumber, String url, boolean partial) implements Detail {}

  /** @param until when the money must be there */
  public record Unpaid(String until) implements Detail {}

  /**
   * @param reason that it is cancelled and why, as a sentence
   * @param refund how much goes back to where it was paid with; empty for nothing
   * @param shopRefund how much the shop must give back on another way; empty for nothing
   * @param held whether money was held that is let go
   */
  public record Cancelled(String reason, String refund, String shopRefund, boolean held) implements Detail {

    public boolean charged() {
      return !refund.isEmpty() || !shopRefund.isEmpty();
    }
  }

  /** The parcel that the mail is about. */
  public Shipment shipment() {
    return (Shipment) detail;
  }

  /** The payment that the order waits for. */
  public Unpaid unpaid() {
    return (Unpaid) detail;
  }

  /** How the order ended. */
  public Cancelled cancelled() {
    return (Cancelled) detail;
  }

  /** Countries that write the postal code behind the city and the state. */
  private static final Set<String> CITY_FIRST = Set.of("US", "CA", "AU", "GB", "IE", "NZ", "IN");

  /**
   * @param url where the order's parcels can be followed; asked for only where the mail says so
   * @throws ComeBack where the order does not know the parcel, its label, or its own end yet
   */
  static Letter of(CustomerNews news, OrderContent content, OrderState state, Channel channel, Supplier<String> url) {
    OrderForm form = content.form();
    Language language = Language.of(form.customer().locale(), channel.locale());
    var words = new Words(form, language);
    return switch (news) {
      case OrderReleased _, OrderDelivered _ ->
        words.letter(channel, words.wholeOrder(), null, !content.shippedLines().isEmpty());
      case OrderPaymentFailed _ -> words.letter(channel, words.wholeOrder(),
          new Unpaid(language.time(state.terms().payBy(), ZoneId.of(channel.timeZone()))), false);
      case OrderCancelled _ -> words.letter(channel, words.wholeOrder(), cancelled(state, language), false);
      case ShipmentLabelled it -> {
        OrderParcel parcel = parcel(state, it.parcel());
        yield words.letter(channel, words.items(parcel.parcel().lines()),
            new Shipment(Printable.of(it.carrier()), Printable.of(it.trackingNumber()), url.get(),
                isPartial(parcel, state)),
            true);
      }
      case ShipmentOutForDelivery it -> words.letter(channel, labelled(state, it.parcel()), state, url);
      case ShipmentDeliveryFailed it -> words.letter(channel, labelled(state, it.parcel()), state, url);
    };
  }

  /** What was captured goes back: by its provider, unless the shop took it itself or the provider has refused for good. */
  private static Cancelled cancelled(OrderState state, Language language) {
    if (!state.isCancelled()) {
      throw new ComeBack("order %s does not know that it is cancelled yet".formatted(state.id()));
    }
    var byProvider = new ArrayList<Payment>();
    var byShop = new ArrayList<Payment>();
    for (OrderPayment it : state.ownPayments()) {
      if (it.refund() != null && it.payment().captured().isPositive()) {
        boolean shops = it.payment().account().isEmpty() || it.refund().status() == RefundStatus.FAILED;
        (shops ? byShop : byProvider).add(it.payment());
      }
    }
    boolean held = state.ownPayments().stream().map(OrderPayment::payment)
        .anyMatch(it -> it.captured().isZero() && it.authorized().isPositive());
    return new Cancelled(language.cancelled(state.cancellation().reason()), sum(byProvider, language),
        sum(byShop, language), held);
  }

  /** A payment of another currency than its order's goes back as it came. */
  private static String sum(List<Payment> payments, Language language) {
    var sums = new TreeMap<String, Money>();
    payments.forEach(it -> sums.merge(it.currency(), it.captured(), Money::plus));
    return String.join(language.and(), sums.values().stream().map(language::money).toList());
  }

  private static OrderParcel parcel(OrderState state, ParcelId id) {
    return Relevance.parcel(state, id)
        .orElseThrow(() -> new ComeBack("order %s does not know %s yet".formatted(state.id(), id)));
  }

  /** A carrier may scan faster than the order hears of the label, and the mail names its number. */
  private static OrderParcel labelled(OrderState state, ParcelId id) {
    OrderParcel parcel = parcel(state, id);
    if (parcel.trackingNumber() == null) {
      throw new ComeBack("order %s does not know the label of %s yet".formatted(state.id(), id));
    }
    return parcel;
  }

  private static boolean isPartial(OrderParcel parcel, OrderState state) {
    return parcel.parcel().lines().stream().mapToInt(LineQuantity::quantity).sum() < state.unitsToShip();
  }

  /** An order's content in the words of a language. */
  private record Words(OrderForm form, Language language) {

    Letter letter(Channel channel, OrderParcel parcel, OrderState state, Supplier<String> url) {
      return letter(channel, items(parcel.parcel().lines()),
          new Shipment(Printable.of(parcel.carrier()), Printable.of(parcel.trackingNumber()), url.get(),
              isPartial(parcel, state)),
          true);
    }

    Letter letter(Channel channel, List<Item> items, Detail detail, boolean ships) {
      String number = Printable.of(form.number());
      return new Letter(language, Printable.of(form.customer().name()),
          number.isEmpty() ? Printable.of(form.reference()) : number, Printable.of(channel.name()), items,
          sums(), new Amount(language.total(), money(form.total())),
          form.taxesIncluded() ? taxes(language.including() + " ") : List.of(),
          ships && form.shippingAddress() != null ? address(form.shippingAddress()) : List.of(), detail);
    }

    private String money(long minor) {
      return language.money(new Money(minor, form.currency()));
    }

    List<Item> wholeOrder() {
      return form.lines().stream().map(line -> item(line, line.quantity())).toList();
    }

    List<Item> items(List<LineQuantity> packed) {
      Map<LineId, OrderForm.Line> lines = new LinkedHashMap<>();
      for (int i = 0; i < form.lines().size(); i++) {
        lines.put(OrderContent.lineId(i), form.lines().get(i));
      }
      return packed.stream().map(it -> item(lines.get(it.lineId()), it.quantity())).toList();
    }

    private Item item(OrderForm.Line line, int quantity) {
      String name = Printable.of(line.name());
      List<Amount> discounts = line.discounts().stream().filter(it -> it.amount() > 0).map(this::discount).toList();
      return new Item(name.isEmpty() ? line.sku().value() : name, quantity, money(line.unitPrice()), discounts,
          money(goods(line.total(), line.taxes())));
    }

    private Amount discount(OrderForm.Discount discount) {
      String code = Printable.of(discount.code());
      return new Amount(code.isEmpty() ? language.discount() : code, money(-discount.amount()));
    }

    /** A total without the taxes that come on top, which stand in a line of their own. */
    private long goods(long total, List<OrderForm.Tax> taxes) {
      return form.taxesIncluded() ? total : total - taxes.stream().mapToLong(OrderForm.Tax::amount).sum();
    }

    private List<Amount> sums() {
      var sums = new ArrayList<Amount>();
      sums.add(new Amount(language.subtotal(),
          money(form.lines().stream().mapToLong(it -> goods(it.total(), it.taxes())).sum())));
      OrderForm.Shipping shipping = form.shipping();
      if (shipping != null) {
        String name = Printable.of(shipping.name());
        sums.add(new Amount(name.isEmpty() ? language.shipping() : language.shipping() + " (" + name + ")",
            money(goods(shipping.total(), shipping.taxes()))));
      }
      if (!form.taxesIncluded()) {
        sums.addAll(taxes(""));
      }
      return List.copyOf(sums);
    }

    /** The taxes by name and rate, in the order in which they first appear. */
    private List<Amount> taxes(String prefix) {
      var taxes = new LinkedHashMap<String, Long>();
      Stream<OrderForm.Tax> shipping = form.shipping() == null ? Stream.empty() : form.shipping().taxes().stream();
      Stream.concat(form.lines().stream().flatMap(it -> it.taxes().stream()), shipping).filter(it -> it.amount() > 0)
          .forEach(it -> taxes.merge(label(it), it.amount(), Math::addExact));
      return taxes.entrySet().stream().map(it -> new Amount(prefix + it.getKey(), money(it.getValue()))).toList();
    }

    private String label(OrderForm.Tax tax) {
      String name = Printable.of(tax.name());
      String known = name.isEmpty() ? language.tax() : name;
      return tax.rate() == null ? known : known + " " + language.percent(tax.rate());
    }

    private List<String> address(Address address) {
      String city = CITY_FIRST.contains(address.country().toUpperCase(Locale.ROOT))
          ? joined(" ", joined(", ", address.city(), address.state()), address.postalCode())
          : joined(", ", joined(" ", address.postalCode(), address.city()), address.state());
      return Stream
          .of(address.name(), address.company(), address.line1(), address.line2(), city,
              language.country(address.country()))
          .map(Printable::of)
          .filter(it -> !it.isEmpty()).toList();
    }

    private static String joined(String separator, String... parts) {
      return String.join(separator, Stream.of(parts).filter(Objects::nonNull).filter(it -> !it.isBlank()).toList());
    }
  }
}
