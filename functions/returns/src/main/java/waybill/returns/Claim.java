package waybill.returns;

import java.time.Instant;
import java.util.List;
import waybill.messages.ClaimId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.messages.PhotoId;
import waybill.messages.Sku;
import waybill.returns.Return.Word;

/**
 * What a customer claims: units are missing, wrong or damaged, or their parcel never came. It ends refunded, sent again or both, or denied.
 *
 * @param key of the request that made it; a repeated one finds it
 * @param parcel which one never came; null if its units did
 * @param saidDelivered whether its carrier said so when that was claimed
 * @param wish null if the customer leaves it to the shop
 * @param approved null until somebody has
 * @param denied null unless somebody has
 * @param resolution null until somebody has decided one
 * @param found when the parcel came after all; null if it did not
 * @param choice what the customer does with what came after all; null until that is known
 * @param unsent since when its news may not have been sent; null once that was looked after
 */
record Claim(ClaimId id, String key, List<Line> lines, ParcelId parcel, boolean saidDelivered, Remedy wish,
    Word requested, Word approved, Word denied, Resolution resolution, Instant found, Choice choice, Instant unsent) {

  enum Status {
    OPEN, APPROVED, RESOLVED, DENIED
  }

  /** How many of its units are not what was ordered. */
  int wrongUnits() {
    return lines.stream().filter(it -> it.reason == ClaimReason.WRONG).mapToInt(Line::quantity).sum();
  }

  /** @param lineId as it was packed: of a kit its component */
  record Line(LineId lineId, Sku sku, int quantity, ClaimReason reason, String note, List<PhotoId> photos) {}

  /** Units that were packed instead of those of a line. */
  record Wrong(LineId lineId, Sku sku, int quantity) {}

  /**
   * How it is made good.
   *
   * @param number one more with each one that is decided, as the order has refused the money of the one before
   * @param amount what is refunded, in minor units; null for what the units are worth
   * @param wrong what was packed instead, which the books of the location are corrected by
   * @param location where it was packed; null if the books need no correction
   * @param sendsBack whether what its customer has of it is to come back
   * @param toCredit whether what is refunded goes to its customer's store credit
   * @param refunded null until the order has granted it
   * @param refused why the order has not; null unless it has refused
   */
  record Resolution(int number, Remedy remedy, Long amount, List<Wrong> wrong, LocationId location, boolean sendsBack,
      boolean toCredit, Word word, Money refunded, String refused) {

    /** Whether it asks for the same, by whomever. */
    boolean isSameAs(Resolution other) {
      return remedy == other.remedy && java.util.Objects.equals(amount, other.amount) && wrong.equals(other.wrong)
          && java.util.Objects.equals(location, other.location) && sendsBack == other.sendsBack
          && toCredit == other.toCredit;
    }

    boolean awaitsMoney() {
      return remedy.refunds() && refunded == null && refused == null;
    }

    /** Whether nothing of it stands: the order has refused its money, and nothing was sent again. */
    boolean isVoid() {
      return refused != null && !remedy.replaces();
    }
  }

  /** What becomes of a parcel that came after it was made good. @param due what its customer then owes; null unless they pay */
  record Choice(Kind kind, Money due, Word word) {
    enum Kind {
      KEEP, PAY, RETURN
    }
  }

  Status status() {
    if (denied != null) {
      return Status.DENIED;
    }
    if (resolution != null && !resolution.isVoid()) {
      return Status.RESOLVED;
    }
    return approved == null ? Status.OPEN : Status.APPROVED;
  }

  /** How many units of a line are in nothing else as long as they are in this one: what was made good stays so. */
  int live(LineId line) {
    return denied != null
        ? 0
        : lines.stream().filter(it -> it.lineId.equals(line)).mapToInt(Line::quantity).sum();
  }

  boolean isOf(ParcelId one) {
    return one.equals(parcel);
  }

  /** Whether it says that a parcel never came, and nobody has said that it did. */
  boolean awaitsParcel() {
    return parcel != null && !saidDelivered && found == null && denied == null;
  }

  /** Whether its customer may choose what becomes of what came after all. */
  boolean awaitsChoice() {
    return found != null && status() == Status.RESOLVED && choice == null;
  }

  /** Whether all of it is done that makes it good. */
  boolean isMadeGood() {
    return status() == Status.RESOLVED && !resolution.awaitsMoney();
  }

  List<LineQuantity> units() {
    return lines.stream().map(it -> new LineQuantity(it.lineId, it.sku, it.quantity)).toList();
  }

  Claim approved(Word word) {
    return new Claim(id, key, lines, parcel, saidDelivered, wish, requested, word, denied, resolution, found, choice,
        word.at());
  }

  Claim denied(Word word) {
    return new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved, word, resolution, found, choice,
        word.at());
  }

  /** To resolve it is to approve it. */
  Claim resolved(Resolution by) {
    return new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved == null ? by.word : approved,
        denied, by, found, choice, by.word.at());
  }

  /** What the order has answered about its money; what it has granted stays so. */
  Claim answered(int number, Money granted, String refused, Instant now) {
    boolean old = resolution == null || resolution.refunded != null || granted == null && resolution.number != number;
    return old
        ? this
        : new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved, denied,
            new Resolution(resolution.number, resolution.remedy, resolution.amount, resolution.wrong,
                resolution.location, resolution.sendsBack, resolution.toCredit, resolution.word, granted, refused),
            found, choice, now);
  }

  /** Its parcel came after all: what its carrier had said before it was claimed is no news. */
  Claim found(Instant at) {
    return !awaitsParcel()
        ? this
        : new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved, denied, resolution, at, choice,
            at);
  }

  Claim chosen(Choice it) {
    return new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved, denied, resolution, found, it,
        it.word.at());
  }

  /** All its news was sent again. */
  Claim sent() {
    return new Claim(id, key, lines, parcel, saidDelivered, wish, requested, approved, denied, resolution, found,
        choice, null);
  }
}
