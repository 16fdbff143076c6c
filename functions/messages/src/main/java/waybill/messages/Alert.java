package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a payment's provider reports beside its money: that a customer or a bank objects, or that somebody must look.
 *
 * @param reference what the provider calls it
 * @param amount what the bank has taken back for as long as it is open, and for good if it is lost; null if it took nothing
 * @param at when that happened, by the provider
 */
public record Alert(Kind kind, String reference, Status status, Money amount, Instant at) {
  private static final Comparator<Alert> LATEST = Comparator.comparing(Alert::at).thenComparing(Alert::status);

  public enum Kind {
    /** A chargeback, or an inquiry that may become one. */
    DISPUTE,
    /** The card's network expects a chargeback. */
    FRAUD_WARNING,
    /** The provider's own rules want a person to look. */
    REVIEW,
    /** It has reported two amounts of one success. */
    CONTRADICTION
  }

  public enum Status {
    OPEN,
    /** It was won, approved, or is of no consequence any more. */
    CLOSED,
    /** The bank keeps the money. */
    LOST
  }

  /** The newest of two reports of the same. */
  public Alert join(Alert other) {
    return LATEST.compare(other, this) > 0 ? other : this;
  }
}
