package waybill.orders;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.Channel;
import waybill.catalog.Channel.PaymentAccount;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * What was ordered, written once. It is the one place that holds anything personal; only the storefront's id of the customer
 * stands in the state too, for lists.
 *
 * @param pool the stock that its channel sold from when it was placed
 * @param paymentAccounts the accounts whose money counted for its channel when it was placed
 * @param capture when its channel had payments captured when it was placed
 * @param acceptedAt when we took it; earlier orders get stock first
 * @param minutesToPay how long its channel waited for money when it was placed
 * @param reminderMinutes how long before that time is over its customer is reminded; 0 for never
 * @param payUrl where its customer can pay; null if its channel names no such page
 * @param digital the lines that nothing is shipped for
 * @param granted those of them for which the customer is given a link or a key
 * @param trackingUrl the customer's page
 * @param asPlaced what its address and method were when it was placed; null if nobody has corrected them
 * @param kits what those of its lines are packed out of that order kits
 * @param replaces the order whose units it sends again; null if a storefront placed it
 */
public record OrderContent(OrderId id, boolean livemode, StockPool pool, List<PaymentAccount> paymentAccounts,
    Channel.Capture capture, Instant acceptedAt, int minutesToPay, int reminderMinutes, String payUrl,
    List<LineId> digital,
    List<LineId> granted,
    OrderForm form,
    TrackingUrl trackingUrl, AsPlaced asPlaced, List<Kit> kits, OrderId replaces) {

  /**
   * What a person has corrected since, as it was placed.
   *
   * @param method by which the order was to be shipped
   */
  public record AsPlaced(Address address, String method) {}

  public OrderContent(OrderId id, boolean livemode, StockPool pool, List<PaymentAccount> paymentAccounts,
      Channel.Capture capture, Instant acceptedAt, int minutesToPay, int reminderMinutes, String payUrl,
      List<LineId> digital, List<LineId> granted, OrderForm form, TrackingUrl trackingUrl) {
    this(id, livemode, pool, paymentAccounts, capture, acceptedAt, minutesToPay, reminderMinutes, payUrl, digital,
        granted, form, trackingUrl, null, List.of(), null);
  }

  /** Orders that were placed before there were captures are captured by whoever had them authorised. */
  public OrderContent {
    capture = capture == null ? Channel.Capture.MANUAL : capture;
    kits = kits == null ? List.of() : kits;
  }

  static OrderContent of(OrderId id, OrderForm form, Channel channel, Map<Sku, Product> products, Instant now,
      TrackingUrl trackingUrl) {
    var digital = new ArrayList<LineId>();
    var granted = new ArrayList<LineId>();
    for (int i = 0; i < form.lines().size(); i++) {
      Product product = products.get(form.lines().get(i).sku());
      if (!product.requiresShipping()) {
        digital.add(lineId(i));
      }
      if (product.digital() != null) {
        granted.add(lineId(i));
      }
    }
    return new OrderContent(id, channel.livemode(), channel.stockPool(), channel.paymentAccounts(), channel.capture(),
        now, channel.minutesToPay(), channel.paymentReminderMinutes(), payUrl(channel, id, form), List.copyOf(digital),
        List.copyOf(granted), form, trackingUrl, null, kits(form, products), null);
  }

  /** What the form's kits are packed out of. @param products of its lines, and of the kits' components */
  static List<Kit> kits(OrderForm form, Map<Sku, Product> products) {
    return IntStream.range(0, form.lines().size()).filter(it -> products.get(form.lines().get(it).sku()).isKit())
        .mapToObj(it -> Kit.of(lineId(it), products.get(form.lines().get(it).sku()), products)).toList();
  }

  /** When its money must be there. @param now when the order came to stand: only then can anybody pay it */
  Instant payBy(Instant now) {
    return form.paymentExpiresAt() == null ? now.plus(Duration.ofMinutes(minutesToPay)) : form.paymentExpiresAt();
  }

  private static String payUrl(Channel channel, OrderId id, OrderForm form) {
    return channel.payUrl() == null
        ? null
        : channel.payUrl().replace("{order_id}", id.value())
            .replace("{reference}", URLEncoder.encode(form.reference(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** When its customer is reminded of paying; null if they are not, or there is less time to pay than that. */
  Instant remindAt(Instant now) {
    Instant at = payBy(now).minus(Duration.ofMinutes(reminderMinutes));
    return reminderMinutes == 0 || !at.isAfter(now) ? null : at;
  }

  /** When the customer placed it; the storefront may say that. */
  public Instant placedAt() {
    return form.placedAt() == null ? acceptedAt : form.placedAt();
  }

  /** The same, to another address and by another method. */
  OrderContent corrected(Address address, String method) {
    AsPlaced first = asPlaced == null ? new AsPlaced(form.shippingAddress(), method(form)) : asPlaced;
    return new OrderContent(id, livemode, pool, paymentAccounts, capture, acceptedAt, minutesToPay, reminderMinutes,
        payUrl, digital, granted, form.to(address, method), trackingUrl, first, kits, replaces);
  }

  /** The same, sent for nothing instead of units of another order. */
  OrderContent replacing(OrderId order) {
    return new OrderContent(id, livemode, pool, paymentAccounts, capture, acceptedAt, minutesToPay, reminderMinutes,
        payUrl, digital, granted, form, trackingUrl, asPlaced, kits, order);
  }

  boolean isCorrected() {
    return asPlaced != null;
  }

  /** The form as the storefront sent it: what it may send again. */
  OrderForm placedForm() {
    return asPlaced == null ? form : form.to(asPlaced.address, asPlaced.method);
  }

  /** The channel's shipping method by which it goes, as it is now; null if it names none. */
  String method() {
    return method(form);
  }

  private static String method(OrderForm form) {
    return form.shipping() == null ? null : form.shipping().method();
  }

  /** The same with another form, and as many components of its kits. */
  OrderContent with(OrderForm other, List<Kit> packedOutOf) {
    return with(other, digital, packedOutOf);
  }

  private OrderContent with(OrderForm other, List<LineId> unshipped, List<Kit> packedOutOf) {
    return new OrderContent(id, livemode, pool, paymentAccounts, capture, acceptedAt, minutesToPay, reminderMinutes,
        payUrl, unshipped, granted, other, trackingUrl, asPlaced, packedOutOf, replaces);
  }

  /** The same with more lines. */
  OrderContent with(List<Adjustment.Added> added) {
    var lines = new ArrayList<>(form.lines());
    var unshipped = new ArrayList<>(digital);
    added.forEach(it -> {
      lines.add(it.line());
      if (!it.ships()) {
        unshipped.add(it.id());
      }
    });
    List<Kit> more = Stream.concat(kits.stream(), added.stream().map(Adjustment.Added::kit).filter(Objects::nonNull))
        .toList();
    return with(form.with(List.copyOf(lines), form.total()), List.copyOf(unshipped), more);
  }

  /** The products whose names the catalog has to give, as the storefront sent none. */
  public List<Sku> unnamed() {
    return form.lines().stream().filter(it -> it.name() == null).map(OrderForm.Line::sku).distinct().toList();
  }

  /** The names of its lines, and of what its kits are packed out of. @param products at least those of {@link #unnamed} */
  public Map<LineId, String> names(Map<Sku, Product> products) {
    var names = new LinkedHashMap<LineId, String>();
    for (int i = 0; i < form.lines().size(); i++) {
      names.put(lineId(i), name(form.lines().get(i), products));
    }
    kits.forEach(kit -> kit.components().forEach(it -> names.put(it.id(), names.get(kit.line()) + ": " + it.name())));
    return names;
  }

  private static String name(OrderForm.Line line, Map<Sku, Product> products) {
    if (line.name() != null) {
      return line.name();
    }
    return products.containsKey(line.sku()) ? products.get(line.sku()).name() : line.sku().value();
  }

  /** The id of the line at this place of the form. */
  public static LineId lineId(int index) {
    return new LineId("line_" + (index + 1));
  }

  /** Where the form has the line of this id; below 0 if it has none. */
  int place(LineId line) {
    for (int i = 0; i < form.lines().size(); i++) {
      if (lineId(i).equals(line)) {
        return i;
      }
    }
    return -1;
  }

  /** What a line is packed out of; empty if it orders no kit. */
  public Optional<Kit> kit(LineId line) {
    return kits.stream().filter(it -> it.line().equals(line)).findFirst();
  }

  /** One component of one of its kits; empty if it has none of this id. */
  public Optional<Kit.Component> component(LineId id) {
    return kit(id.ordered()).flatMap(it -> it.components().stream().filter(one -> one.id().equals(id)).findFirst());
  }

  /** What must be packed and carried, line by line; of a kit each of its components. */
  public List<LineQuantity> shippedLines() {
    List<LineQuantity> ordered = lines(it -> !digital.contains(it));
    return kits.isEmpty() ? ordered : ordered.stream().flatMap(it -> packedOutOf(it).stream()).toList();
  }

  /** Units of a line as warehouses know them. */
  List<LineQuantity> packedOutOf(LineQuantity ordered) {
    return kit(ordered.lineId()).map(it -> it.packedOutOf(ordered.quantity())).orElseGet(() -> List.of(ordered));
  }

  /** What the customer is given as a link or a key, line by line. */
  public List<LineQuantity> grantedLines() {
    return lines(granted::contains);
  }

  private List<LineQuantity> lines(Predicate<LineId> wanted) {
    var lines = new ArrayList<LineQuantity>();
    for (int i = 0; i < form.lines().size(); i++) {
      if (wanted.test(lineId(i)) && form.lines().get(i).quantity() > 0) {
        lines.add(new LineQuantity(lineId(i), form.lines().get(i).sku(), form.lines().get(i).quantity()));
      }
    }
    return List.copyOf(lines);
  }

  /** What must be promised: two lines of one SKU ask for it together. */
  List<SkuQuantity> items() {
    return LineQuantity.bySku(shippedLines());
  }

  /** How many lines it has, where each component of a kit is one. */
  int packedLines() {
    return form.lines().size() + kits.stream().mapToInt(it -> it.components().size() - 1).sum();
  }

  int unitsToShip() {
    return units(shippedLines());
  }

  /** How many units of a line are ordered, if it ships. */
  int orderedUnits(LineId line) {
    return digital.contains(line) ? 0 : form.lines().get(place(line)).quantity();
  }

  int unitsToGrant() {
    return units(grantedLines());
  }

  private static int units(List<LineQuantity> lines) {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
