package waybill.incidents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.messages.EventType;
import waybill.messages.IncidentId;
import waybill.messages.IncidentKind;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.ReturnId;
import waybill.messages.Scan;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * Something that went wrong with a parcel, from when it was noticed to its end.
 *
 * @param scan where the parcel stood, or null
 * @param expectedAt when more is expected: the parcel itself, or news of it; null if nobody knows
 * @param reason the carrier's code, or null
 * @param informed whether nothing is left to be sent to its customer
 * @param report who has reported it; null if it follows from scans, or from their lack
 * @param lookAt when it is looked at next: a reminder, a date that a person has named, or a message that may be lost; null if it is settled
 * @param ending null as long as it goes on
 * @param again what another order sends again; empty if none does
 * @param refund null if none was asked for
 * @param claim null if nothing was claimed of its carrier
 * @param back null unless it was asked for that what is in it comes back
 * @param done the requests that have changed it, which a repeated one finds
 * @param published the last event of it that was sent to the feed; null if none was
 */
record Incident(IncidentId id, IncidentKind kind, String carrier, String trackingNumber, Scan scan, Instant openedAt,
    Instant expectedAt, String reason, boolean informed, Report report, Status status, Instant lookAt, Ending ending,
    List<LineQuantity> again, AskedRefund refund,
    Claim claim, AskedReturn back, List<Done> done, EventType published) {
  /** How often a refund is asked for until the order has answered. */
  static final Duration ASK_AGAIN = Duration.ofHours(1);
  /** What nobody has acted on is reported every day. */
  static final Duration REMIND_AGAIN = Duration.ofDays(1);
  /** Carriers decide about a claim within a month. */
  static final Duration CLAIM_PATIENCE = Duration.ofDays(30);
  private static final Duration LONGEST_WAIT = Duration.ofDays(90);
  private static final int MOST_CHANGES = 50;

  enum Status {
    /** Somebody must act. */
    OPEN,
    /** A person has decided to wait until a day. */
    WAITING,
    /** A refund is asked of the order, which has not answered yet. */
    REFUNDING,
    /** What is in the parcel is sent again by another order, which is not asked for yet. */
    REPLACING,
    /** What is in the parcel is to come back, and the returns have not answered yet. */
    RETURNING, RESOLVED
  }

  /** @param by the subject of the request @param note what that person wrote, or null */
  record Report(String by, String note) {}

  enum EndKind {
    /** The parcel went on, or was delivered. */
    RESOLVED_ITSELF,
    /** Something worse became known. */
    SUPERSEDED, REFUND, RESHIP, RETURN, CLAIM
  }

  /** @param by the subject of the request; null if nobody decided it @param note what that person wrote, or null */
  record Ending(EndKind kind, Instant at, String by, String note) {}

  /**
   * A refund that was asked of the order.
   *
   * @param number one more with each asking, by which answers to different askings are told apart
   * @param lines what is refunded whole; empty if only an amount is
   * @param amount in minor units; null for what the parcel is worth
   * @param granted null until the order has granted it
   * @param refused why the order has not; null unless that was its last answer
   */
  record AskedRefund(int number, List<LineQuantity> lines, Long amount, String by, String note, Money granted,
      String refused) {

    RefundStanding standing() {
      return granted != null
          ? RefundStanding.GRANTED
          : refused != null ? RefundStanding.REFUSED : RefundStanding.PENDING;
    }
  }

  /**
   * That what is in the parcel comes back, as it was asked of the returns.
   *
   * @param number one more with each asking
   * @param opened the return; null until there is one
   * @param refused why there is none; null unless that was the last answer
   */
  record AskedReturn(int number, ReturnId opened, String refused) {

    RefundStanding standing() {
      return opened != null
          ? RefundStanding.GRANTED
          : refused != null ? RefundStanding.REFUSED : RefundStanding.PENDING;
    }
  }

  enum RefundStanding {
    PENDING, GRANTED, REFUSED
  }

  enum ClaimStatus {
    SUBMITTED, PAID, REFUSED
  }

  /** What is claimed of the carrier. @param paid null until the carrier has decided, as are the last two @param settledBy who has entered that */
  record Claim(Money amount, String reference, String by, String note, Instant at, ClaimStatus status, Money paid,
      Instant settledAt, String settledBy) {}

  /** A request. @param content what it asked for, as a digest */
  record Done(String key, String content) {}

  static Incident open(IncidentId id, IncidentKind kind, ParcelWatch watch, Scan scan, Instant expectedAt,
      boolean informed, Instant now) {
    return new Incident(id, kind, watch.carrier(), watch.trackingNumber(), scan, now, expectedAt, watch.reason(),
        informed, null,
        Status.OPEN, now.plus(Playbook.REMINDER), null, List.of(), null, null, null, List.of(), null);
  }

  Incident reported(Report by, Done request) {
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, by, status,
        lookAt,
        ending, again, refund, claim, back, List.of(request), published);
  }

  /** Whether a person, an order or a later look has still to do with it. */
  boolean isLive() {
    return status != Status.RESOLVED || claim != null && claim.status == ClaimStatus.SUBMITTED;
  }

  /** Its events that were not sent yet. */
  List<EventType> unpublished() {
    var events = new ArrayList<EventType>();
    if (published == null) {
      events.add(EventType.INCIDENT_OPENED);
    }
    if (status == Status.RESOLVED && published != EventType.INCIDENT_RESOLVED) {
      events.add(EventType.INCIDENT_RESOLVED);
    }
    return events;
  }

  Incident withPublished(EventType event) {
    boolean known = published != null && published.compareTo(event) >= 0;
    return known
        ? this
        : new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, report, status,
            lookAt, ending, again, refund, claim, back, done, event);
  }

  /** Whether it must be read at the next look. */
  boolean isPending() {
    return isLive() || !unpublished().isEmpty();
  }

  /** Whether it waits for a person's decision, or for the day that a person has named. */
  boolean isUndecided() {
    return status == Status.OPEN || status == Status.WAITING;
  }

  Incident withInformed() {
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, true, report, status,
        lookAt,
        ending, again, refund, claim, back, done, published);
  }

  /** The same is said of its parcel once more. */
  Incident said(Scan again) {
    return new Incident(id, kind, carrier, trackingNumber, again, openedAt, expectedAt, reason, informed, report,
        status, lookAt, ending, this.again, refund, claim, back, done, published);
  }

  /** It has ended without anybody's decision. */
  Incident ended(EndKind how, Instant now) {
    return at(Status.RESOLVED, null, new Ending(how, now, null, null), refund, claim);
  }

  /** Its time has come: what was waited for did not happen. */
  Incident looked(Instant now) {
    return switch (status) {
      case OPEN -> later(Status.OPEN, now.plus(REMIND_AGAIN));
      case WAITING -> later(Status.OPEN, now.plus(Playbook.REMINDER));
      case REFUNDING, REPLACING, RETURNING -> later(status, now.plus(ASK_AGAIN));
      case RESOLVED -> later(Status.RESOLVED, now.plus(REMIND_AGAIN));
    };
  }

  private Incident later(Status next, Instant look) {
    return at(next, look, ending, refund, claim);
  }

  /** Whether nobody has acted on it in time, or its carrier has not decided about a claim. */
  boolean isOverdue(Instant now) {
    return lookAt != null && !now.isBefore(lookAt) && (status == Status.OPEN || status == Status.RESOLVED);
  }

  /** By what a person has decided. @param worth what is in the parcel, and what its order sold that for */
  Outcome<Incident> resolved(Resolution form, Worth worth, Done request, Instant now) {
    var before = done.stream().filter(it -> it.key.equals(request.key)).findFirst();
    if (before.isPresent()) {
      return before.get().content.equals(request.content)
          ? Outcome.of(this)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
              "this Idempotency-Key was used with another request").outcome();
    }
    if (done.size() >= MOST_CHANGES) {
      return Refused.conflict("too_many_changes", "an incident takes at most %d changes".formatted(MOST_CHANGES))
          .outcome();
    }
    if (form.end() != null && !Playbook.of(kind).ends().contains(form.end())) {
      return Refused.invalid("/kind", "not_allowed", "an incident of this kind does not end so").outcome();
    }
    return (switch (form) {
      case Resolution.Wait it -> waiting(it, now);
      case Resolution.Refund it -> refunding(it, worth, now);
      case Resolution.Reship it -> replacing(it, worth, now);
      case Resolution.Return it -> returning(it, now);
      case Resolution.ClaimOf it -> claiming(it, worth, now);
      case Resolution.Settlement it -> settled(it, now);
    }).map(it -> it.with(request));
  }

  private Outcome<Incident> waiting(Resolution.Wait form, Instant now) {
    if (!isUndecided()) {
      return over().outcome();
    }
    return form.lookAt().isAfter(now) && !form.lookAt().isAfter(now.plus(LONGEST_WAIT))
        ? Outcome.of(at(Status.WAITING, form.lookAt(), ending, refund, claim))
        : Refused.invalid("/look_at", "out_of_range", "is in the next %d days".formatted(LONGEST_WAIT.toDays()))
            .outcome();
  }

  private Outcome<Incident> refunding(Resolution.Refund form, Worth worth, Instant now) {
    boolean claimed = ending != null && ending.kind == EndKind.CLAIM && (refund == null || refund.granted == null);
    if (!isUndecided() && !(claimed && status != Status.REFUNDING)) {
      return over().outcome();
    }
    long asked = form.amount() == null ? worth.amount().minorUnits() : form.amount();
    if (asked > worth.left().minorUnits()) {
      return tooMuch(asked, worth.left(), "is left of what the parcel was sold for").outcome();
    }
    return Outcome.of(at(Status.REFUNDING, now.plus(ASK_AGAIN), ending,
        new AskedRefund(refund == null ? 1 : refund.number + 1, worth.refundedBy(form.amount()), form.amount(),
            form.by(), form.note(), null, null),
        claim));
  }

  private Outcome<Incident> replacing(Resolution.Reship form, Worth worth, Instant now) {
    if (!isUndecided()) {
      return over().outcome();
    }
    if (worth.replaced()) {
      return Refused.conflict("replaced_before", "what is in its parcel is sent again already").outcome();
    }
    var again = new Ending(EndKind.RESHIP, now, form.by(), form.note());
    return Outcome.of(at(Status.REPLACING, now.plus(ASK_AGAIN), again, refund, claim).packed(worth.lines()));
  }

  private Outcome<Incident> returning(Resolution.Return form, Instant now) {
    if (!isUndecided()) {
      return over().outcome();
    }
    var ends = new Ending(EndKind.RETURN, now, form.by(), form.note());
    return Outcome.of(at(Status.RETURNING, now.plus(ASK_AGAIN), ends, refund, claim)
        .with(new AskedReturn(back == null ? 1 : back.number + 1, null, null)));
  }

  private Incident with(AskedReturn other) {
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, report, status,
        lookAt, ending, again, refund, claim, other, done, published);
  }

  /** There is a return, or it was refused: then somebody must decide again. What is opened once stays so, whichever asking it answers. */
  Incident returned(int number, ReturnId opened, String refused, Instant now) {
    if (back == null || back.opened != null
        || opened == null && (status != Status.RETURNING || back.number != number)) {
      return this;
    }
    Incident answered = with(new AskedReturn(back.number, opened, refused));
    if (opened == null) {
      return answered.at(Status.OPEN, now.plus(Playbook.REMINDER), null, refund, claim);
    }
    boolean ends = status == Status.RETURNING || isUndecided();
    return ends
        ? answered.at(Status.RESOLVED, claimLook(),
            ending == null ? new Ending(EndKind.RETURN, now, null, null) : ending,
            refund, claim)
        : answered;
  }

  private Incident packed(List<LineQuantity> lines) {
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, report, status,
        lookAt, ending, lines, refund, claim, back, done, published);
  }

  /** The other order was asked for. */
  Incident replaced() {
    return status == Status.REPLACING ? at(Status.RESOLVED, claimLook(), ending, refund, claim) : this;
  }

  private Outcome<Incident> claiming(Resolution.ClaimOf form, Worth worth, Instant now) {
    if (claim != null) {
      return Refused.conflict("claimed_before", "its carrier was claimed from before").outcome();
    }
    if (ending != null && ending.kind != EndKind.REFUND && ending.kind != EndKind.RESHIP
        && ending.kind != EndKind.RETURN) {
      return over().outcome();
    }
    if (form.amount() > worth.unclaimed().minorUnits()) {
      return tooMuch(form.amount(), worth.unclaimed(), "is left to claim of what the parcel was sold for").outcome();
    }
    var made = new Claim(new Money(form.amount(), worth.amount().currency()), form.reference(), form.by(), form.note(),
        now, ClaimStatus.SUBMITTED, null, null, null);
    return Outcome.of(isUndecided()
        ? at(Status.RESOLVED, now.plus(CLAIM_PATIENCE), new Ending(EndKind.CLAIM, now, form.by(), form.note()), refund,
            made)
        : at(status, status == Status.RESOLVED ? now.plus(CLAIM_PATIENCE) : lookAt, ending, refund, made));
  }

  private Outcome<Incident> settled(Resolution.Settlement form, Instant now) {
    if (claim == null || claim.status != ClaimStatus.SUBMITTED) {
      return Refused.conflict("no_open_claim", "it has no claim that its carrier has not decided about").outcome();
    }
    if (form.amount() > claim.amount.minorUnits()) {
      return tooMuch(form.amount(), claim.amount, "was claimed").outcome();
    }
    var decided = new Claim(claim.amount, claim.reference, claim.by, claim.note, claim.at,
        form.amount() > 0 ? ClaimStatus.PAID : ClaimStatus.REFUSED, new Money(form.amount(), claim.amount.currency()),
        now, form.by());
    return Outcome.of(at(status, status == Status.RESOLVED ? null : lookAt, ending, refund, decided));
  }

  private static Refused tooMuch(long amount, Money most, String why) {
    return Refused.invalid("/amount", "too_much", "%d is more than %s: %d".formatted(amount, why, most.minorUnits()))
        .about("maximum", most.minorUnits());
  }

  private Refused over() {
    if (status == Status.RETURNING) {
      return Refused.conflict("return_pending", "it is asked for that it comes back, and that is not answered yet");
    }
    return status == Status.REFUNDING
        ? Refused.conflict("refund_pending", "a refund is asked of its order, which has not answered yet")
        : Refused.conflict("incident_resolved", "it has ended");
  }

  /**
   * The order has granted its refund, or has refused it: then somebody must decide again. A refund that is granted stays so, whichever asking
   * it answers; an asking that came later is not refused by the answer to one before.
   */
  Incident answered(int number, Money granted, String refused, Instant now) {
    boolean old = granted == null && refund != null && refund.number != number;
    if (refund == null || refund.granted != null || old) {
      return this;
    }
    var answered = new AskedRefund(refund.number, refund.lines, refund.amount, refund.by, refund.note, granted,
        refused);
    if (granted != null && status == Status.REPLACING) {
      // The other order is still to be asked for.
      return at(status, lookAt, ending, answered, claim);
    }
    if (granted != null) {
      Ending end = ending == null ? new Ending(EndKind.REFUND, now, refund.by, refund.note) : ending;
      return at(Status.RESOLVED, claimLook(), end, answered, claim);
    }
    return status == Status.REFUNDING
        ? at(ending == null ? Status.OPEN : Status.RESOLVED, ending == null ? now.plus(Playbook.REMINDER) : claimLook(),
            ending, answered, claim)
        : this;
  }

  /** What is claimed for it, or was paid, in minor units. */
  long claimed() {
    return claim == null ? 0 : claim.paid == null ? claim.amount.minorUnits() : claim.paid.minorUnits();
  }

  private Instant claimLook() {
    return claim != null && claim.status == ClaimStatus.SUBMITTED ? claim.at.plus(CLAIM_PATIENCE) : null;
  }

  private Incident with(Done request) {
    var all = new ArrayList<>(done);
    all.add(request);
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, report, status,
        lookAt,
        ending, again, refund, claim, back, List.copyOf(all), published);
  }

  private Incident at(Status next, Instant look, Ending end, AskedRefund money, Claim claimed) {
    return new Incident(id, kind, carrier, trackingNumber, scan, openedAt, expectedAt, reason, informed, report, next,
        look,
        end, again, money, claimed, back, done, published);
  }
}
