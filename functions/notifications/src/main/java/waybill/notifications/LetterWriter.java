package waybill.notifications;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.Channel;
import waybill.catalog.PlaceZone;
import waybill.digital.DigitalGoods;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.messages.PickupPoint;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary;
import waybill.orders.Orders;
import waybill.orders.OrderSummary.Package;

/**
 * Writes a letter about an order, block by block and in the customer's language. The keys of a mail's own words begin with
 * its kind; {@code subject}, {@code title} and {@code preview} are among them.
 */
final class LetterWriter {
  private static final String PART = ".part";

  private final Words words;
  private final String kind;
  private final OrderContent content;
  private final Channel channel;
  private final String orderUrl;
  private final Ordered goods;
  private final Map<String, String> values = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Block.Fact> pickup = new ArrayList<>();
  private String variant = "";
  private List<DigitalGoods.Goods> digital = List.of();
  private Orders.Expected expected;

  /**
   * @param names what the catalog calls what the order does not name
   * @param orderUrl where the customer sees the order
   */
  LetterWriter(Words words, String kind, OrderContent content, Channel channel, Map<Sku, String> names,
      String orderUrl) {
    this.words = words;
    this.kind = kind;
    this.content = content;
    this.channel = channel;
    this.orderUrl = orderUrl;
    this.goods = new Ordered(content, content.form(), words, names);
    String number = Printable.of(form().number());
    put("order", number.isEmpty() ? Printable.of(form().reference()) : number);
    put("channel", Printable.of(channel.name()));
    put("name", Printable.of(form().customer().name()));
  }

  private OrderForm form() {
    return content.form();
  }

  /** Gives all words of this letter a value for a placeholder. */
  LetterWriter put(String placeholder, String value) {
    values.put(placeholder, value);
    return this;
  }

  /** The mail's own words for this key, for example as a value for others. */
  String word(String key) {
    return words.say(kind + "." + key, values);
  }

  String time(Instant time) {
    return words.time(time, ZoneId.of(channel.timeZone()));
  }

  /** The day, by the clock of where the order goes. */
  String day(Instant time) {
    Address address = form().shippingAddress();
    return words.day(time, PlaceZone.of(address == null ? null : address.country(), ZoneId.of(channel.timeZone())));
  }

  /** Amounts of one currency are added; one of another than its order's stands beside. */
  String sum(List<Money> amounts) {
    var sums = new TreeMap<String, Money>();
    amounts.forEach(it -> sums.merge(it.currency(), it, Money::plus));
    return sums.values().stream().map(words::money)
        .reduce((one, other) -> words.say("and", Map.of("one", one, "other", other))).orElse("");
  }

  /** Whether something of the order is carried to somebody. */
  boolean ships() {
    return !content.shippedLines().isEmpty();
  }

  /** Whether the order sends units of another one again. */
  boolean replaces() {
    return content.replaces() != null;
  }

  /** Gives this letter when the order is promised to come. @param promised null if nothing is promised */
  LetterWriter promising(Orders.Expected promised) {
    expected = promised;
    return this;
  }

  /** Adds when the order comes, by the clock of where it goes, if that is promised. */
  LetterWriter expected() {
    if (expected != null) {
      String first = day(expected.earliestAt());
      String last = day(expected.latestAt());
      blocks.add(new Block.Facts(List.of(new Block.Fact(words.say("delivery.expected"),
          first.equals(last) ? first : words.say("delivery.between", Map.of("first", first, "last", last))))));
    }
    return this;
  }

  /** Gives this letter what the customer has as links and keys. */
  LetterWriter with(List<DigitalGoods.Goods> given) {
    digital = given;
    return this;
  }

  /** Adds the links and keys that the customer has. */
  LetterWriter digital() {
    for (DigitalGoods.Goods it : digital) {
      put("item", goods.name(it.line()));
      for (DigitalGoods.Link link : it.links()) {
        put("until", time(link.expiresAt())).put("left", String.valueOf(link.left())).say("link");
        // Beside the order's page, wherever that is.
        blocks.add(new Block.Button(word("download"), URI.create(orderUrl).resolve(".." + link.path()).toString()));
      }
      if (!it.keys().isEmpty()) {
        blocks.add(new Block.Facts(it.keys().stream().map(key -> new Block.Fact(word("key"), key)).toList()));
      }
    }
    return this;
  }

  /** Adds the way to the label of what comes back. */
  LetterWriter returnLabel(ParcelId parcel) {
    blocks.add(new Block.Button(word("print"), content.trackingUrl().returnLabel(parcel)));
    return this;
  }

