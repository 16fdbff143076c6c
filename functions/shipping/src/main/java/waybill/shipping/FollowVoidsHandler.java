package waybill.shipping;

import module java.base;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.LabelVoid.Rejected;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.shipping.carrier.CarrierAccount;

/**
 * Every hour: asks carriers for the money of labels that are void, and looks once a day how far it is, until it came or is refused for
 * good. What takes too long, and what is refused, is reported.
 */
public record FollowVoidsHandler(Table<LabelVoid> voids, Table<Tracking> trackings, LabelDesks desks,
    InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(FollowVoidsHandler.class);
  /** A look, a request and a look after its refusal. What there is no time for is due at the next run. */
  private static final Duration EACH = Duration.ofSeconds(40);

  public FollowVoidsHandler() { this(Ports.ofProcess()); }

  public FollowVoidsHandler(Ports ports) {
    this(ShippingTable.voids(ports), ShippingTable.trackings(ports),
        new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.each(voids, ShippingTable.voidsDueBy(voids, now), LOG, it -> {
      if (it.value().dueAt().filter(due -> !now.isBefore(due)).isPresent() && Deadline.allows(EACH)) {
        follow(it.value());
      }
    });
  }

  private void follow(LabelVoid seen) {
    LabelVoid next = next(seen);
    boolean overdue = next.overdue(clock.instant());
    if (overdue) {
      LOG.report("LabelRefundsOverdue", "Refund of a label is overdue", "order", seen.parcel().order(), "parcel",
          seen.parcel(), "account", seen.draft().account(), "draft", seen.draft().id());
    }
    if (next.stage() instanceof Rejected it) {
      LOG.report("LabelVoidsRejected", "Label is not refunded", "order", seen.parcel().order(), "parcel", seen.parcel(),
          "account", seen.draft().account(), "draft", seen.draft().id(), "code", it.code());
    }
    LabelVoid stays = overdue ? next.reported(clock.instant()) : next;
    // Another run may have been faster, and knows more.
    LabelVoid written = voids.change(ShippingTable.voidKey(seen.parcel()),
        current -> current.filter(it -> !it.equals(seen)).orElse(stays)).value();
    LOG.info("Label void followed", "order", seen.parcel().order(), "parcel", seen.parcel(), "status",
        written.status());
  }

  private LabelVoid next(LabelVoid seen) {
    Instant now = clock.instant();
    LabelVoid known = isUsed(seen) ? seen.used(now) : seen;
    if (known.dueAt().isEmpty()) {
      return known;
    }
    return switch (desks.find(known.draft().account())) {
      case NoDesk it -> {
        LOG.error("The carrier cannot be asked for a refund", new IllegalStateException(it.reason()), "account",
            it.id(),
            "parcel", known.parcel());
        yield known.later(now);
      }
      case Desk it -> asked(known, it.carrier(), now);
    };
  }

  private boolean isUsed(LabelVoid it) {
    return TrackingNumber.parse(it.label().trackingNumber())
        .flatMap(number -> trackings.find(ShippingTable.key(number)))
        .filter(tracking -> LabelVoid.isUsed(it.parcel(), tracking.value())).isPresent();
  }

  private static LabelVoid asked(LabelVoid seen, Carrier carrier, Instant now) {
    RefundStanding standing = carrier.refund(seen.draft().id());
    if (!seen.asks(standing)) {
      return seen.seen(standing, now);
    }
    return switch (carrier.requestRefund(seen.draft().id())) {
      case Accepted<RefundStanding>(RefundStanding answer) -> seen.seen(answer, now);
      case Declined<RefundStanding>(Refused refused) -> seen.refused(refused.detail(), now);
    };
  }
}
