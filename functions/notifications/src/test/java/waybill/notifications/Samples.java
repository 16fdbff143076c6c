package waybill.notifications;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.catalog.Brand;
import waybill.catalog.Channel;
import waybill.digital.DigitalGoods;
import waybill.messages.CancelReason;
import waybill.messages.ClaimId;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.DisruptionId;
import waybill.messages.FulfillmentId;
import waybill.messages.IncidentId;
import waybill.messages.IncidentKind;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.*;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PickupPoint;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.ReturnId;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPromise;
import waybill.messages.StockPool;
import waybill.orders.Awaiting;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderStatus;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;
import waybill.orders.Orders;
import waybill.orders.PaymentProgress;
import waybill.orders.TrackingUrl;

/** One order of two teas, a mug and a mug for free, in one parcel or two. */
final class Samples {
  private static final List<Channel.PaymentAccount> ACCOUNTS = List.of(new Channel.PaymentAccount("stripe", "shop-eu"));
  static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  static final ChannelId CHANNEL = new ChannelId("de-web");
  static final OrderId ORDER = OrderId.of(CHANNEL, "5512033");
  static final StockPool POOL = new StockPool("default");
  static final FulfillmentId FULFILLMENT = FulfillmentId.of(ORDER, 1);
  static final ParcelId PARCEL = ParcelId.of(FULFILLMENT, 1);
  static final String NUMBER = "00340434161094042557";
  static final String URL = "https://waybill.example/tracking/abc.def";
  static final Address ADDRESS = new Address("Grace Hopper", null, "Hauptstr. 5", null, "Berlin", null, "10827", "DE",
      "+4930555011");

  /** Another order of the same customer. */
  static final OrderId OTHER = OrderId.of(CHANNEL, "5512034");
  static final Instant PAY_BY = NOW.plus(Duration.ofDays(7));
  static final PaymentId PAYMENT = PaymentId.of("stripe", "shop-eu", "pi_3Q");
  static final RefundId REFUND = RefundId.of(PAYMENT, "adj_1");
  static final String PAY_URL = "https://teehaus.example/pay/5512033";

  static final OrderPaymentFailed PAYMENT_FAILED = new OrderPaymentFailed(ORDER, PAYMENT, NOW);
  static final OrderCancelled CANCELLED = new OrderCancelled(ORDER, CancelReason.OUT_OF_STOCK, NOW);
  static final OrderReleased RELEASED = new OrderReleased(ORDER, POOL, List.of());
  static final ShipmentLabelled LABELLED = labelled(PARCEL, NOW);
  static final ShipmentOutForDelivery OUT = new ShipmentOutForDelivery(ORDER, PARCEL, NOW, null);
  static final ShipmentDeliveryFailed NOT_DELIVERED = new ShipmentDeliveryFailed(ORDER, PARCEL, NOW, null);
  static final OrderDelivered DELIVERED = new OrderDelivered(ORDER, NOW);

  static final List<DigitalGoods.Goods> GOODS = List.of(new DigitalGoods.Goods(OrderContent.lineId(0),
      new Sku("TEA-200"), List.of(new DigitalGoods.Link("/downloads/abc", NOW, 5)),
      List.of("AAAA-BBBB")),
      new DigitalGoods.Goods(OrderContent.lineId(1), new Sku("MUG-BLUE"), List.of(), List.of("CCCC-DDDD")));

  private Samples() {}