  /** Adds a paragraph of the mail's own words. */
  LetterWriter say(String key) {
    blocks.add(new Block.Paragraph(words.phrase(kind + "." + key, values)));
    return this;
  }

  /** Gives this letter where a parcel waits, until when, and by which code it is handed out. */
  LetterWriter pickup(PickupPoint point, String code) {
    String place = Printable.of(point.place());
    if (!place.isEmpty()) {
      pickup.add(new Block.Fact(word("place"), place));
    }
    pickup.add(new Block.Fact(word("code"), Printable.of(code)));
    if (point.lastDay() != null) {
      pickup.add(new Block.Fact(word("last_day"), words.day(point.lastDay())));
    }
    return this;
  }

  /** Adds what there is to say about one parcel, which may be a part of the order. */
  LetterWriter parcel(Package parcel, String carrier, String trackingNumber, OrderSummary order) {
    return parcel(Parcels.isPartial(parcel, order) ? PART : "", parcel, carrier, trackingNumber, order);
  }

  /** The same in the words of a variant. @param ending of their keys */
  LetterWriter parcel(String ending, Package parcel, String carrier, String trackingNumber, OrderSummary order) {
    variant = ending;
    String number = Printable.of(trackingNumber);
    put("tracking_number", number).say("text" + variant);
    blocks.add(new Block.Facts(Stream.concat(pickup.stream(),
        Stream.of(new Block.Fact(words.say("parcel.carrier"), Printable.of(carrier)),
            new Block.Fact(words.say("parcel.tracking_number"), number)))
        .toList()));
    if (order.merged() != null && order.merged().trackingNumbers().contains(trackingNumber)) {
      put("other", Printable.of(order.merged().number()));
      blocks.add(new Block.Paragraph(words.phrase("parcel.together", values)));
    }
    blocks.add(new Block.Button(words.say("parcel.track"), orderUrl));
    contents("parcel.contents", parcel.lines());
    // It does not go there any more.
    return pickup.isEmpty() ? destination() : this;
  }

  /** Adds the whole order without prices. */
  LetterWriter contents() {
    return contents("items", goods.all());
  }

  /** Whether what is there leaves before the rest has come. */
  boolean leavesInParts() {
    return form().backorders() == OrderForm.Backorders.PARTIAL;
  }

  /** Adds what leaves later than the rest, by the days on which it is there. */
  LetterWriter later(List<OrderSummary.Later> units) {
    var byDay = new LinkedHashMap<Optional<Instant>, List<LineQuantity>>();
    units.stream().sorted(Comparator.comparing(OrderSummary.Later::day, Comparator.nullsLast(Instant::compareTo)))
        .forEach(it -> byDay.computeIfAbsent(Optional.ofNullable(it.day()), _ -> new ArrayList<>()).add(it.units()));
    byDay.forEach((day, lines) -> blocks.add(new Block.Contents(
        day.map(it -> words.say("later", Map.of("date", time(it)))).orElseGet(() -> words.say("later.unknown")),
        words.say("quantity"), goods.units(lines))));
    return this;
  }

  private LetterWriter contents(String heading, List<LineQuantity> lines) {
    blocks.add(new Block.Contents(words.say(heading), words.say("quantity"), goods.units(lines)));
    return this;
  }

  /** Adds the whole order and what it costs. */
  LetterWriter bill() {
    blocks.add(goods.bill());
    return this;
  }

  /** Adds where the order goes, if something of it ships. */
  LetterWriter destination() {
    Address address = form().shippingAddress();
    if (ships() && address != null) {
      blocks.add(new Block.Destination(words.say("destination"), printable(address.lines(words.locale()).stream())));
    }
    return this;
  }

  private static List<String> printable(Stream<String> lines) {
    return lines.map(Printable::of).filter(it -> !it.isEmpty()).toList();
  }

  /** Adds the way to the shop's page on which the order is paid, if it has one. */
  LetterWriter pay() {
    if (content.payUrl() != null) {
      blocks.add(new Block.Button(words.say("order.pay"), content.payUrl()));
    }
    return this;
  }

  /** The letter, with a way to the order's page whatever else it says. */
  Letter letter() {
    if (blocks.stream().noneMatch(it -> it instanceof Block.Button button && button.url().equals(orderUrl))) {
      blocks.add(new Block.Button(words.say("order.see"), orderUrl));
    }
    String imprint = channel.brand().imprint();
    return new Letter(words, word("subject" + variant), word("title" + variant), word("preview"),
        words.phrase("order", values), values.get("channel"), channel.brand(),
        words.phrase(values.get("name").isEmpty() ? "hello" : "hello.name", values), List.copyOf(blocks),
        words.phrase("why", values), imprint == null ? List.of() : printable(imprint.lines()));
  }

