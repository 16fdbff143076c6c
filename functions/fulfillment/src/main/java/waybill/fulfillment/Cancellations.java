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
 * Ends the fulfillments of cancelled orders. First a tombstone takes the next number, then the others are cancelled one by
 * one. The numbers are the lock: a plan inserts the next number as well, so once the tombstone has it, what was read before is
 * all there is and ever will be. Reading again until nothing changes would not prove that: a query may see one half of a
 * transaction that plans again.
 */
final class Cancellations {
  private final Table<Fulfillment> fulfillments;

  Cancellations(Ports ports) {
    this.fulfillments = FulfillmentTable.fulfillments(ports);
  }

  /**
   * Cancels all fulfillments of an order; a repeated call changes nothing.
   *
   * @return all that are cancelled, now or before; empty if the order was never planned
   * @throws Fulfillment.DispatchedYetCancelled if one is dispatched; the others stay as they are
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

  /** Ensures that none is added. @return all of them */
  private List<Fulfillment> close(OrderId order) {
    var backoff = new Backoff();
    do {
      List<Fulfillment> known = FulfillmentTable.findAll(fulfillments, order).stream().map(Stored::value).toList();
      known.forEach(Fulfillment::cancel);
      if (!known.isEmpty() && known.getLast().isTombstone()) {
        return known;
      }
      // Their count and not the last one's number: if the query missed one in between, its number is taken, and this fails.
      if (fulfillments.insert(Fulfillment.tombstone(FulfillmentId.of(order, known.size() + 1)))) {
        return known;
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + order);
  }
}
