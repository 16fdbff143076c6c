package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;

/**
 * What stops an order, or its money, until a person has looked. It is what the order's state implies, and there as long as its
 * cause is, or a person has placed it, and it is there until one releases it.
 *
 * @param handle what the person who placed it calls it; null if nobody did
 * @param fulfillmentId the fulfillment that it is about; null if it is about the order
 * @param lines the units that it is about; none if it is about more
 * @param note what to do about it
 */
record Hold(HoldId id, Reason reason, String handle, FulfillmentId fulfillmentId, List<LineQuantity> lines, String note,
    Instant createdAt) {

  /** Of no lines in particular. */
  Hold(HoldId id, Reason reason, String handle, FulfillmentId fulfillmentId, String note, Instant createdAt) {
    this(id, reason, handle, fulfillmentId, List.of(), note, createdAt);
  }

  /** How a person releases a hold that follows from the order's money, or from its stock. */
  enum Resolution {
    /** What was paid is what is owed. */
    ACCEPT_DIFFERENCE,
    /** What was paid too much goes back. */
    REFUND_DIFFERENCE,
    /** The money went back on another way, and that was meant. */
    DONE_ELSEWHERE,
    /** The order goes on without what a bank has taken back, or may take back. */
    ACCEPT_LOSS,
    /** What failed is tried once more. */
    REFUND_AGAIN,
    /** What could not be captured is captured now. */
    CAPTURE_AGAIN,
    /** Missing units are waited for, and what has not left yet leaves with them. */
    WAIT,
    /** What is there leaves, and the missing units follow as soon as there are some. */
    SEND_REST,
    /** Missing units are cancelled, and refunded. */
    CANCEL_LINE;

    /** As the API spells it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why an order is held, the most urgent first. */
  enum Reason {
    /** A payment is of another amount or currency than its order. */
    PAYMENT_MISMATCH(
        "a payment is of another amount or currency than the order: release the hold with accept_difference or"
            + " refund_difference, or cancel the order to refund it",
        Resolution.ACCEPT_DIFFERENCE, Resolution.REFUND_DIFFERENCE),
    /** A provider has reported two amounts of one payment. */
    PAYMENT_CONTRADICTED(
        "the provider has reported two amounts of this payment, and the larger one counts: compare it with what the provider"
            + " shows, then release the hold with accept_difference, or cancel the order",
        Resolution.ACCEPT_DIFFERENCE),
    /** Somebody disputes a payment at their bank. */
    DISPUTED(
        "the payment is disputed: answer at the provider; nothing leaves until that has ended, or until you release the hold with"
            + " accept_loss",
        Resolution.ACCEPT_LOSS),
    /** The card's network expects a chargeback. */
    FRAUD_WARNING(
        "the card's network reports fraud: cancel the order, refund it, or release the hold with accept_loss; nothing leaves until"
            + " then",
        Resolution.ACCEPT_LOSS),
    /** The provider's own rules want a person to look. */
    PAYMENT_REVIEW(
        "the provider reviews the payment: approve or refund it there, or release the hold with accept_loss; nothing leaves until then",
        Resolution.ACCEPT_LOSS),
    /** Money went back beside us, and the order goes on. */
    MONEY_TAKEN_BACK(
        "money of the order was taken back at the provider: cancel the order, or release the hold with done_elsewhere if the"
            + " refund was meant, or with accept_loss to go on without the money; nothing leaves until then",
        Resolution.DONE_ELSEWHERE, Resolution.ACCEPT_LOSS),
    /** The provider refused a capture for good. */
    CAPTURE_FAILED(
        "the provider refused to capture the payment: release the hold with capture_again, capture another amount, void it and name"
            + " another payment, or cancel the order; what is packed waits for it",
        Resolution.CAPTURE_AGAIN),
    /** Less was captured than the order needs, and nothing more is held. */
    CAPTURE_SHORT(
        "less was captured than the order needs, and the rest of the authorisation is gone: name another payment, release the"
            + " hold with accept_difference, or cancel the order; what is packed waits for it",
        Resolution.ACCEPT_DIFFERENCE),
    /** What was added to the order after it was placed is not paid. */
    CHANGE_UNPAID(
        "what was added to the order by a change is not paid, and all of the order waits for it: name a payment, take out by another change"
            + " what was added, release the hold with accept_difference to go on without the money, or cancel the order",
        Resolution.ACCEPT_DIFFERENCE),
    /** What is authorised can be captured for less than a day. */
    AUTHORIZATION_EXPIRING(
        "the money is only authorised, and that expires within a day: capture it, or the order is cancelled and its stock"
            + " released a day after"),
    /** The provider has been moving a refund for longer than banks take. */
    REFUND_OVERDUE("the provider has not finished the refund for two weeks: ask it; Waybill asks again twice a day"),
    /** The refund of a payment failed for good. */
    REFUND_FAILED(
        "the provider refused the refund for good: release the hold with refund_again, or refund it on another way and release the"
            + " hold with done_elsewhere",
        Resolution.REFUND_AGAIN, Resolution.DONE_ELSEWHERE),
    /** No location has units of the order. */
    SHORT(
        "no location has these units: release the hold with wait to have all of the order leave once there are some, with send_rest to have the"
            + " others leave now and these later, or with cancel_line to cancel and refund them; the others may leave until you decide",
        Resolution.WAIT, Resolution.SEND_REST, Resolution.CANCEL_LINE),
    /** A label may or may not have been bought. */
    LABEL_UNCERTAIN("whether the parcel's label was bought is unknown: ask the carrier; Waybill asks again every hour"),
    /** Nobody sells the parcel's label; nothing was paid. */
    LABEL_REFUSED("no carrier account sells the parcel's label; Waybill tries again every hour, or it is packed again"),
    /** A key or a link is due, and there is none to give. */
    LICENCE_KEY_MISSING(
        "a digital line waits: its pool of keys is empty, or its product says no more how it is delivered; import keys, and the"
            + " rest is given by itself"),
    /** The storefront took the money itself. */
    EXTERNAL_REFUND(
        "the storefront took this money itself: refund it there, and release the hold with done_elsewhere",
        Resolution.DONE_ELSEWHERE),
    /** A person placed it, as are those that follow; its note is theirs. */
    FRAUD_SUSPECTED(""), ADDRESS_INCORRECT(""), CUSTOMER_REQUEST(""), OTHER("");

    private final String note;
    private final List<Resolution> resolutions;

    Reason(String note, Resolution... resolutions) {
      this.note = note;
      this.resolutions = List.of(resolutions);
    }

    /** How a person may release it; none if people place it, or if it ends with its cause alone. */
    List<Resolution> resolutions() {
      return resolutions;
    }

    /**
     * Whether it asks for a person, and ends when that person has acted. Of the others some stay with their order as a note, and some a
     * person has placed.
     */
    boolean asksForAPerson() {
      return this != REFUND_FAILED && this != EXTERNAL_REFUND && !isPlaced();
    }

    /** Whether nothing of the order may leave as long as it is there, beside those that people place. */
    boolean stops() {
      return this == PAYMENT_CONTRADICTED || this == DISPUTED || this == FRAUD_WARNING || this == PAYMENT_REVIEW
          || this == MONEY_TAKEN_BACK;
    }

    /** Whether people place and release it. */
    boolean isPlaced() {
      return note.isEmpty();
    }

    /** Whether customers may not see it: what people say among themselves, and what somebody suspects. */
    boolean isForOperators() {
      return isPlaced() || this == FRAUD_WARNING || this == PAYMENT_REVIEW;
    }

    /** As the API spells it. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Hold of(LabelProblem problem, ParcelId parcel) {
    Hold hold = of(problem.reason(), parcel, parcel.fulfillment(), problem.since());
    return problem.detail() == null
        ? hold
        : new Hold(hold.id, hold.reason, null, hold.fulfillmentId, problem.detail() + " (" + hold.note + ")",
            hold.createdAt);
  }

  static Hold ofShort(OrderFulfillment lacking) {
    return of(Reason.SHORT, lacking.id(), lacking.id(), lacking.shortSince());
  }

  static Hold missing(OrderGrants grants) {
    return new Hold(HoldId.of(Reason.LICENCE_KEY_MISSING.text(), grants.order() + " " + grants.revision()),
        Reason.LICENCE_KEY_MISSING, null, null, Reason.LICENCE_KEY_MISSING.note, grants.at());
  }

  /** @param count how many holds the order has had, so that each of them is another one */
  static Hold unpaid(OrderId order, int count, Instant now) {
    return new Hold(HoldId.of(Reason.CHANGE_UNPAID.text(), order + " " + count), Reason.CHANGE_UNPAID, null, null,
        Reason.CHANGE_UNPAID.note, now);
  }

  /** @param code why the provider refuses, as one of its codes */
  static Hold refused(Reason reason, Record subject, String code, Instant createdAt) {
    Hold hold = of(reason, subject, null, createdAt);
    return new Hold(hold.id, reason, null, null, code + " (" + hold.note + ")", hold.createdAt);
  }

  /** @param subject the payment, parcel or fulfillment that it is about */
  static Hold of(Reason reason, Record subject, FulfillmentId fulfillment, Instant createdAt) {
    return new Hold(HoldId.of(reason.text(), subject.toString()), reason, null, fulfillment, reason.note,
        createdAt == null ? Instant.EPOCH : createdAt);
  }
}
