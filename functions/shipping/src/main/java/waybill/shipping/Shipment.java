package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.ComeBack;
import waybill.shipping.Carrier.Label;

/**
 * A parcel's way to its label: drafted, then labelled, and never back; or uncertain, until a label turns up. It starts with
 * a draft that is free already, so writing it is claiming it: of several drafts the one that is written is bought, the
 * others are forgotten. Who works on it holds a lease, which is longer than a function can live; when it has run out, the
 * next one goes on from what is written.
 *
 * @param items what is in the parcel, one entry a SKU
 */
record Shipment(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
    Stage stage) {
  /** Longer than the function's timeout of 15 s, shorter than its queue's visibility of 90 s. */
  static final Duration LEASE = Duration.ofSeconds(60);
  /** For how long a carrier that fails to answer is asked again; shorter than its message lives before it is a dead letter. */
  static final Duration PATIENCE = Duration.ofMinutes(20);

  sealed interface Stage {}

  /**
   * The carrier knows of the parcel, and somebody is buying its label, or was when they died.
   *
   * @param claimant who may: one for each attempt, so that it knows its own claim where the answer to its write was lost
   * @param draft the carrier's id of it
   * @param unsureSince since when an attempt is known to have ended that may have bought it: the carrier is asked before it
   *     is paid; null in the first attempt
   */
  record Drafted(String claimant, Instant leaseUntil, String draft, Instant unsureSince) implements Stage {

    /** Nobody else can have bought it. */
    boolean sure() {
      return unsureSince == null;
    }

    /** Whether a carrier that fails to answer has been asked for long enough. */
    boolean outOfPatience(Instant now) {
      return unsureSince != null && !now.isBefore(unsureSince.plus(PATIENCE));
    }
  }

  /** Whether the draft was bought cannot be found out. Nobody buys it any more; a label that turns up ends it. */
  record Uncertain(String draft, Instant since) implements Stage {}

  record Labelled(Label label, Instant at) implements Stage {}

  /**
   * Somebody else is buying this label, or was when they died. Where they live it costs nobody anything that this message
   * waits, for they tell the news; where they died their lease must run out anyway.
   */
  static final class Busy extends ComeBack {
    private static final long serialVersionUID = 1;

    Busy(ParcelId parcel) {
      super("the label of " + parcel + " is being bought by another");
    }
  }

  /** A dispatch with a draft that the carrier has just made, claimed by who had it made. */
  static Shipment drafted(DispatchApproved dispatch, String draft, String claimant, Instant now) {
    return of(dispatch, new Drafted(claimant, now.plus(LEASE), draft, null));
  }

  /** A dispatch whose label was bought elsewhere; empty where it is to be bought here. */
  static Optional<Shipment> boughtElsewhere(DispatchApproved dispatch, Instant now) {
    return Optional.ofNullable(dispatch.parcel().trackingNumber())
        .map(number -> new Label(dispatch.parcel().carrier(), null, number, null))
        .map(label -> of(dispatch, new Labelled(label, now)));
  }

  private static Shipment of(DispatchApproved dispatch, Stage stage) {
    return new Shipment(dispatch.order(), dispatch.parcel().id(), dispatch.location(), dispatch.pool(),
        LineQuantity.bySku(dispatch.parcel().lines()), stage);
  }

  /**
   * This shipment as an attempt may go on with it: its own claim, a claim taken over, or what is settled.
   *
   * @throws Busy where another's lease still runs
   */
  Shipment claimed(String claimant, Instant now) {
    return switch (stage) {
      case Drafted it when it.claimant.equals(claimant) -> this;
      case Drafted it when now.isBefore(it.leaseUntil) -> throw new Busy(parcel);
      case Drafted it ->
        at(new Drafted(claimant, now.plus(LEASE), it.draft, it.unsureSince == null ? now : it.unsureSince));
      case Uncertain _, Labelled _ -> this;
    };
  }

  /** The draft is bought, by whomever: that is never undone, so the first label that is written stays. */
  Shipment labelled(String draft, Label label, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) -> at(new Labelled(label, now));
      case Uncertain it when it.draft.equals(draft) -> at(new Labelled(label, now));
      case Labelled _ -> this;
      case Drafted _, Uncertain _ -> throw new IllegalStateException(parcel + " is not drafted as what was bought");
    };
  }

  /** The carrier cannot tell whether the draft is bought. A label that was written meanwhile stays. */
  Shipment uncertain(String draft, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) -> at(new Uncertain(draft, now));
      case Uncertain _, Labelled _ -> this;
      case Drafted _ -> throw new IllegalStateException(parcel + " is not drafted as what was asked for");
    };
  }

  /** The label, once there is one. */
  Optional<Label> label() {
    return stage instanceof Labelled it ? Optional.of(it.label) : Optional.empty();
  }

  private Shipment at(Stage next) {
    return new Shipment(order, parcel, location, pool, items, next);
  }
}
