package waybill.orders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.messages.CaptureStatus;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.Message;
import waybill.messages.EventType;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.ShipmentStatus;
import waybill.messages.StockMessages.*;
import waybill.orders.Hold.Resolution;

/**
 * For each status and hold that the API shows of an order: who hears of it, and what leaves it. Each is a switch over its type, so that a
 * new value does not compile without an answer.
 */
final class WaysOut {
  static final String CANCEL = "POST /orders/{id}/cancellation";
  static final String CHANGE = "POST /orders/{id}/changes";
  static final String REFUND = "POST /orders/{id}/refunds";
  static final String PAY = "POST /orders/{id}/payments";
  static final String CAPTURE = "POST /orders/{id}/payments/{payment_id}/captures";
  static final String VOID = "POST /orders/{id}/payments/{payment_id}/voids";
  static final String RELEASE = "POST /orders/{id}/holds/{hold_id}/release";
  static final String IMPORT = "POST /products/{sku}/keys";
  static final String PACK = "POST /fulfillments/{id}/packing";
  private static final String REPACK = "POST /fulfillments/{id}/repacking";

  private WaysOut() {}

  /** Somebody who hears of a state. */
  sealed interface Told {
    /** As the page has it. */
    String text();
  }

  /** A mail to the customer, by its class's name. */
  record Mail(String name) implements Told {
    @Override
    public String text() {
      return "mail `" + name + "`";
    }
  }

  /** An alarm, by its entry in the runbooks. */
  record Alarm(String entry) implements Told {
    @Override
    public String text() {
      return "alarm [`%1$s`](runbooks.md#%1$s)".formatted(entry);
    }
  }

  /** The list of the orders on this hold. */
  record Listed(Hold.Reason hold) implements Told {
    @Override
    public String text() {
      return "list `GET /orders?hold=" + hold.text() + "`";
    }
  }

  /** An event of the feed, and of webhooks. */
  record Event(EventType type) implements Told {
    @Override
    public String text() {
      return "event `" + type.text() + "`";
    }
  }

  /** Whoever has done it, by the answer of their own request. */
  record Caller() implements Told {
    @Override
    public String text() {
      return "whoever asked for it";
    }
  }

  /** What ends a state. */
  sealed interface Way {
    String text();
  }

  /** A request. @param how what is said in it; null if nothing in particular */
  record Call(String route, String how) implements Way {
    @Override
    public String text() {
      return "`" + route + "`" + (how == null ? "" : " with `" + how + "`");
    }
  }

  /** A message by which another function moves the order. */
  record News(Class<? extends Message> message) implements Way {
    @Override
    public String text() {
      return "message `" + message.getSimpleName() + "`";
    }
  }

  /** It is an end that nobody needs to leave. */
  record End(String why) implements Way {
    @Override
    public String text() {
      return "an end: " + why;
    }
  }

  /** One value that the API shows. @param field as the API names it. @param value as the API spells it */
  record Row(String field, String value, List<Told> told, List<Way> ways) {
    String line() {
      return "| `%s` | %s | %s |".formatted(value, String.join("; ", told.stream().map(Told::text).toList()),
          String.join("; ", ways.stream().map(Way::text).toList()));
    }
  }

  private record Answer(List<Told> told, List<Way> ways) {
    Row row(String field, Enum<?> value) {
      return row(field, value.name().toLowerCase(Locale.ROOT));
    }

    Row row(String field, String value) {
      return new Row(field, value, told, ways);
    }
  }

