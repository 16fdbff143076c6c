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
 * is not promised since is promised again as soon as there is some. What a packer finds of another lot is swapped with what was allocated.
 */
public record CorrectStockHandler(Corrections corrections, LotSwaps swaps, Sender<CorrectStock.Output> sender)
    implements QueueFunction<CorrectStock.Input> {
  private static final Log LOG = Log.of(CorrectStockHandler.class);

  public CorrectStockHandler() { this(Ports.ofProcess()); }

  public CorrectStockHandler(Ports ports) {
    this(InventoryTable.corrections(ports), new LotSwaps(ports), new Sender<>(ports));
  }

  @Override
  public void work(CorrectStock.Input news) {
    switch (news) {
      case ShortageReported reported -> correct(reported);
      case ShortageDue due -> promise(due);
      case LotSwapAsked asked -> swap(asked);
    }
  }

  private void swap(LotSwapAsked asked) {
    LotSwaps.Decided decided = swaps.decide(asked);
    LotSwap it = decided.swap();
    LOG.info(decided.now() ? it.refused() == null ? "Lots swapped" : "Swap of lots refused" : "Swap was decided before",
        "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location(), "sku", it.sku(), "from",
        it.from(), "to", it.to(), "others", it.holders().size() - 1, "refused", it.refused());
    sender.send(List.of(Emissions.of(it)));
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
