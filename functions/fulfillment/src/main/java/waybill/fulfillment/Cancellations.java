package waybill.fulfillment;

import java.util.List;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Ends the fulfillments of cancelled orders. First a tombstone takes the next number, then what is there is cancelled one by
 * one. The numbers are the lock: whoever plans inserts the next number as well, so once the tombstone has it, what was read
 * before is all there is and ever will be. To read again until nothing moves would not prove that: a query may see one half
 * of a transaction that plans again.
 */
final class Cancellations {
  private final Table<Fulfillment> fulfillments;

  Cancellations(Ports ports) {
    this.fulfillments = FulfillmentTable.fulfillments(ports);
  }

  /**
   * Cancels what an order has here, however often it is asked.
   *
   * @return all that is cancelled of it, by now or before; empty where it was never planned
   * @throws Fulfillment.DispatchedYetCancelled where something has left; what has not stays as it was
   */
  List<Fulfillment> cancel(OrderId order) {
    return close(order).stream().filter(it -> !it.isTombstone()).map(this::cancel)
        .filter(it -> it.status() == Status.CANCELLED).toList();
  }

  private Fulfillment cancel(Fulfillment known) {
    if (known.cancel().equals(known)) {
      return known;
    }
    return fulfillments.change(FulfillmentTable.key(known.id()), it -> it.orElseThrow().cancel()).value();
  }

  /** Sees to it that nothing is added to them. @return all of them */
  private List<Fulfillment> close(OrderId order) {
    var backoff = new Backoff();
    do {
      List<Fulfillment> known = FulfillmentTable.findAll(fulfillments, order).stream().map(Stored::value).toList();
      known.forEach(Fulfillment::cancel);
      if (!known.isEmpty() && known.getLast().isTombstone()) {
        return known;
      }
      // Their count, and not the last one's number: where one in between was not seen, its number is taken.
      if (fulfillments.insert(Fulfillment.tombstone(FulfillmentId.of(order, known.size() + 1)))) {
        return known;
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + order);
  }
}
