package waybill.notifications;

import java.util.Locale;
import waybill.messages.Message.CustomerNews;
import waybill.messages.Message.OrderCancelled;
import waybill.messages.Message.OrderDelivered;
import waybill.messages.Message.OrderPaymentFailed;
import waybill.messages.Message.OrderReleased;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Message.ShipmentOutForDelivery;

/** What a mail is about. */
enum Kind {
  PAYMENT_FAILED, CONFIRMED, CANCELLED, SHIPPED, OUT_FOR_DELIVERY, DELIVERY_FAILED, DELIVERED;

  static Kind of(CustomerNews news) {
    return switch (news) {
      case OrderPaymentFailed _ -> PAYMENT_FAILED;
      case OrderReleased _ -> CONFIRMED;
      case OrderCancelled _ -> CANCELLED;
      case ShipmentLabelled _ -> SHIPPED;
      case ShipmentOutForDelivery _ -> OUT_FOR_DELIVERY;
      case ShipmentDeliveryFailed _ -> DELIVERY_FAILED;
      case OrderDelivered _ -> DELIVERED;
    };
  }

  /** As logs, markers and templates spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What there is one mail of: an order, a payment or a parcel of it, and the kind of mail about it. */
  static String event(CustomerNews news) {
    String subject = switch (news) {
      case OrderPaymentFailed it -> it.payment().value();
      case OrderReleased it -> it.order().value();
      case OrderCancelled it -> it.order().value();
      case ShipmentLabelled it -> it.parcel().value();
      case ShipmentOutForDelivery it -> it.parcel().value();
      // The carrier may come in vain more than once.
      case ShipmentDeliveryFailed it -> it.parcel() + "#" + it.at().getEpochSecond();
      case OrderDelivered it -> it.order().value();
    };
    return of(news).text() + "#" + subject;
  }
}