  /** The lines of an order as a customer reads them. */
  private record Ordered(OrderContent content, OrderForm form, Words words, Map<Sku, String> names) {

    List<LineQuantity> all() {
      return lines().entrySet().stream().filter(it -> it.getValue().quantity() > 0)
          .map(it -> new LineQuantity(it.getKey(), it.getValue().sku(), it.getValue().quantity())).toList();
    }

    private Map<LineId, OrderForm.Line> lines() {
      Map<LineId, OrderForm.Line> lines = new LinkedHashMap<>();
      for (int i = 0; i < form.lines().size(); i++) {
        lines.put(OrderContent.lineId(i), form.lines().get(i));
      }
      return lines;
    }

    List<Block.Units> units(List<LineQuantity> packed) {
      Map<LineId, OrderForm.Line> lines = lines();
      return packed.stream().map(it -> new Block.Units(packedName(it.lineId(), lines), String.valueOf(it.quantity())))
          .toList();
    }

    /** Of a kit's component: what it is of, and what it is. */
    private String packedName(LineId packed, Map<LineId, OrderForm.Line> lines) {
      String ordered = name(lines.get(packed.ordered()));
      return content.component(packed).map(it -> ordered + ": " + Printable.of(it.name())).orElse(ordered);
    }

    String name(LineId line) {
      return name(lines().get(line));
    }

    private String name(OrderForm.Line line) {
      return Stream.of(line.name(), names.get(line.sku())).map(Printable::of).filter(it -> !it.isEmpty()).findFirst()
          .orElse(line.sku().value());
    }

    Block.Bill bill() {
      return new Block.Bill(words.say("items"), words.say("price"),
          form.lines().stream().filter(it -> it.quantity() > 0).map(this::priced).toList(), sums(),
          new Block.Amount(words.say("total"), money(form.total())),
          form.taxesIncluded() ? taxes(tax -> words.say("tax.included", Map.of("tax", tax))) : List.of());
    }

    private Block.Priced priced(OrderForm.Line line) {
      List<Block.Amount> discounts = line.discounts().stream().filter(it -> it.amount() > 0).map(this::discount)
          .toList();
      return new Block.Priced(name(line), line.quantity() + " × " + money(line.unitPrice()), discounts,
          money(goods(line.total(), line.taxes())));
    }

    private Block.Amount discount(OrderForm.Discount discount) {
      String code = Printable.of(discount.code());
      return new Block.Amount(code.isEmpty() ? words.say("discount") : code, money(-discount.amount()));
    }

    private String money(long minor) {
      return words.money(new Money(minor, form.currency()));
    }

    /** A total without the taxes that come on top, which stand in a line of their own. */
    private long goods(long total, List<OrderForm.Tax> taxes) {
      return form.taxesIncluded() ? total : total - taxes.stream().mapToLong(OrderForm.Tax::amount).sum();
    }

    private List<Block.Amount> sums() {
      var sums = new ArrayList<Block.Amount>();
      sums.add(new Block.Amount(words.say("subtotal"),
          money(form.lines().stream().mapToLong(it -> goods(it.total(), it.taxes())).sum())));
      OrderForm.Shipping shipping = form.shipping();
      if (shipping != null) {
        String method = Printable.of(shipping.name());
        sums.add(new Block.Amount(
            method.isEmpty() ? words.say("shipping") : words.say("shipping.by", Map.of("method", method)),
            money(goods(shipping.total(), shipping.taxes()))));
      }
      if (!form.taxesIncluded()) {
        sums.addAll(taxes(tax -> tax));
      }
      return List.copyOf(sums);
    }

    /** The taxes by name and rate, in the order in which they first appear. */
    private List<Block.Amount> taxes(UnaryOperator<String> label) {
      var taxes = new LinkedHashMap<String, Long>();
      Stream<OrderForm.Tax> shipping = form.shipping() == null ? Stream.empty() : form.shipping().taxes().stream();
      Stream.concat(form.lines().stream().flatMap(it -> it.taxes().stream()), shipping).filter(it -> it.amount() > 0)
          .forEach(it -> taxes.merge(label(it), it.amount(), Math::addExact));
      return taxes.entrySet().stream()
          .map(it -> new Block.Amount(label.apply(it.getKey()), money(it.getValue()))).toList();
    }

    private String label(OrderForm.Tax tax) {
      String name = Printable.of(tax.name());
      String known = name.isEmpty() ? words.say("tax") : name;
      return tax.rate() == null ? known : known + " " + words.percent(tax.rate());
    }
  }
}
