package waybill.shipping;

import module java.base;
import waybill.catalog.CarrierAccountId;
import waybill.messages.Choreography.PollTracking;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.webhook.Event;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierProvider.NoNews;
import waybill.shipping.carrier.ScanLookup;

/**
 * Every hour: asks for the scans of parcels of which nothing was heard for hours, where the carrier's events may be lost. What it learns
 * goes the way of an event, so what was not lost after all changes nothing. An account that does not answer is asked once a run.
 */
public record PollTrackingHandler(Table<ScanPoll> polls, Table<Tracking> trackings, LabelDesks desks,
    TrackingIntake intake, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(PollTrackingHandler.class);
  /** A call that connects and waits. What there is no time for is due at the next run. */
  private static final Duration EACH = Duration.ofSeconds(15);

  public PollTrackingHandler() { this(Ports.ofProcess()); }

  public PollTrackingHandler(Ports ports) {
    this(ShippingTable.polls(ports), ShippingTable.trackings(ports),
        new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), intake(new Sender<>(ports)), ports.clock());
  }

  private static TrackingIntake intake(Sender<PollTracking.Output> sender) {
    return new TrackingIntake(LOG, it -> sender.send(List.of(it)));
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    var away = new HashSet<CarrierAccountId>();
    Sweep.each(polls, ShippingTable.pollsDueBy(polls, now), LOG, it -> {
      if (it.value().isDue(now) && Deadline.allows(EACH)) {
        ScanPoll next = next(it.value(), now, away);
        polls.change(ShippingTable.pollKey(next.trackingNumber()),
            current -> current.filter(found -> !found.equals(it.value())).orElse(next));
      }
    });
  }

  private ScanPoll next(ScanPoll due, Instant now, Set<CarrierAccountId> away) {
    Optional<Stored<Tracking>> known = trackings.find(ShippingTable.key(due.trackingNumber()));
    if (known.isEmpty() || due.isOver(known.get().value(), now)) {
      return due.ended();
    }
    Instant heardAt = known.get().updatedAt();
    if (now.isBefore(heardAt.plus(ScanPoll.QUIET))) {
      return due.heard(heardAt);
    }
    if (!away.contains(due.account()) && ask(due, away)) {
      return due.asked(heardAt, now);
    }
    return due.failed(now);
  }

  /** @return whether the account has answered about the number */
  private boolean ask(ScanPoll due, Set<CarrierAccountId> away) {
    if (!(desks.find(due.account()) instanceof Desk desk && desk.carrier() instanceof ScanLookup carrier)) {
      away.add(due.account());
      return notAnswered(due, "the account looks up no scans any more");
    }
    try {
      return switch (carrier.scans(due.trackingNumber().value())) {
        case Accepted<Event<TrackingNoticed>>(Event<TrackingNoticed> event) -> {
          if (!(event instanceof Event.Ignored<TrackingNoticed> it && it.reason() == NoNews.STATUS)) {
            intake.take(due.account().account(), event);
          }
          yield true;
        }
        // Of this number only: others may be known.
        case Declined<Event<TrackingNoticed>>(Refused refused) -> notAnswered(due, refused.detail());
      };
    } catch (RetryLater e) {
      away.add(due.account());
      return notAnswered(due, e.getMessage());
    }
  }

  private static boolean notAnswered(ScanPoll due, String why) {
    LOG.warn("Scans not looked up", "account", due.account(), "tracking_number", due.trackingNumber(), "failures",
        due.failures(), "detail", why);
    return false;
  }
}
