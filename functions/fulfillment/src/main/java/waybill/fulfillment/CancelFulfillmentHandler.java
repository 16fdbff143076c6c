package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Choreography.CancelFulfillment;
import waybill.messages.Message.OrderCancelled;
import waybill.platform.*;

/** Cancels the fulfillments of a cancelled order, planned or not yet, so that their stock is released. */
public final class CancelFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(CancelFulfillmentHandler.class);
  private final Cancellations cancellations;
  private final Sender<CancelFulfillment.Output> sender;

  public CancelFulfillmentHandler() { this(Ports.ofProcess()); }

  public CancelFulfillmentHandler(Ports ports) {
    this.cancellations = new Cancellations(ports);
    this.sender = new Sender<>(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, OrderCancelled.class, LOG, this::cancel);
  }

  private void cancel(OrderCancelled news) {
    List<Fulfillment> cancelled = cancellations.cancel(news.order());
    if (cancelled.isEmpty()) {
      LOG.info("Nothing to cancel, nothing will be planned", "order", news.order());
    }
    cancelled.forEach(it -> LOG.info("Cancelled", "order", it.orderId(), "fulfillment", it.id(), "location",
        it.locationId()));
    sender.send(cancelled.stream().flatMap(it -> Emissions.ofCancelled(it).stream()).toList());
  }
}
