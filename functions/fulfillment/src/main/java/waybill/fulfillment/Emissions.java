package waybill.fulfillment;

import java.util.List;
import waybill.messages.Message;
import waybill.messages.Message.FulfillmentCancelled;
import waybill.messages.Message.FulfillmentPacked;
import waybill.messages.Message.FulfillmentPlanned;

/** What a fulfillment's state tells the others: the same at its first writing and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  static List<Message> of(Fulfillment it) {
    return switch (it.status()) {
      case PLANNED -> List.of(new FulfillmentPlanned(it.orderId(), it.id(), it.locationId(), it.lines()));
      case PACKED -> List.of(new FulfillmentPacked(it.orderId(), it.id(), it.locationId(), it.lines(), it.parcels()));
      case CANCELLED -> it.isTombstone()
          ? List.of()
          : List.of(new FulfillmentCancelled(it.orderId(), it.id(), it.locationId(), it.lines()));
      case OPEN, DISPATCHED, REFUSED -> List.of();
    };
  }
}
