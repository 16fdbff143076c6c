package waybill.notifications;

import java.util.Locale;
import waybill.messages.Message.CustomerNews;
import waybill.messages.Message.OrderDelivered;
import waybill.messages.Message.OrderReleased;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Message.ShipmentOutForDelivery;

/** What a mail is about. */
enum Kind {
  CONFIRMED, SHIPPED, OUT_FOR_DELIVERY, DELIVERED;

  static Kind of(CustomerNews news) {
    return switch (news) {
      case OrderReleased _ -> CONFIRMED;
      case ShipmentLabelled _ -> SHIPPED;
      case ShipmentOutForDelivery _ -> OUT_FOR_DELIVERY;
      case OrderDelivered _ -> DELIVERED;
    };
  }

  /** As logs, markers and templates spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What there is one mail of: an order or a parcel of it, and the kind of mail about it. */
  static String event(CustomerNews news) {
    String subject = switch (news) {
      case OrderReleased it -> it.order().value();
      case ShipmentLabelled it -> it.parcel().value();
      case ShipmentOutForDelivery it -> it.parcel().value();
      case OrderDelivered it -> it.order().value();
    };
    return of(news).text() + "#" + subject;
  }
}
