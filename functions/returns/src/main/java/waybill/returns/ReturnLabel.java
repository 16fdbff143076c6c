package waybill.returns;

import java.time.Instant;
import java.util.Comparator;
import waybill.messages.LocationId;
import waybill.messages.ReturnLabelMessages.ReturnBox;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.returns.Return.Word;

/**
 * The label that the shop pays for a return, as the return knows it: shipping buys it, follows its parcel, and voids it if it is not used. News of
 * it may come late, twice and in any order.
 *
 * @param number of the return's labels, from 1 on: another one is bought only once the one before is void
 * @param asked who wants it; {@code policy} if nobody but the channel's policy does
 * @param to where the parcel goes; null for where its units were sent from
 * @param box what a person says of the parcel; null for as it was sent
 * @param bought null until it is
 * @param failure why it is not bought; null if nothing is known to keep it from that
 * @param seen where its parcel is; null until its carrier has it
 * @param withdrawal that it is not wanted any more; null if it is
 */
record ReturnLabel(int number, Word asked, LocationId to, ReturnBox box, Bought bought, Failure failure, Seen seen,
    Withdrawal withdrawal) {
  /** Who asks for a label that a policy pays. */
  static final String POLICY = "policy";

  enum Status {
    REQUESTED, REFUSED, UNCERTAIN, READY, IN_TRANSIT, DELIVERED, RETURNED, LOST, VOIDING, VOID
  }

  /** @param service the carrier's product, or null */
  record Bought(String carrier, String service, String trackingNumber, Instant at) {}

  /** @param uncertain whether it may have been bought all the same */
  record Failure(boolean uncertain, String detail, Instant at) {}

  /** @param lost whether its carrier says that it is lost */
  record Seen(ShipmentStatus status, Instant at, boolean lost) implements Comparable<Seen> {
    private static final Comparator<Seen> PROGRESS = Comparator
        .<Seen, Scan>comparing(it -> new Scan(it.status, it.at)).thenComparing(Seen::lost);

    @Override
    public int compareTo(Seen other) {
      return PROGRESS.compare(this, other);
    }
  }

  /** @param answer of shipping; null until it has answered */
  record Withdrawal(Instant since, Answer answer) {}

  enum Answer {
    /** It is void, or was never bought. */
    VOID,
    /** It is used, or may be, or its carrier does not take it back any more. */
    STANDS
  }

  static ReturnLabel asked(int number, Word word, LocationId to, ReturnBox box) {
    return new ReturnLabel(number, word, to, box, null, null, null, null);
  }

  /** A parcel that its carrier has travels, also with a label that is void. */
  Status status() {
    if (seen != null) {
      return seen.lost ? Status.LOST : switch (seen.status) {
        case DELIVERED -> Status.DELIVERED;
        case RETURNED -> Status.RETURNED;
        default -> Status.IN_TRANSIT;
      };
    }
    if (isVoid()) {
      return Status.VOID;
    }
    if (isToWithdraw()) {
      return Status.VOIDING;
    }
    if (bought != null) {
      return Status.READY;
    }
    return failure == null ? Status.REQUESTED : failure.uncertain ? Status.UNCERTAIN : Status.REFUSED;
  }

  boolean isVoid() {
    return withdrawal != null && withdrawal.answer == Answer.VOID;
  }

  /** Whether its carrier has its parcel, or had it. */
  boolean isUsed() {
    return seen != null;
  }

  boolean isLost() {
    return seen != null && seen.lost;
  }

  /** Whether its carrier has its parcel, or has brought it, and it neither is lost nor goes back to its customer. */
  boolean isUnderway() {
    return seen != null && !seen.lost && seen.status != ShipmentStatus.RETURNED;
  }

  /** Whether shipping is to buy it. */
  boolean isToBuy() {
    return bought == null && failure == null && withdrawal == null;
  }

  /** Whether shipping is to withdraw it. */
  boolean isToWithdraw() {
    return withdrawal != null && withdrawal.answer == null;
  }

  /** Whether its customer may use it, also if it was to be withdrawn and its carrier does not take it back any more. */
  boolean isReady() {
    return bought != null && seen == null && (withdrawal == null || withdrawal.answer == Answer.STANDS);
  }

  /** The first label that is bought stays. One that was not wanted by then is withdrawn again. */
  ReturnLabel bought(Bought it) {
    return bought != null
        ? this
        : new ReturnLabel(number, asked, to, box, it, null, seen,
            withdrawal == null ? null : new Withdrawal(withdrawal.since, null));
  }

  ReturnLabel failed(Failure it) {
    return bought != null ? this : new ReturnLabel(number, asked, to, box, null, it, seen, withdrawal);
  }

  /** It never moves back. */
  ReturnLabel seen(Seen it) {
    return seen != null && seen.compareTo(it) >= 0
        ? this
        : new ReturnLabel(number, asked, to, box, bought, failure, it, withdrawal);
  }

  /** It is asked for again, as it could not be bought. */
  ReturnLabel again(Word word, LocationId there, ReturnBox as) {
    return new ReturnLabel(number, word, there, as, null, null, seen, null);
  }

  /** It is not wanted any more, unless it is used. */
  ReturnLabel unwanted(Instant now) {
    return seen != null || withdrawal != null && withdrawal.answer != Answer.STANDS
        ? this
        : new ReturnLabel(number, asked, to, box, bought, failure, null, new Withdrawal(now, null));
  }

  /** Shipping has answered. */
  ReturnLabel withdrawn(Answer answer) {
    return withdrawal == null || isVoid()
        ? this
        : new ReturnLabel(number, asked, to, box, bought, failure, seen, new Withdrawal(withdrawal.since, answer));
  }
}
