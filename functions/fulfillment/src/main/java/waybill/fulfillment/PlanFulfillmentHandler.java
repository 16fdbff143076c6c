package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.Plans.Plan;
import waybill.fulfillment.Supply.Stock;
import waybill.inventory.StockReader;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentMessages.LocationClosed;
import waybill.messages.FulfillmentMessages.RepackingDecided;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.*;
import waybill.messages.StockMessages.*;
import waybill.platform.*;

/**
 * Decides from which locations a released order ships, and decides again if a location lacks units after all. It opens what is
 * allocated for the packers, and takes what is dispatched off their lists. What a packer did not find it plans elsewhere, and what waits for one
 * at a location that is closed.
 */
public record PlanFulfillmentHandler(Plans plans, LotSwaps swaps, Sender<PlanFulfillment.Output> sender)
    implements QueueFunction<PlanFulfillment.Input> {
  private static final Log LOG = Log.of(PlanFulfillmentHandler.class);

  public PlanFulfillmentHandler() { this(Ports.ofProcess()); }

  public PlanFulfillmentHandler(Ports ports) {
    this(new Plans(ports, Stock.of(new StockReader(ports))), new LotSwaps(ports), new Sender<>(ports));
  }

  @Override
  public void work(PlanFulfillment.Input news) {
    switch (news) {
      case OrderReleased released -> send(plans.plan(released));
      case LinesChanged changed -> send(plans.reduce(changed));
      case AllocationRefused refused -> send(plans.planAgain(refused));
      case StockCorrected corrected -> send(plans.planMissing(corrected));
      case MissingPromised promised -> send(plans.planShort(promised.fulfillment()));
      case LocationClosed closed -> send(plans.planFromClosed(closed.fulfillment()));
      case StockAllocated allocated -> open(allocated);
      case DispatchApproved approved -> dispatch(approved);
      case RepackingDecided decided -> repack(decided);
      case LotSwapDecided decided -> swap(decided);
    }
  }

  private void open(StockAllocated allocated) {
    Fulfillment it = plans.open(allocated);
    if (it.status() == Status.OPEN) {
      LOG.info("Open for packing", "order", it.orderId(), "fulfillment", it.id(), "location", it.locationId());
    } else if (it.status() == Status.CANCELLED && !it.isEmptied()) {
      LOG.info("Allocated too late", "order", it.orderId(), "fulfillment", it.id(), "location", it.locationId());
      sender.send(Emissions.ofPlan(it));
    }
  }

  private void dispatch(DispatchApproved approved) {
    Fulfillment it = plans.dispatch(approved.parcel().id());
    LOG.info("Dispatch approved", "order", it.orderId(), "fulfillment", it.id(), "parcel", approved.parcel().id());
  }

  private void swap(LotSwapDecided decided) {
    LotSwap it = swaps.settle(decided);
    LOG.info(it.refused() == null ? "Packed from another lot" : "Not packed from another lot", "order", it.orderId(),
        "fulfillment", it.fulfillmentId(), "location", it.locationId(), "from", it.from(), "to", it.to(), "refused",
        it.refused());
  }

  private void repack(RepackingDecided decided) {
    Fulfillment it = plans.repack(decided);
    LOG.info(decided.granted() ? "Packed again" : "Not packed again: it leaves", "order", it.orderId(), "fulfillment",
        it.id(), "location", it.locationId(), "status", it.status());
  }

  private void send(Plan plan) {
    plan.added()
        .forEach(it -> LOG.info(it.status() == Status.SHORT ? "Short" : "Planned", "order", it.orderId(), "fulfillment",
            it.id(), "location", it.locationId(),
            "units", it.lines().stream().mapToInt(LineQuantity::quantity).sum()));
    if (plan.added().isEmpty()) {
      plan.pending().forEach(it -> LOG.info("Plan sent again", "order", it.orderId(), "fulfillment", it.id(),
          "location", it.locationId()));
    }
    sender.send(plan.pending().stream().flatMap(it -> Emissions.ofPlan(it).stream()).toList());
  }
}
