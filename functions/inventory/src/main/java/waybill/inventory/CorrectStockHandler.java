package waybill.inventory;

import module java.base;
import waybill.inventory.Corrections.Made;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.MissingPromised;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * Takes what a packer did not find off the stock and off the promise, once a report, and has it planned elsewhere. What the order
 * is not promised since is promised again as soon as there is some.
 */
public record CorrectStockHandler(Corrections corrections, Sender<CorrectStock.Output> sender)
    implements QueueFunction<CorrectStock.Input> {
  private static final Log LOG = Log.of(CorrectStockHandler.class);

  public CorrectStockHandler() { this(Ports.ofProcess()); }

  public CorrectStockHandler(Ports ports) { this(InventoryTable.corrections(ports), new Sender<>(ports)); }

  @Override
  public void work(CorrectStock.Input news) {
    switch (news) {
      case ShortageReported reported -> correct(reported);
      case ShortageDue due -> promise(due);
    }
  }

  private void correct(ShortageReported reported) {
    Made made = corrections.make(reported);
    Shortage it = made.shortage();
    if (made.now()) {
      LOG.measure(Metric.count("ShortagesReported"), "Stock corrected", "order", it.order(), "fulfillment",
          it.fulfillment(), "location", it.location(), "reason", it.reason(), "missing", Movement.text(it.missing()),
          "corrected", Movement.text(it.corrected()));
    } else {
      LOG.info("Stock was corrected before", "order", it.order(), "shortage", it.id());
    }
    sender.send(List.of(Emissions.of(it)));
  }

  private void promise(ShortageDue due) {
    List<SkuQuantity> promised = corrections.promiseMissing(due.order());
    LOG.info("Missing units looked for", "order", due.order(), "fulfillment", due.fulfillment(), "promised",
        Movement.text(promised));
    sender.send(List.of(new MissingPromised(due.order(), due.fulfillment())));
  }
}
