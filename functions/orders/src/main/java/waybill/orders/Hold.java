package waybill.orders;

import java.time.Instant;
import java.util.Locale;
import waybill.messages.FulfillmentId;
import waybill.messages.ParcelId;

/**
 * What stops an order, or its money, until a person has looked. It is what the order's state implies, and there as long as its
 * cause is, or a person has placed it, and it is there until one releases it.
 *
 * @param handle what the person who placed it calls it; null if nobody did
 * @param fulfillmentId the fulfillment that it is about; null if it is about the order
 * @param note what to do about it
 */
record Hold(HoldId id, Reason reason, String handle, FulfillmentId fulfillmentId, String note, Instant createdAt) {

  /** Why an order is held, the most urgent first. */
  enum Reason {
    /** A payment is of another amount or currency than its order. */
    PAYMENT_MISMATCH(
        "a payment is of another amount or currency than the order: release the hold with accept_difference, or cancel the"
            + " order to refund it"),
    /** Somebody disputes a payment at their bank. */
    DISPUTED("the payment is disputed: answer at the provider; nothing leaves until that has ended"),
    /** The card's network expects a chargeback. */
    FRAUD_WARNING("the card's network reports fraud: cancel the order, or refund it; nothing leaves until then"),
    /** The provider's own rules want a person to look. */
    PAYMENT_REVIEW("the provider reviews the payment: approve or refund it there; nothing leaves until then"),
    /** Money went back beside us, and the order goes on. */
    MONEY_TAKEN_BACK(
        "money of the order was taken back at the provider: cancel the order, or say by a refund with done_elsewhere that it"
            + " was meant; nothing leaves until then"),
    /** What is authorised can be captured for less than a day. */
    AUTHORIZATION_EXPIRING(
        "the money is only authorised, and that expires within a day: capture it, or the order is cancelled and its stock"
            + " released a day after"),
    /** The provider has been moving a refund for longer than banks take. */
    REFUND_OVERDUE("the provider has not finished the refund for two weeks: ask it; Waybill asks again twice a day"),
    /** The refund of a payment failed for good. */
    REFUND_FAILED("the provider refused the refund for good: give the money back on another way"),
    /** A label may or may not have been bought. */
    LABEL_UNCERTAIN("whether the parcel's label was bought is unknown: ask the carrier; Waybill asks again every hour"),
    /** Nobody sells the parcel's label; nothing was paid. */
    LABEL_REFUSED("no carrier account sells the parcel's label; Waybill tries again every hour"),
    /** The storefront took the money itself. */
    EXTERNAL_REFUND("the storefront took this money itself: it must give it back itself"),
    /** A person placed it, as are those that follow; its note is theirs. */
    FRAUD_SUSPECTED(""), ADDRESS_INCORRECT(""), CUSTOMER_REQUEST(""), OTHER("");

    private final String note;

    Reason(String note) {
      this.note = note;
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
      return this == DISPUTED || this == FRAUD_WARNING || this == PAYMENT_REVIEW || this == MONEY_TAKEN_BACK;
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

  /** @param subject the payment or parcel that it is about */
  static Hold of(Reason reason, Record subject, FulfillmentId fulfillment, Instant createdAt) {
    return new Hold(HoldId.of(reason.text(), subject.toString()), reason, null, fulfillment, reason.note,
        createdAt == null ? Instant.EPOCH : createdAt);
  }
}