  static List<Row> all() {
    return Stream.of(
        rows("status", OrderStatus.values(), WaysOut::of), rows("awaiting", Awaiting.values(), WaysOut::of),
        rows("payment_status", PaymentProgress.values(), WaysOut::of),
        rows("stock_status", StockProgress.values(), WaysOut::of),
        rows("fulfillment_status", FulfillmentProgress.values(), WaysOut::of),
        rows("delivery_status", DeliveryProgress.values(), WaysOut::of),
        rows("payments.status", PaymentStatus.values(), WaysOut::of),
        rows("payments.captures.status", CaptureStatus.values(), WaysOut::of),
        fulfillments(),
        rows("refunds.status", RefundStatus.values(), WaysOut::of),
        rows("adjustments.status", Adjustment.Status.values(), WaysOut::of),
        Stream.of(
            answer(told(new Alarm("unapproved"), new Listed(Hold.Reason.LABEL_REFUSED)), news(ShipmentLabelled.class))
                .row("parcels.status", "packed")),
        rows("parcels.status", ShipmentStatus.values(), WaysOut::of),
        Stream.of(answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
            new End("it does not leave")).row("parcels.status", "cancelled")),
        rows("holds.reason", Hold.Reason.values(), WaysOut::of)).flatMap(it -> it).toList();
  }

  private static Stream<Row> fulfillments() {
    String field = "fulfillments.status";
    return Stream.of(answer(told(new Alarm("unpacked")), call(PACK), call(CANCEL)).row(field, "open"),
        answer(told(new Alarm("unapproved"), new Listed(Hold.Reason.CAPTURE_FAILED)), news(CaptureAnswered.class),
            call(CAPTURE), call(PAY), call(CANCEL)).row(field, "awaiting_capture"),
        answer(told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)), news(ShipmentLabelled.class))
            .row(field, "packed"),
        answer(told(new Alarm("waiting")), news(StockAllocated.class), call(CANCEL)).row(field, "short"),
        answer(told(new Mail("Cancelled"), new Caller()), new End("nothing of it leaves")).row(field, "cancelled"));
  }

  private static <E extends Enum<E>> Stream<Row> rows(String field, E[] values, Function<E, Answer> answer) {
    return Arrays.stream(values).map(it -> answer.apply(it).row(field, it));
  }

  private static Answer answer(List<? extends Told> told, Way... ways) {
    return new Answer(List.copyOf(told), List.of(ways));
  }

  private static List<Told> told(Told... by) {
    return List.of(by);
  }

  private static Call call(String route) {
    return new Call(route, null);
  }

  private static News news(Class<? extends Message> message) {
    return new News(message);
  }

  private static Event event(EventType type) {
    return new Event(type);
  }

  private static Answer of(OrderStatus it) {
    return switch (it) {
      case OPEN -> answer(told(event(EventType.ORDER_PLACED), new Alarm("waiting")), call(CANCEL),
          news(ShipmentDelivered.class), news(PaymentCaptured.class));
      case COMPLETED -> answer(told(new Mail("Delivered"), event(EventType.ORDER_DELIVERED)), call(REFUND));
      case CANCELLED -> answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
          new End("its stock is free and its money goes back"));
    };
  }

  private static Answer of(Awaiting it) {
    return switch (it) {
      case STOCK ->
        answer(told(new Alarm("waiting")), news(StockReserved.class), news(StockRefused.class), call(CANCEL));
      case PAYMENT -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), call(PAY), call(CAPTURE),
          news(OrderDue.class), call(CANCEL));
      case FULFILLMENT -> answer(told(new Alarm("waiting"), new Alarm("unpacked")), call(PACK), call(CANCEL));
      case DELIVERY -> answer(told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)),
          news(ShipmentDelivered.class), call(REFUND));
    };
  }

  private static Answer of(PaymentProgress it) {
    return switch (it) {
      case PENDING -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), call(PAY), news(OrderDue.class),
          call(CANCEL));
      case PROCESSING -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), news(PaymentFailed.class),
          news(PaymentLookedUp.class), call(CANCEL));
      case FAILED -> answer(told(new Mail("PaymentFailed"), event(EventType.ORDER_PAYMENT_FAILED)),
          news(PaymentCaptured.class), call(PAY), news(OrderDue.class), call(CANCEL));
      case CANCELLED ->
        answer(told(new Mail("Cancelled"), new Caller()), call(PAY), news(OrderDue.class), call(CANCEL));
      case AUTHORIZED -> answer(told(new Listed(Hold.Reason.AUTHORIZATION_EXPIRING),
          new Alarm("reported-AuthorizationsExpiring")), news(PaymentCaptured.class), call(CAPTURE), call(VOID),
          call(CANCEL));
      case PARTIALLY_PAID -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), call(PAY), call(CAPTURE),
          call(CANCEL));
      case PAID ->
        answer(told(new Mail("Confirmed"), event(EventType.ORDER_CONFIRMED)), call(REFUND), call(CANCEL));
      case REFUND_PENDING -> answer(told(new Listed(Hold.Reason.REFUND_OVERDUE), new Listed(Hold.Reason.REFUND_FAILED)),
          news(PaymentRefunded.class), new Call(RELEASE, text(Resolution.REFUND_AGAIN)),
          new Call(RELEASE, text(Resolution.DONE_ELSEWHERE)));
      case REFUNDED -> answer(told(event(EventType.ORDER_REFUNDED)), new End("the money is back"));
    };
  }

  private static Answer of(StockProgress it) {
    return switch (it) {
      case PENDING ->
        answer(told(new Alarm("waiting")), news(StockReserved.class), news(StockRefused.class), call(CANCEL));
      case BACKORDERED -> answer(told(new Mail("Backordered"), event(EventType.ORDER_BACKORDERED)),
          news(StockReserved.class), call(CANCEL));
      case PARTIALLY_RESERVED -> answer(told(new Mail("Confirmed"), event(EventType.ORDER_BACKORDERED)),
          call(PACK), news(StockReserved.class), call(CANCEL));
      case RESERVED -> answer(told(event(EventType.ORDER_PLACED)), call(PACK), call(CANCEL));
      case PARTIALLY_SHIPPED -> answer(told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)), call(PACK));
      case SHIPPED -> answer(told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)),
          new End("all units have left"));
      case REFUSED -> answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
          new End("the order is cancelled and its money goes back"));
      case NOT_REQUIRED -> answer(told(event(EventType.ORDER_PLACED)), new End("nothing ships"));
      case RELEASED -> answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
          new End("its units are free again"));
    };
  }

  private static Answer of(FulfillmentProgress it) {
    return switch (it) {
      case UNFULFILLED -> answer(told(new Alarm("waiting")), news(StockAllocated.class), call(CANCEL));
      case IN_PROGRESS -> answer(told(new Alarm("unpacked")), call(PACK), news(FulfillmentPacked.class), call(CANCEL));
      case PARTIALLY_FULFILLED -> answer(told(new Alarm("unpacked")), call(PACK), news(FulfillmentPacked.class));
      case FULFILLED -> answer(told(new Alarm("unapproved"), new Mail("Shipped")), news(ShipmentLabelled.class));
      case NOT_REQUIRED -> answer(told(event(EventType.ORDER_PLACED)), new End("nothing ships"));
      case CANCELLED -> answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
          new End("nothing of it leaves"));
    };
  }

  private static Answer of(DeliveryProgress it) {
    return switch (it) {
      case PENDING -> answer(told(new Alarm("waiting")), news(ShipmentLabelled.class), news(GrantsMoved.class),
          call(CANCEL));
      case PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED -> answer(
          told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)), news(ShipmentDelivered.class),
          news(ShipmentReturned.class), call(REFUND));
      case DELIVERED -> answer(told(new Mail("Delivered"), event(EventType.ORDER_DELIVERED)), call(REFUND));
      case NOT_REQUIRED -> answer(told(event(EventType.ORDER_PLACED)), new End("nothing ships"));
      case CANCELLED -> answer(told(new Mail("Cancelled"), event(EventType.ORDER_CANCELLED)),
          new End("nothing of it leaves"));
    };
  }

  private static Answer of(PaymentStatus it) {
    return switch (it) {
      case PENDING -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), call(CAPTURE), call(VOID));
      case PROCESSING -> answer(told(new Alarm("waiting")), news(PaymentCaptured.class), news(PaymentFailed.class));
      case FAILED -> answer(told(new Mail("PaymentFailed"), event(EventType.ORDER_PAYMENT_FAILED)),
          news(PaymentCaptured.class), call(PAY), call(VOID));
      case AUTHORIZED -> answer(told(new Listed(Hold.Reason.AUTHORIZATION_EXPIRING),
          new Alarm("reported-AuthorizationsExpiring")), news(PaymentCaptured.class), call(CAPTURE), call(VOID),
          call(CANCEL));
      case CANCELLED -> answer(told(new Caller(), new Mail("Cancelled")), call(PAY));
      case CAPTURED ->
        answer(told(new Mail("Confirmed"), event(EventType.ORDER_CONFIRMED)), call(REFUND), call(CANCEL));
    };
  }

  private static Answer of(CaptureStatus it) {
    return switch (it) {
      case REQUESTED -> answer(told(new Alarm("waiting")), news(CaptureAnswered.class), news(OrderDue.class));
      case FAILED -> answer(told(new Listed(Hold.Reason.CAPTURE_FAILED), new Alarm("reported-CapturesFailed")),
          new Call(RELEASE, text(Resolution.CAPTURE_AGAIN)), call(CAPTURE), call(VOID));
      case SUCCEEDED -> answer(told(new Caller()), new End("the money is there"), call(REFUND));
    };
  }

  private static Answer of(RefundStatus it) {
    return switch (it) {
      case REQUESTED -> answer(told(new Alarm("waiting")), news(PaymentRefunded.class), news(OrderDue.class));
      case VOIDED -> answer(told(new Mail("Cancelled"), new Caller()), new End("no money was taken"));
      case PENDING -> answer(told(new Listed(Hold.Reason.REFUND_OVERDUE)), news(PaymentRefunded.class));
      case SUCCEEDED -> answer(told(event(EventType.ORDER_REFUNDED)), new End("the money is back"));
      case FAILED -> answer(told(new Listed(Hold.Reason.REFUND_FAILED), new Alarm("reported-RefundsFailed")),
          new Call(RELEASE, text(Resolution.REFUND_AGAIN)), new Call(RELEASE, text(Resolution.DONE_ELSEWHERE)));
    };
  }

  private static Answer of(Adjustment.Status it) {
    return switch (it) {
      case PENDING -> answer(told(new Listed(Hold.Reason.REFUND_OVERDUE), new Listed(Hold.Reason.EXTERNAL_REFUND)),
          news(PaymentRefunded.class), new Call(RELEASE, text(Resolution.DONE_ELSEWHERE)));
      case COMPLETED -> answer(told(event(EventType.ORDER_REFUNDED), new Caller()), new End("the money is back"));
      case FAILED -> answer(told(new Listed(Hold.Reason.REFUND_FAILED), new Alarm("reported-RefundsFailed")),
          new Call(RELEASE, text(Resolution.REFUND_AGAIN)), new Call(RELEASE, text(Resolution.DONE_ELSEWHERE)));
    };
  }

  private static Answer of(ShipmentStatus it) {
    return switch (it) {
      case UNKNOWN -> answer(told(new Alarm("reported-ScansUnknown")), news(ShipmentMoved.class));
      case ON_HOLD -> answer(told(event(EventType.PARCEL_SHIPPED)), news(ShipmentDelivered.class),
          news(ShipmentReturned.class), call(REFUND));
      case PRE_TRANSIT, IN_TRANSIT -> answer(told(new Mail("Shipped"), event(EventType.PARCEL_SHIPPED)),
          news(ShipmentDelivered.class), call(REFUND));
      case OUT_FOR_DELIVERY -> answer(told(new Mail("OutForDelivery"), event(EventType.PARCEL_OUT_FOR_DELIVERY)),
          news(ShipmentDelivered.class), news(ShipmentDeliveryFailed.class));
      case READY_FOR_PICKUP -> answer(told(new Mail("ReadyForPickup"), event(EventType.PARCEL_READY_FOR_PICKUP)),
          news(ShipmentDelivered.class), news(ShipmentReturned.class));
      case DELIVERY_FAILED -> answer(told(new Mail("DeliveryFailed"), event(EventType.PARCEL_DELIVERY_FAILED)),
          news(ShipmentDelivered.class), news(ShipmentReturned.class), call(REFUND));
      case DELIVERED -> answer(told(new Mail("Delivered"), event(EventType.ORDER_DELIVERED)), call(REFUND));
      case RETURNED -> answer(told(event(EventType.PARCEL_RETURNED)), call(REFUND));
    };
  }

  private static Answer of(Hold.Reason it) {
    return switch (it) {
      case PAYMENT_MISMATCH, PAYMENT_CONTRADICTED, MONEY_TAKEN_BACK -> held(it, call(CANCEL));
      case DISPUTED, FRAUD_WARNING, PAYMENT_REVIEW -> held(it, news(PaymentAlerted.class), call(CANCEL));
      case CAPTURE_FAILED -> held(it, news(CaptureAnswered.class), call(CAPTURE), call(VOID), call(CANCEL));
      case CAPTURE_SHORT -> held(it, call(PAY), call(CANCEL));
      case CHANGE_UNPAID -> held(it, news(PaymentCaptured.class), call(PAY), call(CHANGE), call(CANCEL));
      case AUTHORIZATION_EXPIRING ->
        held(it, news(PaymentCaptured.class), call(CAPTURE), call(VOID), call(CANCEL));
      case REFUND_OVERDUE -> held(it, news(PaymentRefunded.class));
      case REFUND_FAILED, EXTERNAL_REFUND -> held(it);
      case SHORT -> held(it, news(UnitsShort.class), call(CANCEL));
      case LABEL_UNCERTAIN -> held(it, news(ShipmentLabelled.class));
      case LABEL_REFUSED -> held(it, news(ShipmentLabelled.class), call(REPACK));
      case LICENCE_KEY_MISSING -> held(it, news(GrantsMoved.class), call(IMPORT), call(REFUND));
      case FRAUD_SUSPECTED, ADDRESS_INCORRECT, CUSTOMER_REQUEST, OTHER -> held(it, call(RELEASE), call(CANCEL));
    };
  }

  /** Each is listed; those that ask for a person are measured and alarm; each is released by what settles it. */
  private static Answer held(Hold.Reason reason, Way... more) {
    var told = new ArrayList<Told>(List.of(new Listed(reason), event(EventType.ORDER_HELD)));
    if (reason.asksForAPerson()) {
      told.add(new Alarm("held"));
    }
    List<Way> ways = Stream.concat(reason.resolutions().stream().map(it -> (Way) new Call(RELEASE, it.text())),
        Stream.of(more)).toList();
    return new Answer(List.copyOf(told), ways);
  }

  private static String text(Resolution resolution) {
    return resolution.text();
  }
}
