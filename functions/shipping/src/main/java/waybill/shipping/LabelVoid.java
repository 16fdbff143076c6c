package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.TimeText;
import waybill.platform.Violation;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.RefundStanding;

/**
 * A bought label that is not used, and its money on the way back: requested, submitted, and refunded weeks later. A carrier may refuse
 * it as too early, on the day of the purchase for example: then it is asked again each day until its window is over. Carriers that
 * charge by scans have charged nothing. The carrier is looked at before it is asked, so a crash in between asks for nothing twice.
 *
 * @param draft what was bought, and of which account
 */
record LabelVoid(ParcelId parcel, Draft draft, Label label, Instant labelledAt, Instant requestedAt, Stage stage) {
  /** How often the carrier is looked at. */
  static final Duration LOOK_AGAIN = Duration.ofDays(1);
  /** Carriers pay back after two weeks or more; what takes longer than this is looked into by a person. */
  static final Duration LATEST_REFUND = Duration.ofDays(30);

  /** What people call the stages. */
  enum Status {
    REQUESTED, TOO_EARLY, SUBMITTED, REFUNDED, NOT_APPLICABLE, REJECTED
  }

  sealed interface Stage {}

  /** The carrier was not asked yet, or nobody knows what it answered. */
  record Requested(Instant dueAt) implements Stage {}

  /** @param detail what the carrier said the last time */
  record TooEarly(int attempts, String detail, Instant dueAt) implements Stage {}

  /** @param reportedAt when it was reported that the money takes too long; null before */
  record Submitted(Instant since, Instant dueAt, Instant reportedAt) implements Stage {}

  /** @param amount null if the label's price was never known */
  record Refunded(Money amount, Instant at) implements Stage {}

  /** The carrier charges by scans: nothing was paid, and nothing comes back. */
  record NotApplicable(Instant at) implements Stage {}

  /** The label stays paid. */
  record Rejected(String code, String detail, Instant at) implements Stage {}

  /**
   * The label of a parcel that is not to be used; refused if it was used, was not bought here, or is too old.
   *
   * @param tracking what is known of its number; null if nothing is
   */
  static Outcome<LabelVoid> of(ParcelLabel parcel, Tracking tracking, Instant now) {
    if (!(parcel.stage() instanceof Labelled labelled)) {
      return Refused.conflict("not_labelled", "the parcel has no label").outcome();
    }
    if (labelled.draft() == null) {
      return Refused.conflict("bought_elsewhere", "the label was not bought here: whoever sold it takes it back")
          .outcome();
    }
    if (isUsed(parcel.parcel(), tracking)) {
      return Refused.conflict("scanned", "the carrier has scanned the parcel: its label is used").outcome();
    }
    Label label = labelled.label();
    Optional<Instant> end = VoidWindow.endsAt(label.carrier(), labelled.at());
    if (end.filter(it -> !now.isBefore(it)).isPresent()) {
      return windowOver(label, labelled.at(), end.get()).outcome();
    }
    return Outcome.of(new LabelVoid(parcel.parcel(), labelled.draft(), label, labelled.at(), now, new Requested(now)));
  }

  private static Refused windowOver(Label label, Instant labelledAt, Instant end) {
    long days = Duration.between(labelledAt, end).toDays();
    return new Refused(Refused.Kind.CONFLICT, "void_window_over",
        "%s no longer takes the label back".formatted(label.carrier()),
        List.of(
            new Violation("/labelled_at", "too_old", "is at most %d days ago for %s".formatted(days, label.carrier()))),
        Map.of("window_ends_at", TimeText.of(end)));
  }

  static boolean isUsed(ParcelId parcel, Tracking tracking) {
    return tracking != null && tracking.isUsedBy(parcel);
  }

  Status status() {
    return switch (stage) {
      case Requested _ -> Status.REQUESTED;
      case TooEarly _ -> Status.TOO_EARLY;
      case Submitted _ -> Status.SUBMITTED;
      case Refunded _ -> Status.REFUNDED;
      case NotApplicable _ -> Status.NOT_APPLICABLE;
      case Rejected _ -> Status.REJECTED;
    };
  }

  /** Whether nothing may leave with the label: once its carrier has rejected the void, it is a label again. */
  boolean isVoid() {
    return !(stage instanceof Rejected);
  }

  /** When the carrier is looked at next; empty once it is settled. */
  Optional<Instant> dueAt() {
    return Optional.ofNullable(switch (stage) {
      case Requested it -> it.dueAt;
      case TooEarly it -> it.dueAt;
      case Submitted it -> it.dueAt;
      case Refunded _, NotApplicable _, Rejected _ -> null;
    });
  }

  /** Whether the carrier is to be asked now, by how it says that the refund stands. */
  boolean asks(RefundStanding standing) {
    return isUnasked() && (standing == RefundStanding.NONE || standing == RefundStanding.REJECTED);
  }

  private boolean isUnasked() {
    return stage instanceof Requested || stage instanceof TooEarly;
  }

  /** How many times it was refused as too early. */
  int attempts() {
    return stage instanceof TooEarly it ? it.attempts : 0;
  }

  /** After the carrier has said how the refund stands. */
  LabelVoid seen(RefundStanding standing, Instant now) {
    return switch (standing) {
      case SUBMITTED -> at(stage instanceof Submitted it
          ? new Submitted(it.since, now.plus(LOOK_AGAIN), it.reportedAt)
          : new Submitted(now, now.plus(LOOK_AGAIN), null));
      case REFUNDED -> at(new Refunded(label.postage(), now));
      case NOT_APPLICABLE -> at(new NotApplicable(now));
      case REJECTED -> refused("the carrier has rejected the refund", now);
      // What was submitted does not vanish: the carrier's books are behind.
      case NONE -> stage instanceof Submitted ? later(now) : refused("the carrier knows of no refund", now);
    };
  }

  /** The carrier refuses for now; for good once its window would be over at the next attempt. */
  LabelVoid refused(String detail, Instant now) {
    Instant next = now.plus(LOOK_AGAIN);
    return next.isBefore(lastsUntil())
        ? at(new TooEarly(attempts() + 1, detail, next))
        : at(new Rejected("void_window_over", detail, now));
  }

  private Instant lastsUntil() {
    return VoidWindow.endsAt(label.carrier(), labelledAt).orElse(requestedAt.plus(VoidWindow.USUAL));
  }

  /** The parcel went its way after all: its label is used. What was submitted before is the carrier's to decide. */
  LabelVoid used(Instant now) {
    return isUnasked()
        ? at(new Rejected("scanned", "the carrier has scanned the parcel: its label is used", now))
        : this;
  }

  /** Nobody can be asked now. */
  LabelVoid later(Instant now) {
    Instant next = now.plus(LOOK_AGAIN);
    return switch (stage) {
      case Requested _ -> at(new Requested(next));
      case TooEarly it -> at(new TooEarly(it.attempts, it.detail, next));
      case Submitted it -> at(new Submitted(it.since, next, it.reportedAt));
      case Refunded _, NotApplicable _, Rejected _ -> this;
    };
  }

  /** Whether the money takes so long that a person must look, and that was not reported. */
  boolean overdue(Instant now) {
    return stage instanceof Submitted it && it.reportedAt == null && !now.isBefore(it.since.plus(LATEST_REFUND));
  }

  LabelVoid reported(Instant now) {
    return stage instanceof Submitted it && it.reportedAt == null ? at(new Submitted(it.since, it.dueAt, now)) : this;
  }

  private LabelVoid at(Stage next) {
    return new LabelVoid(parcel, draft, label, labelledAt, requestedAt, next);
  }
}
