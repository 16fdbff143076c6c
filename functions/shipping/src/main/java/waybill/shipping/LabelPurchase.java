package waybill.shipping;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import waybill.platform.Chance;
import waybill.platform.Log;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.ParcelLabel.Drafted;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Uncertain;
import waybill.shipping.ParcelLabel.Unsold;
import waybill.shipping.ParcelLabel.Voided;
import waybill.shipping.ParcelLabel.Withdrawn;
import waybill.shipping.carrier.Carrier.Bought;
import waybill.shipping.carrier.Carrier.Finding;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.NotBought;
import waybill.shipping.carrier.Carrier.Unknown;
import waybill.shipping.carrier.Carrier;

/** Takes a parcel to its label. After each call to the carrier its answer is written, before the next call. */
final class LabelPurchase {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

  private final Table<ParcelLabel> labels;
  private final LabelDesks desks;
  private final Function<LabelWanted, Outcome<Draft>> drafting;
  private final InstantSource clock;

  /** @param drafting registers a parcel with a carrier, which is free; refused if none takes it */
  LabelPurchase(Table<ParcelLabel> labels, LabelDesks desks, Function<LabelWanted, Outcome<Draft>> drafting,
      InstantSource clock) {
    this.labels = labels;
    this.desks = desks;
    this.drafting = drafting;
    this.clock = clock;
  }

  /**
   * The parcel's label, bought now or before, or why there is none.
   *
   * @throws waybill.platform.Lease.Held if another attempt is buying it
   */
  ParcelLabel buy(LabelWanted wanted) {
    Table.Key key = ShippingTable.key(wanted.order(), wanted.parcel().id());
    ParcelLabel label = claim(key, wanted);
    return switch (label.stage()) {
      case Drafted it -> pay(key, it);
      case Uncertain it -> ask(key, label, it);
      case Unsold _, Labelled _, Withdrawn _, Voided _ -> label;
    };
  }

  private ParcelLabel claim(Table.Key key, LabelWanted wanted) {
    String claimant = Chance.here().newName();
    Optional<ParcelLabel> current = labels.find(key).map(Stored::value);
    if (current.isEmpty()) {
      ParcelLabel begun = begin(wanted, claimant);
      if (labels.insert(begun)) {
        return begun;
      }
    } else if (current.get().stage() instanceof Unsold unsold && !current.get().isAnswered(wanted.asked())) {
      return again(key, current.get(), unsold, wanted, claimant);
    }
    return labels.change(key, it -> it.orElseThrow().claimed(claimant, clock.instant())).value();
  }

  private ParcelLabel begin(LabelWanted wanted, String claimant) {
    return ParcelLabel.boughtElsewhere(wanted, clock.instant()).orElseGet(() -> draft(wanted, claimant));
  }

  /** Asks for the label again: an account may have been added, or the carrier may have changed its mind. */
  private ParcelLabel again(Table.Key key, ParcelLabel current, Unsold unsold, LabelWanted wanted,
      String claimant) {
    if (unsold.doubtful() != null) {
      Finding finding = lookUp(unsold.doubtful());
      if (finding instanceof Bought it) {
        return labelled(key, unsold.doubtful(), it.label());
      }
      if (finding instanceof Unknown) {
        return current;
      }
    }
    ParcelLabel begun = draft(wanted, claimant);
    return labels.change(key, it -> it.orElseThrow().begunAgain(begun, claimant, clock.instant())).value();
  }

  private ParcelLabel draft(LabelWanted wanted, String claimant) {
    return switch (drafting.apply(wanted)) {
      case Accepted(Draft draft) -> ParcelLabel.drafted(wanted, draft, claimant, clock.instant());
      case Declined(Refused refused) -> ParcelLabel.unsold(wanted, refused, clock.instant());
    };
  }

  private ParcelLabel pay(Table.Key key, Drafted drafted) {
    return switch (drafted.sure() ? new NotBought() : lookUp(drafted)) {
      case Bought it -> labelled(key, drafted.draft(), it.label());
      case NotBought _ -> switch (carrier(drafted.draft()).buy(drafted.draft().id())) {
        case Accepted(Label label) -> labelled(key, drafted.draft(), label);
        case Declined(Refused refused) ->
          change(key, label -> label.refused(drafted.draft(), refused, clock.instant()));
      };
      case Unknown _ -> change(key, label -> label.uncertain(drafted.draft(), clock.instant()));
    };
  }

  private Finding lookUp(Drafted drafted) {
    try {
      return carrier(drafted.draft()).find(drafted.draft().id());
    } catch (RuntimeException e) {
      if (!drafted.outOfPatience(clock.instant())) {
        throw e;
      }
      LOG.error("The carrier does not answer", e, "account", drafted.draft().account(), "draft", drafted.draft().id());
      return new Unknown();
    }
  }

  /** Unknown also if the carrier cannot be asked now: what is on hold already stays so until the next attempt. */
  private Finding lookUp(Draft draft) {
    try {
      return carrier(draft).find(draft.id());
    } catch (RuntimeException e) {
      LOG.error("The carrier does not answer", e, "account", draft.account(), "draft", draft.id());
      return new Unknown();
    }
  }

  /** @throws RetryLater if the draft's account is gone: it may have been removed by mistake */
  private Carrier carrier(Draft draft) {
    return switch (desks.find(draft.account())) {
      case Desk it -> it.carrier();
      case NoDesk it -> throw new RetryLater("the carrier account " + it.id() + " " + it.reason());
    };
  }

  /**
   * Whether a label that may have been bought was: asked before it is withdrawn, as a carrier may know by now. What was not bought is not bought
   * any more, so it is as one that nobody sold.
   */
  ParcelLabel clarified(Table.Key key, ParcelLabel label) {
    if (!(label.stage() instanceof Uncertain it)) {
      return label;
    }
    return switch (lookUp(it.draft())) {
      case Bought bought -> labelled(key, it.draft(), bought.label());
      case NotBought _ -> change(key, one -> one.notBought(it.draft(), clock.instant()));
      case Unknown _ -> label;
    };
  }

  /** Records a label that has turned up, because a person may have asked the carrier meanwhile. It is never bought here. */
  private ParcelLabel ask(Table.Key key, ParcelLabel label, Uncertain uncertain) {
    return lookUp(uncertain.draft()) instanceof Bought it ? labelled(key, uncertain.draft(), it.label()) : label;
  }

  private ParcelLabel labelled(Table.Key key, Draft draft, Label bought) {
    return change(key, label -> label.labelled(draft, bought, clock.instant()));
  }

  private ParcelLabel change(Table.Key key, Function<ParcelLabel, ParcelLabel> rule) {
    return labels.change(key, current -> rule.apply(current.orElseThrow())).value();
  }
}
