package waybill.inventory;

import java.util.List;
import waybill.messages.Message;
import waybill.messages.Message.AllocationRefused;
import waybill.messages.Message.StockAllocated;
import waybill.messages.Message.StockRefused;
import waybill.messages.Message.StockReserved;

/** What a record's state tells the others: the same at its first writing and whenever it is asked for again. */
final class Emissions {

  private Emissions() {}

  static List<Message> of(Reservation it) {
    return switch (it.status()) {
      case TAKEN -> List.of(new StockReserved(it.order()));
      case REFUSED -> List.of(new StockRefused(it.order(), it.shortOf()));
      case TAKING, RETURNING -> List.of();
    };
  }

  static List<Message> of(Allocation it) {
    return switch (it.status()) {
      case TAKEN -> List.of(new StockAllocated(it.order(), it.fulfillment(), it.location(), it.lines()));
      case REFUSED -> List.of(new AllocationRefused(it.order(), it.fulfillment(), it.location(), it.shortOf()));
      case TAKING, RETURNING -> List.of();
    };
  }

  /** Stock that has left interests nobody further; the label that moved it told the others. */
  static List<Message> of(Shipment it) {
    return switch (it.status()) {
      case TAKEN, TAKING -> List.of();
      case RETURNING, REFUSED -> throw new IllegalStateException("a shipment is never refused");
    };
  }
}
