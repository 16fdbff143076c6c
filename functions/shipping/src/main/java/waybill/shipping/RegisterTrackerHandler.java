package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.messages.OrderId;
import waybill.messages.ShipmentMessages.TrackerDue;
import waybill.orders.Orders.Shipping;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.carrier.CarrierAccount;

/**
 * Has the first of a channel's carrier accounts that can report the scans of a parcel whose label was bought elsewhere. Whoever is asked
 * twice has one tracker; only a number whose events may be lost is noted, to be looked up. What does not answer is asked again by the queue.
 */
public record RegisterTrackerHandler(LabelDesks desks, ScanPolls polls, Catalog catalog,
    Function<OrderId, Optional<Shipping>> orders, InstantSource clock) implements QueueFunction<TrackerDue> {
  private static final Log LOG = Log.of(RegisterTrackerHandler.class);

  public RegisterTrackerHandler() { this(Ports.ofProcess()); }

  public RegisterTrackerHandler(Ports ports) { this(ports, new Orders(ports)::shipping); }

  RegisterTrackerHandler(Ports ports, Function<OrderId, Optional<Shipping>> orders) {
    this(ports, new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), orders);
  }

  private RegisterTrackerHandler(Ports ports, LabelDesks desks, Function<OrderId, Optional<Shipping>> orders) {
    this(desks, new ScanPolls(ports, desks), new Catalog(ports), orders, ports.clock());
  }

  @Override
  public void work(TrackerDue due) {
    Shipping to = orders.apply(due.order())
        .orElseThrow(() -> new RetryLater(due.order() + " is not placed yet"));
    Optional<Refused> refusal = Optional.empty();
    for (CarrierAccountId id : catalog.channel(to.channel()).map(Channel::carrierAccounts).orElse(List.of())) {
      if (desks.find(id) instanceof Desk desk && desk.account().livemode() == to.livemode()) {
        switch (desk.carrier().track(due.carrier(), due.trackingNumber())) {
          case Accepted<Boolean>(Boolean tracks) when tracks -> {
            polls.follow(id, due.trackingNumber(), clock.instant());
            LOG.info("Tracker registered", "order", due.order(), "parcel", due.parcel(), "account", id);
            return;
          }
          case Accepted<Boolean> _ -> {
            // It reports only what it sold itself.
          }
          case Declined<Boolean>(Refused refused) -> refusal = Optional.of(refused);
        }
      }
    }
    refusal.ifPresentOrElse(it -> LOG.report("TrackersRefused", "Tracker refused", "order", due.order(), "parcel",
        due.parcel(), "code", it.code(), "detail", it.detail()),
        () -> LOG.info("No account tracks the parcel", "order", due.order(), "parcel", due.parcel()));
  }
}
