package waybill.fulfillment;

import module java.base;
import waybill.messages.Choreography.CancelFulfillment;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.platform.*;

/** Cancels the fulfillments of a cancelled order, planned or not yet, so that their stock is released. */
public record CancelFulfillmentHandler(Cancellations cancellations, Sender<CancelFulfillment.Output> sender)
    implements QueueFunction<OrderCancelled> {
  private static final Log LOG = Log.of(CancelFulfillmentHandler.class);

  public CancelFulfillmentHandler() { this(Ports.ofProcess()); }

  public CancelFulfillmentHandler(Ports ports) { this(new Cancellations(ports), new Sender<>(ports)); }

  @Override
  public void work(OrderCancelled news) {
    List<Fulfillment> cancelled = cancellations.cancel(news.order());
    if (cancelled.isEmpty()) {
      LOG.info("Nothing to cancel, nothing will be planned", "order", news.order());
    }
    cancelled.forEach(it -> LOG.info("Cancelled", "order", it.orderId(), "fulfillment", it.id(), "location",
        it.locationId()));
    sender.send(cancelled.stream().flatMap(it -> Emissions.ofCancelled(it).stream()).toList());
  }
}
