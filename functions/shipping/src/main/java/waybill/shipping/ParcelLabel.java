package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.catalog.CarrierAccountId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Lease;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier.Label;

/**
 * How a parcel gets its label: drafted, then labelled, and never back. It is unsold while no carrier sells one, and uncertain
 * while nobody knows whether one was bought. A draft costs nothing, so writing it claims the parcel: of several drafts the
 * written one is bought and the carrier forgets the others. Whoever buys holds a lease that is longer than a function can live;
 * after it the next attempt continues from what is written.
 *
 * @param items what is in the parcel, one entry a SKU
 * @param lots which lots that comes from; null if none of it is tracked by lots
 * @param asked when the label of what comes back was asked for; null of what is sent
 */
record ParcelLabel(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
    List<LotQuantity> lots, Instant asked, Stage stage) {

  ParcelLabel {
    lots = LotQuantity.orNull(lots);
  }

  /** For how long a carrier that does not answer is asked again; shorter than its message lives before it is a dead letter. */
  static final Duration PATIENCE = Duration.ofMinutes(20);

  sealed interface Stage {}

  /**
   * What the carrier made for the parcel, and whose it is.
   *
   * @param id the carrier's
   * @param quoted what the carrier asked for it; null if it did not say
   */
  record Draft(CarrierAccountId account, String id, Money quoted) {}

  /**
   * The carrier knows the parcel, and an attempt is buying its label, or was when it crashed.
   *
   * @param unsureSince since when an earlier attempt that may have bought it is known to have ended: the carrier is asked before
   *     it is paid; null in the first attempt
   */
  record Drafted(Lease lease, Draft draft, Instant unsureSince) implements Stage {

    /** Nobody else can have bought it. */
    boolean sure() {
      return unsureSince == null;
    }

    /** Whether a carrier that does not answer has been asked for long enough. */
    boolean outOfPatience(Instant now) {
      return unsureSince != null && !now.isBefore(unsureSince.plus(PATIENCE));
    }
  }

  /**
   * No account takes the parcel, or the carrier refuses it. Each time that the order asks again, the purchase starts anew.
   *
   * @param doubtful a draft that an earlier attempt may have bought after all, which is looked up first; null if there is none
   */
  record Unsold(String code, String detail, Draft doubtful, Instant since) implements Stage {

    /** Unsold again: the same refusal stands since it was first given, and the doubt stays. */
    Unsold after(Unsold before) {
      boolean same = code.equals(before.code) && detail.equals(before.detail);
      return new Unsold(code, detail, before.doubtful, same ? before.since : since);
    }
  }

  /** Nobody can find out whether the draft was bought. It is not bought any more; a label that turns up ends this. */
  record Uncertain(Draft draft, Instant since) implements Stage {}

  /**
   * @param account whose label it is; null if it was bought elsewhere
   * @param draft what was bought; null if it was bought elsewhere, or before drafts were kept
   */
  record Labelled(CarrierAccountId account, Label label, Instant at, Draft draft) implements Stage {}

  /** No label was bought, and none will be: the parcel is packed again, as another. */
  record Withdrawn(Instant at) implements Stage {}

  /** The label was bought, and is void before its carrier saw the parcel: the parcel is packed again, as another. */
  record Voided(Labelled labelled, Instant at) implements Stage {}

  /** A parcel with a draft that the carrier has just made for this claimant. */
  static ParcelLabel drafted(LabelWanted wanted, Draft draft, String claimant, Instant now) {
    return of(wanted, new Drafted(Lease.begin(claimant, now), draft, null));
  }

  /** A parcel that is void before anybody has tried to buy its label; nothing is known of it, and nothing needs to be. */
  static ParcelLabel withdrawn(ParcelId parcel, Instant now) {
    return new ParcelLabel(parcel.order(), parcel, null, null, List.of(), null, null, new Withdrawn(now));
  }

  /** A parcel whose label nobody sells. */
  static ParcelLabel unsold(LabelWanted wanted, Refused refusal, Instant now) {
    return of(wanted, new Unsold(refusal.code(), refusal.detail(), null, now));
  }

  /** A parcel whose label was bought elsewhere; empty if it is to be bought here. */
  static Optional<ParcelLabel> boughtElsewhere(LabelWanted wanted, Instant now) {
    return Optional.ofNullable(wanted.parcel().trackingNumber())
        .map(number -> new Label(wanted.parcel().carrier(), null, number, null))
        .map(label -> of(wanted, new Labelled(null, label, now, null)));
  }

  private static ParcelLabel of(LabelWanted wanted, Stage stage) {
    return new ParcelLabel(wanted.order(), wanted.parcel().id(), wanted.location(), wanted.pool(),
        LineQuantity.bySku(wanted.parcel().lines()), wanted.parcel().lots(), wanted.asked(), stage);
  }

  /**
   * As an attempt may continue with it: with its own claim, with a claim that it takes over, or as it is settled.
   *
   * @throws Lease.Held while another attempt's lease runs
   */
  ParcelLabel claimed(String claimant, Instant now) {
    return switch (stage) {
      case Drafted it -> switch (it.lease.standing(claimant, now)) {
        case OWN -> this;
        case RUNNING -> throw new Lease.Held("the label of " + parcel);
        case EXPIRED -> at(new Drafted(Lease.begin(claimant, now), it.draft, it.sure() ? now : it.unsureSince));
      };
      case Unsold _, Uncertain _, Labelled _, Withdrawn _, Voided _ -> this;
    };
  }

  /**
   * What was unsold, tried again.
   *
   * @param begun how the new attempt began: drafted, or unsold again
   * @throws Lease.Held if another attempt was faster and its lease runs
   */
  ParcelLabel begunAgain(ParcelLabel begun, String claimant, Instant now) {
    if (!(stage instanceof Unsold before)) {
      return claimed(claimant, now);
    }
    if (isAnswered(begun.asked)) {
      return this;
    }
    // What is wanted now counts: a parcel that comes back may go elsewhere than was asked before.
    return begun.stage instanceof Unsold it ? begun.at(it.after(before)) : begun;
  }

  /** Whether this asking is no newer than the one that stands: it was answered, and what it said of the parcel may not count any more. */
  boolean isAnswered(Instant asking) {
    return asked != null && asking != null && !asking.isAfter(asked);
  }

  /** The draft is bought, by whichever attempt: that is never undone, so the first label that is written stays. */
  ParcelLabel labelled(Draft draft, Label label, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) -> at(new Labelled(draft.account, label, now, draft));
      case Uncertain it when it.draft.equals(draft) -> at(new Labelled(draft.account, label, now, draft));
      case Unsold it when draft.equals(it.doubtful) -> at(new Labelled(draft.account, label, now, draft));
      case Labelled _, Voided _ -> this;
      case Drafted _, Unsold _, Uncertain _, Withdrawn _ ->
        throw new IllegalStateException(parcel + " has another draft than the one that was bought");
    };
  }

  /** The carrier refuses to sell the draft. A label that was written meanwhile stays. */
  ParcelLabel refused(Draft draft, Refused refusal, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) ->
        at(new Unsold(refusal.code(), refusal.detail(), it.sure() ? null : draft, now));
      case Unsold _, Uncertain _, Labelled _, Withdrawn _, Voided _ -> this;
      case Drafted _ -> throw new IllegalStateException(parcel + " has another draft than the one that was refused");
    };
  }

  /** The carrier cannot say whether the draft is bought. A label that was written meanwhile stays. */
  ParcelLabel uncertain(Draft draft, Instant now) {
    return switch (stage) {
      case Drafted it when it.draft.equals(draft) -> at(new Uncertain(draft, now));
      case Unsold _, Uncertain _, Labelled _, Withdrawn _, Voided _ -> this;
      case Drafted _ -> throw new IllegalStateException(parcel + " has another draft than the one that was asked for");
    };
  }

  /** The carrier says by now that the draft was not bought. A label that was written meanwhile stays. */
  ParcelLabel notBought(Draft draft, Instant now) {
    return stage instanceof Uncertain it && it.draft.equals(draft)
        ? at(new Unsold("not_bought", "the carrier did not sell it", null, now))
        : this;
  }

  /**
   * The parcel is void, if its label is not bought for certain.
   *
   * @return empty if it is bought, or may be; one that was voided before stays void
   * @throws Lease.Held while it is being bought
   */
  Optional<ParcelLabel> withdrawn(Instant now) {
    return switch (stage) {
      case Withdrawn _, Voided _ -> Optional.of(this);
      case Unsold it when it.doubtful == null -> Optional.of(at(new Withdrawn(now)));
      case Drafted it when it.lease.standing("", now) == Lease.Standing.RUNNING ->
        throw new Lease.Held("the label of " + parcel);
      case Drafted _, Unsold _, Uncertain _, Labelled _ -> Optional.empty();
    };
  }

  /** The label is void; whoever calls knows that it may be. */
  ParcelLabel voided(Instant now) {
    return at(new Voided((Labelled) stage, now));
  }

  /** The label, once there is one, unless it is void. */
  Optional<Label> label() {
    return stage instanceof Labelled it ? Optional.of(it.label) : Optional.empty();
  }

  private ParcelLabel at(Stage next) {
    return new ParcelLabel(order, parcel, location, pool, items, lots, asked, next);
  }
}
