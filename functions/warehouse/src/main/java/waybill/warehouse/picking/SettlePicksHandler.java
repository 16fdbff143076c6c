package waybill.warehouse.picking;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SettlePicks;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.PickMessages.PickFellShort;
import waybill.messages.PickMessages.UnitsNotPicked;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * Follows what becomes of picking. What one person did not find in a bin, nobody else is sent there for; what is in no bin, its order does without. What is
 * dispatched has left its totes.
 */
public record SettlePicksHandler(Settlement settlement, Sender<SettlePicks.Output> sender)
    implements QueueFunction<SettlePicks.Input> {
  private static final Log LOG = Log.of(SettlePicksHandler.class);

  public SettlePicksHandler() { this(Ports.ofProcess()); }

  public SettlePicksHandler(Ports ports) { this(new Settlement(ports), new Sender<>(ports)); }

  @Override
  public void work(SettlePicks.Input news) {
    switch (news) {
      case DispatchApproved approved -> {
        FulfillmentId fulfillment = approved.parcel().id().fulfillment();
        Settlement.Left left = settlement.packed(fulfillment);
        LOG.info("Totes emptied", "fulfillment", fulfillment, "units", left.units());
        if (left.picked() > 0) {
          LOG.measure(Metric.count("UnitsPicked", left.picked()), "Picked units are packed", "fulfillment",
              fulfillment);
        }
      }
      case PickFellShort fell -> settle(fell);
    }
  }

  private void settle(PickFellShort fell) {
    List<ShortPick> unsettled = settlement.elsewhere(fell.pick());
    List<ShortPick> lacking = unsettled.stream().filter(it -> it.lacking() > 0).toList();
    lacking.forEach(settlement::leave);
    sender.send(lacking.stream()
        .map(it -> new UnitsNotPicked(it.fulfillment().order(), it.fulfillment(), it.id().value(), it.line(),
            it.lacking(), it.lot(), it.by()))
        .toList());
    unsettled.forEach(it -> settlement.settled(it.id()));
    LOG.info("Short pick settled", "pick", fell.pick(), "location", fell.location(), "others", unsettled.size() - 1);
  }
}
