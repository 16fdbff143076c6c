package waybill.returns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import waybill.messages.ExpiryDate;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.messages.PhotoId;
import waybill.messages.RefundId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.KeptWorth;
import waybill.messages.ReturnedTo;
import waybill.messages.Sku;

/**
 * Units of an order that come back together.
 *
 * @param key of the request that made it; a repeated one finds it
 * @param source whether somebody asked for it
 * @param parcel which one its carrier brings back; null if somebody asked for it
 * @param policy by which it was permitted
 * @param overruled why it may come back though the policy does not let it; null if it does
 * @param permitted null until it is
 * @param ended its early end; null if it has none
 * @param expiredAt when what had not come was given up; null if it was not
 * @param exchange what is sent instead; null if only money goes back
 * @param label for its way back; null if the shop pays none
 * @param unsent since when its news may not have been sent; null once that was looked after
 */
record Return(ReturnId id, String key, Source source, ParcelId parcel, List<Line> lines, ReturnPolicy policy,
    Word overruled, Word requested, Word permitted, End ended, Instant expiredAt, List<Receipt> receipts,
    List<Disposal> disposals, Exchange exchange, ReturnLabel label, Instant unsent) {

  /** What its carrier has not delivered so long after its last word is looked for by a person. */
  static final Duration LONGEST_CARRIED = Duration.ofDays(30);

  enum Source {
    REQUESTED, RETURNED_TO_SENDER,
    /** Its customer has money or other units for these already: they come back, and no money goes back for them. */
    COMPENSATED
  }

  enum Status {
    REQUESTED, APPROVED, RECEIVED, DISPOSED, REFUNDED, REJECTED, CANCELLED, EXPIRED
  }

  /** What somebody said, and when. @param why null if nothing */
  record Word(String by, String why, Instant at) {}

  record End(boolean rejected, Word word) {}

  /** @param lineId as it was packed: of a kit its component @param photos that show why */
  record Line(LineId lineId, Sku sku, int quantity, ReturnReason reason, String note, List<PhotoId> photos) {
    Line(LineId lineId, Sku sku, int quantity, ReturnReason reason, String note) {
      this(lineId, sku, quantity, reason, note, List.of());
    }
  }

  record Units(LineId lineId, int quantity) {}

  /** Goods that nobody announced. */
  record Found(Sku sku, int quantity, String note, LotNumber lot, ExpiryDate expiresOn) {}

  /** What a location has counted. @param key of the request */
  record Receipt(String key, LocationId location, List<Units> lines, List<Found> found, String by, Instant at) {}

  /**
   * What becomes of units.
   *
   * @param lineId null for goods that nobody announced
   * @param to null if nothing came
   * @param overruled why another share goes back than the policy has; null if it does not
   */
  record Disposed(LineId lineId, Sku sku, int quantity, Fate fate, Fault fault, String note, LotNumber lot,
      ExpiryDate expiresOn, ReturnedTo to, int refundPercent, String overruled) {
    boolean came() {
      return to != null;
    }
  }

  /**
   * @param refunds by which refunds its money goes, one a payment
   * @param kept for what is sent instead
   * @param waived whether the customer does not pay what that costs more
   * @param credited whether it is their store credit
   */
  record Settled(Money amount, List<RefundId> refunds, List<KeptWorth> kept, boolean waived, boolean credited,
      Instant at) {}

  /**
   * Worth that moves without any goods: it is kept for what is sent in advance, or goes back.
   *
   * @param credit what goes back; null if it is kept
   * @param of the how manieth decision has kept what goes back; 0 if it is kept by this one
   */
  record Worth(List<Units> units, Long credit, int of) {}

  /** @param key of the request. @param settled null until the order has granted the money. @param worth null if it is about goods */
  record Disposal(String key, LocationId location, List<Disposed> lines, boolean shipping, String by, Instant at,
      Settled settled, Worth worth) {
    Disposal(String key, LocationId location, List<Disposed> lines, boolean shipping, String by, Instant at,
        Settled settled) {
      this(key, location, lines, shipping, by, at, settled, null);
    }

    Disposal settled(Settled now) {
      return new Disposal(key, location, lines, shipping, by, at, now, worth);
    }
  }

  /** How many units of a line are announced. */
  int announced(LineId line) {
    return lines.stream().filter(it -> it.lineId.equals(line)).mapToInt(Line::quantity).sum();
  }

  Sku sku(LineId line) {
    return lines.stream().filter(it -> it.lineId.equals(line)).map(Line::sku).findFirst().orElseThrow();
  }

  int received(LineId line) {
    return receipts.stream().flatMap(it -> it.lines.stream()).filter(it -> it.lineId.equals(line))
        .mapToInt(Units::quantity).sum();
  }

  int receivedAt(LineId line, LocationId location) {
    return receipts.stream().filter(it -> location.equals(it.location)).flatMap(it -> it.lines.stream())
        .filter(it -> it.lineId.equals(line)).mapToInt(Units::quantity).sum();
  }

  Stream<Disposed> disposed(LineId line) {
    return disposals.stream().flatMap(it -> it.lines.stream()).filter(it -> line.equals(it.lineId));
  }

  int disposedAt(LineId line, LocationId location) {
    return disposals.stream().filter(it -> location.equals(it.location)).flatMap(it -> it.lines.stream())
        .filter(it -> line.equals(it.lineId) && it.came()).mapToInt(Disposed::quantity).sum();
  }

  int disposedOf(LineId line) {
    return disposed(line).filter(Disposed::came).mapToInt(Disposed::quantity).sum();
  }

  int missing(LineId line) {
    return disposed(line).filter(it -> !it.came()).mapToInt(Disposed::quantity).sum();
  }

  /** How many units may still come. */
  int expected(LineId line) {
    return announced(line) - received(line) - missing(line);
  }

  int expected() {
    return lines.stream().mapToInt(it -> expected(it.lineId)).sum();
  }

  /**
   * How many units of a line are in no other return as long as they are in this one. Units that others were sent for in advance have their
   * worth in this one alone, also after its time.
   */
  int live(LineId line) {
    return ended != null || !refunds()
        ? 0
        : expiredAt != null && !isKeptInAdvance(line) ? received(line) + missing(line) : announced(line);
  }

  /** Whether the worth of this line's units is kept for what was sent for them before they came. */
  boolean isKeptInAdvance(LineId line) {
    return isSentInAdvance(line)
        && disposals.stream().anyMatch(it -> it.worth() != null && it.worth().credit() == null);
  }

  /** Whether money goes back for what comes: else what was claimed keeps its units. */
  boolean refunds() {
    return source != Source.COMPENSATED;
  }

  /** Whether what goes back is store credit. For what was not delivered it never is. */
  boolean refundsToCredit() {
    return source == Source.REQUESTED && policy.refundTo() == RefundTo.STORE_CREDIT;
  }

  /** Whether something is sent instead of units of this line. */
  boolean isExchanged(LineId line) {
    return exchange != null && exchange.item(line).isPresent();
  }

  /** Whether something was sent for units of this line before they came. */
  boolean isSentInAdvance(LineId line) {
    return isExchanged(line) && exchange.inAdvance();
  }

  boolean isOpen() {
    return ended == null && permitted != null;
  }

  boolean awaitsUnits() {
    return isOpen() && expiredAt == null && expected() > 0;
  }

  /** Whether its units are expected, or were when its carrier lost them: what left in time is refunded also if its loss is known late. */
  boolean mayBeLost() {
    return awaitsUnits() || isOpen() && expected() > 0 && label != null && label.isLost();
  }

  Instant arrivesBy() {
    return permitted == null ? null : policy.arrivesBy(permitted.at);
  }

  /** The parcel that its label is for. */
  ParcelId labelId() {
    return ParcelId.of(id, label.number());
  }

  /** Until when its units are expected. What its carrier has by our label has left in time, and may take longer. */
  Instant expiresAt() {
    Instant carried = label == null || !label.isUsed() ? null : label.seen().at().plus(LONGEST_CARRIED);
    return carried == null || carried.isBefore(arrivesBy()) ? arrivesBy() : carried;
  }

  /** Whether its units are at their carrier, or were brought by it. */
  boolean isHandedOver() {
    return label != null && label.isUsed() || !receipts.isEmpty();
  }

  /** Whether its customer may send units with its label. */
  boolean isLabelled() {
    return awaitsUnits() && label != null && label.isReady();
  }

  /** When its label is void if it is not used by then; null if it has none that can be used, or one that its carrier does not take back. */
  Instant unusedUntil() {
    return label == null || !label.isReady() || label.withdrawal() != null
        ? null
        : label.bought().at().plus(Duration.ofDays(policy.labelDays()));
  }

  /** Its label, if it is not used in its time, is withdrawn. */
  Return unused(Instant now) {
    return unusedUntil() == null || now.isBefore(unusedUntil()) ? this : with(label.unwanted(now), now);
  }

  /** Whether units lie somewhere and nobody has decided yet what becomes of them. */
  boolean awaitsDecision() {
    return lines.stream().anyMatch(it -> received(it.lineId) > disposedOf(it.lineId));
  }

  /** @param refunded whether all money that was granted is back */
  Status status(boolean refunded) {
    if (ended != null) {
      return ended.rejected ? Status.REJECTED : Status.CANCELLED;
    }
    if (permitted == null) {
      return Status.REQUESTED;
    }
    if (receipts.isEmpty() && disposals.stream().allMatch(it -> it.lines.isEmpty())) {
      return expiredAt == null ? Status.APPROVED : Status.EXPIRED;
    }
    if (awaitsDecision() || awaitsUnits()) {
      return Status.RECEIVED;
    }
    return refunded && disposals.stream().allMatch(it -> it.settled != null) ? Status.REFUNDED : Status.DISPOSED;
  }

  Stream<Settled> settlements() {
    return disposals.stream().map(Disposal::settled).filter(java.util.Objects::nonNull);
  }

  Return permitted(Word word) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, word, ended, expiredAt, receipts,
        disposals, exchange, label, word.at);
  }

  Return ended(End end) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, end, expiredAt, receipts,
        disposals, exchange, label == null ? null : label.unwanted(end.word.at), end.word.at);
  }

  Return expired(Instant at) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, at, receipts,
        disposals, exchange, label == null ? null : label.unwanted(at), label == null ? unsent : at);
  }

  Return with(Receipt receipt) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        Stream.concat(receipts.stream(), Stream.of(receipt)).toList(), disposals, exchange, label, receipt.at);
  }

  /** Stock and money follow from a decision: until the sweep was there, either may not have been sent. */
  Return disposing(Disposal disposal) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        receipts, Stream.concat(disposals.stream(), Stream.of(disposal)).toList(), exchange, label, disposal.at);
  }

  Return with(List<Disposal> all) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        receipts, List.copyOf(all), exchange, label, unsent);
  }

  /** With another word about what is sent instead. */
  Return with(Exchange other, Instant at) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        receipts, disposals, other, label, at);
  }

  /** @param news whether it is to be sent, also if whoever writes this dies */
  Return with(ReturnLabel other, Instant news) {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        receipts, disposals, exchange, other, news == null ? unsent : news);
  }

  /** All its news was sent again. */
  Return sent() {
    return new Return(id, key, source, parcel, lines, policy, overruled, requested, permitted, ended, expiredAt,
        receipts, disposals, exchange, label, null);
  }
}