  /** One of each kind of news that customers hear, whatever it is called: a new kind is tested without a line here. */
  static List<NotifyCustomer.Input> everyNews() {
    return variants(NotifyCustomer.Input.class).distinct().map(it -> (NotifyCustomer.Input) sample(it)).toList();
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Samples::variants) : Stream.of(type);
  }

  private static Object sample(Class<?> news) {
    try {
      RecordComponent[] components = news.getRecordComponents();
      var constructor = news.getDeclaredConstructor(
          Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(Stream.of(components).map(Samples::value).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(RecordComponent component) {
    return switch (component.getName()) {
      case "order" -> ORDER;
      case "with" -> OTHER;
      case "parcel" -> component.getDeclaringRecord() == ReturnLabelReady.class
          ? ParcelId.of(ReturnId.of(ORDER, 1), 1)
          : PARCEL;
      case "payment" -> PAYMENT;
      case "at" -> NOW;
      case "pool" -> POOL;
      case "refund" -> REFUND;
      case "hold" -> "hold_8wbx56kav7d3kerhkfart51jp5";
      case "change" -> 1;
      case "reason" -> CancelReason.OUT_OF_STOCK;
      case "location" -> new LocationId("berlin");
      case "kind" -> component.getType() == IncidentKind.class ? (Object) IncidentKind.LATE : "confirmed";
      case "incident" -> IncidentId.of(PARCEL, 1);
      case "disruption" -> DisruptionId.of("storm");
      case "expectedAt" -> NOW.plus(Duration.ofDays(2));
      case "about" -> ORDER.value();
      case "id" -> "0".repeat(26);
      case "carrier" -> "DHL";
      case "service" -> "paket";
      case "delivery" -> 1;
      case "trackingNumber" -> NUMBER;
      case "pickup" -> new PickupPoint("Packstation 112, Berlin, 10827", LocalDate.parse("2026-11-29"));
      case "returned" -> ReturnId.of(ORDER, 1);
      case "claim" -> ClaimId.of(ORDER, 1);
      case "replaced", "credited" -> true;
      case "until" -> NOW.plus(Duration.ofDays(30));
      case "unusedUntil" -> NOW.plus(Duration.ofDays(21));
      case "disposal" -> 1;
      case "amount" -> euros(1791);
      default -> component.getType() == List.class ? List.of() : component.getType() == int.class ? (Object) 0 : null;
    };
  }

  static NotifyCustomer.Input news(String kind) {
    return everyNews().stream().filter(it -> Mail.of(it).kind().equals(kind)).findFirst().orElseThrow();
  }

  static ShipmentLabelled labelled(ParcelId parcel, Instant at) {
    return new ShipmentLabelled(ORDER, parcel, new LocationId("berlin"), POOL,
        List.of(new SkuQuantity(new Sku("TEA-200"), 2)), "DHL", "paket", NUMBER, at);
  }

  static Channel channel(String locale) {
    return new Channel(CHANNEL, "Teehaus", List.of("EUR"), locale, "Europe/Berlin", "orders@teehaus.example", true,
        ACCOUNTS, List.of(), POOL, 60, null, 0, Channel.Capture.MANUAL, List.of(), Brand.PLAIN);
  }

  static OrderForm form(String locale) {
    var tea = new OrderForm.Line("L1", new Sku("TEA-200"), "Assam 200 g", 2, 1990,
        List.of(new OrderForm.Discount("SPRING10", 398)),
        List.of(new OrderForm.Tax("MwSt", "0.19", 572)), 3582, Map.of());
    var mug = new OrderForm.Line("L2", new Sku("MUG-BLUE"), "Becher", 1, 1500, List.of(),
        List.of(new OrderForm.Tax("MwSt", "0.19", 239)), 1500, Map.of());
    var gift = new OrderForm.Line("L3", new Sku("MUG-BLUE"), null, 1, 1500,
        List.of(new OrderForm.Discount("FREEMUG", 1500)), List.of(), 0, Map.of());
    var shipping = new OrderForm.Shipping("express", "Express", 990, List.of(),
        List.of(new OrderForm.Tax("MwSt", "0.19", 158)), 990);
    return new OrderForm("5512033", "#1042", CHANNEL, NOW, "EUR", true,
        new OrderForm.Customer("c_881", "ada@example.com", null, "Ada Byron", locale), ADDRESS, null,
        List.of(tea, mug, gift), shipping, null, 6072, List.of(), null, new OrderForm.Gift("Alles Gute!", true), null,
        List.of(), null, null, null, null, Map.of());
  }

  static OrderForm.Customer customer(String name, String locale) {
    return new OrderForm.Customer(null, "ada@example.com", null, name, locale);
  }

  static OrderContent content(OrderForm form) {
    return new OrderContent(ORDER, true, POOL, ACCOUNTS, Channel.Capture.MANUAL, NOW, 30, 0, PAY_URL, List.of(),
        List.of(), form,
        new TrackingUrl("https://shop.example/tracking/" + ORDER.value().substring(4) + ".AAAAAAAAAAAAAAAAAAAAAAAA"));
  }

  /** An order that sends units of another one again. */
  static OrderContent replacing(OrderForm form) {
    OrderContent it = content(form);
    return new OrderContent(it.id(), it.livemode(), it.pool(), it.paymentAccounts(), it.capture(), it.acceptedAt(),
        it.minutesToPay(), it.reminderMinutes(), it.payUrl(), it.digital(), it.granted(), it.form(), it.trackingUrl(),
        null, List.of(), OrderId.of(form.channel(), "replaced"));
  }

  /** The order with everything in one parcel, whose latest scan this is; null for none. */
  static OrderSummary inOneParcel(OrderForm form, Scan scan) {
    return inParcels(form, parcel(1, content(form).shippedLines(), scan));
  }

  /** The order with the tea in one parcel and the mugs in another. */
  static OrderSummary inTwoParcels(OrderForm form) {
    List<LineQuantity> lines = content(form).shippedLines();
    return inParcels(form, parcel(1, lines.subList(0, 1), null), parcel(2, lines.subList(1, 3), null));
  }

  private static OrderSummary inParcels(OrderForm form, Package... parcels) {
    boolean delivered = List.of(parcels).stream()
        .allMatch(it -> it.scan() != null && it.scan().status() == ShipmentStatus.DELIVERED);
    return summary(form, delivered ? null : Awaiting.DELIVERY, PaymentProgress.PAID,
        delivered ? DeliveryProgress.DELIVERED : DeliveryProgress.SHIPPED, null, List.of(parcels));
  }

  /** The order with its stock and its money, and nothing packed. */
  static OrderSummary released(OrderForm form) {
    return summary(form, Awaiting.FULFILLMENT, PaymentProgress.PAID, DeliveryProgress.PENDING, null, List.of());
  }

  /** The order with its stock promised, which waits for its money. */
  static OrderSummary unpaid(OrderForm form, PaymentProgress payment) {
    return summary(form, Awaiting.PAYMENT, payment, DeliveryProgress.PENDING, null, List.of());
  }

  static OrderSummary cancelled(OrderForm form, OrderSummary.End end) {
    return summary(form, null, end.refunded().isEmpty() ? PaymentProgress.CANCELLED : PaymentProgress.REFUND_PENDING,
        DeliveryProgress.PENDING, end, List.of());
  }

  /** An end without any money. */
  static OrderSummary.End end(CancelReason reason) {
    return new OrderSummary.End(reason, List.of(), List.of(), false);
  }

  /** An end after which providers refund this many cents. */
  static OrderSummary.End refunded(CancelReason reason, long cents) {
    return new OrderSummary.End(reason, List.of(euros(cents)), List.of(), false);
  }

  /** News of the payment, of which so many cents are there. */
  static Payment payment(PaymentStatus status, long cents) {
    return new Payment(PAYMENT, "stripe", "shop-eu", "pi_3Q", status, euros(cents), euros(cents), NOW);
  }

  static Money euros(long cents) {
    return new Money(cents, "EUR");
  }

  static OrderSummary summary(OrderForm form, Awaiting awaiting, PaymentProgress payment, DeliveryProgress delivery,
      OrderSummary.End end, List<Package> parcels) {
    OrderStatus ended = end == null ? OrderStatus.COMPLETED : OrderStatus.CANCELLED;
    int units = content(form).shippedLines().stream().mapToInt(LineQuantity::quantity).sum();
    return new OrderSummary(ORDER, awaiting == null ? ended : OrderStatus.OPEN, awaiting, payment, delivery,
        new OrderSummary.Owing(euros(awaiting == Awaiting.PAYMENT ? form.total() : 0), PAY_BY, false), units, end,
        parcels,
        NOW, List.of(), 0, false, null, null, Map.of());
  }

  /** The same, which changed last at this time. */
  static OrderSummary updated(OrderSummary it, Instant at) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), at, it.refunds(), it.change(), it.addressDoubted(), it.waiting(),
        it.merged(), it.voided());
  }

  /** The order, for which a transfer is waited for. */
  static OrderSummary transferred(OrderForm form) {
    OrderSummary it = unpaid(form, PaymentProgress.PENDING);
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(),
        new OrderSummary.Owing(euros(form.total()), PAY_BY, true), it.unitsToShip(), it.end(), it.parcels(),
        it.updatedAt(), it.refunds(), it.change(), it.addressDoubted(), it.waiting(), it.merged(), it.voided());
  }

  static OrderSummary refunding(OrderSummary it, RefundId refund, RefundStatus status) {
    return refunding(it, refund, status, euros(1791));
  }

  /** The same with a refund of a part. */
  static OrderSummary refunding(OrderSummary it, RefundId refund, RefundStatus status, Money amount) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(),
        List.of(new OrderSummary.GivenBack(refund, RefundReason.GRANTED, status, amount, false)), it.change(),
        it.addressDoubted(), it.waiting(), it.merged(), it.voided());
  }

  /** The same, if it was paid out of store credit. */
  static OrderSummary ofCredit(OrderSummary it) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(),
        it.refunds().stream().map(one -> new OrderSummary.GivenBack(one.id(), one.reason(), one.status(), one.amount(),
            true)).toList(),
        it.change(), it.addressDoubted(), it.waiting(), it.merged(), it.voided());
  }

  static OrderSummary edited(OrderSummary it, int change, boolean addressDoubted) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(), it.refunds(), change, addressDoubted, it.waiting(),
        it.merged(), it.voided());
  }

  /** It waits for a unit. @param day on which it comes; null if nobody knows */
  static OrderSummary waiting(OrderSummary it, int move, Instant day) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(), it.refunds(), it.change(), it.addressDoubted(),
        new OrderSummary.Waiting(List.of(new StockPromise(new Sku("TEA-200"), 1, NOW, day)), move, List.of()),
        it.merged(), it.voided());
  }

  /** The order as one that leaves as far as it is there. */
  static OrderForm inParts(OrderForm form) {
    return new OrderForm(form.reference(), form.number(), form.channel(), form.placedAt(), form.currency(),
        form.taxesIncluded(), form.customer(), form.shippingAddress(), form.billingAddress(), form.lines(),
        form.shipping(), form.rounding(), form.total(), form.payments(), form.paymentExpiresAt(), form.gift(),
        form.note(), form.tags(), form.sellerId(), form.reservationId(), form.deliveryOptionId(),
        OrderForm.Backorders.PARTIAL, form.metadata());
  }

  /** Two of its units follow later than the rest. @param day on which one comes; nobody knows that of the other */
  static OrderSummary following(OrderSummary it, int move, Instant day) {
    OrderSummary waiting = waiting(it, move, day);
    List<LineQuantity> lines = content(form("en")).shippedLines();
    var later = List.of(new OrderSummary.Later(lines.get(2), null),
        new OrderSummary.Later(new LineQuantity(lines.getFirst().lineId(), lines.getFirst().sku(), 1), day));
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(), it.refunds(), it.change(), it.addressDoubted(),
        new OrderSummary.Waiting(waiting.waiting().promises(), move, later), it.merged(), it.voided());
  }

  /** It leaves with another order. @param numbers of the other's parcels */
  static OrderSummary merged(OrderSummary it, OrderId with, String number, Set<String> numbers) {
    return new OrderSummary(it.id(), it.status(), it.awaiting(), it.payment(), it.delivery(), it.owing(),
        it.unitsToShip(), it.end(), it.parcels(), it.updatedAt(), it.refunds(), it.change(), it.addressDoubted(),
        it.waiting(), new OrderSummary.Merged(with, number, false, numbers), it.voided());
  }

  /** The order as it is when there is this news. */
  static OrderSummary about(NotifyCustomer.Input news, OrderForm form) {
    return switch (news) {
      case OrderPaymentDue _ -> unpaid(form, PaymentProgress.PENDING);
      case OrderRefunded it -> refunding(inOneParcel(form, null), it.refund(), RefundStatus.SUCCEEDED);
      case OrderRefundFailed it -> refunding(inOneParcel(form, null), it.refund(), RefundStatus.FAILED);
      case OrderEdited it -> edited(released(form), it.change(), false);
      case OrderBackordered it -> waiting(released(form), it.move(), NOW.plus(Duration.ofDays(9)));
      case OrderMerged it -> merged(released(form), it.with(), form.reference() + "-2", Set.of());
      case OrderAddressDoubted _ -> edited(released(form), 0, true);
      case OrderPaymentFailed _ -> unpaid(form, PaymentProgress.FAILED);
      case OrderCancelled _ -> cancelled(form, refunded(CancelReason.OUT_OF_STOCK, form.total()));
      default -> inOneParcel(form, null);
    };
  }

  static Package parcel(int number, List<LineQuantity> lines, Scan scan) {
    return new Package(ParcelId.of(FULFILLMENT, number), lines, "DHL", NUMBER, NOW, scan, null);
  }

  static final Orders.Expected EXPECTED = new Orders.Expected(Instant.parse("2026-12-02T23:00:00Z"),
      Instant.parse("2026-12-04T22:59:59Z"), false);

  static Letter letter(NotifyCustomer.Input news, OrderForm form, OrderSummary state, Channel channel) {
    return letter(news, content(form), state, channel, Words.of(form.customer().locale(), channel.locale()));
  }

  static Letter letter(NotifyCustomer.Input news, OrderContent content, OrderSummary state, Channel channel,
      Words words) {
    Mail mail = Mail.of(news);
    var writer = new LetterWriter(words, mail.kind(), content, channel, Map.of(new Sku("MUG-BLUE"), "Blue mug"), URL);
    mail.write(writer.with(GOODS).promising(EXPECTED), state);
    return writer.letter();
  }

  static Email email(NotifyCustomer.Input news, OrderForm form, OrderSummary state) {
    return email(news, form, state, channel("en-GB"));
  }

  static Email email(NotifyCustomer.Input news, OrderForm form, OrderSummary state, Channel channel) {
    return Email.of(letter(news, form, state, channel), channel, form.customer().email());
  }

  static Email email(NotifyCustomer.Input news, String locale) {
    return email(news, form(locale), about(news, form(locale)));
  }

  static Channel branded(Brand brand) {
    Channel it = channel("de-DE");
    return new Channel(it.id(), it.name(), it.currencies(), it.locale(), it.timeZone(), it.mailSender(), it.livemode(),
        it.paymentAccounts(), it.carrierAccounts(), it.stockPool(), it.minutesToPay(), it.payUrl(),
        it.paymentReminderMinutes(), it.capture(),
        it.shippingMethods(), brand);
  }
}
