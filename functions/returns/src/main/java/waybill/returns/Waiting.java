package waybill.returns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.OrderId;

/**
 * A return or a claim that goes on only if a person acts.
 *
 * @param id of the return or the claim
 * @param since when the person's turn began
 * @param orders that send something instead: what is cancelled of them decides whether it waits; empty for what waits in any case
 * @param holds whether it waits, by how many units of each line they still send
 * @param ends whether it is looked at for a while only, as it may never come to an end
 */
record Waiting(String id, Kind kind, Instant since, List<OrderId> orders, Predicate<Map<OrderId, List<Integer>>> holds,
    boolean ends) {
  /** A parcel on its way back that is silent for longer is looked for. */
  private static final Duration MOST_CARRIED = Duration.ofDays(11);
  private static final Duration REMINDER = Duration.ofDays(3);
  /** No order waits for its payment for longer: one that is not cancelled by then does not end by itself any more. */
  private static final Duration LONGEST = Duration.ofDays(63);

  enum Kind {
    /** Its policy does not approve it, and a person has not. */
    REQUESTED,
    /** Nobody has decided what becomes of units that were counted. */
    RECEIVED,
    /** Its label could not be bought, or nobody knows whether it was. */
    LABEL,
    /** Its carrier has not brought it for weeks, or brings it back to its customer. */
    CARRIED,
    /** Its carrier has delivered it, and nobody has counted it. */
    DELIVERED,
    /** Its carrier has lost it, and its policy refunds nothing for that. */
    LOST,
    /** Its carrier has a parcel of what was cancelled or rejected: ask for a return anew, by which it is counted. */
    UNWANTED,
    /** Units never came though others were sent for them: they are charged or written off. */
    OWED,
    /** What was kept for an order that was cancelled goes back only by a person's word. */
    KEPT,
    /** A claim is neither denied nor made good. */
    CLAIMED,
    /** The parcel came after it was made good: its customer keeps it, pays for it or returns it. */
    FOUND;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Stream<Waiting> of(OrderReturns all) {
    return Stream.concat(all.all().stream().flatMap(it -> of(all, it)), all.claims().stream().flatMap(Waiting::of));
  }

  private static Stream<Waiting> of(OrderReturns all, Return it) {
    if (it.ended() != null) {
      return unwanted(all, it);
    }
    if (it.permitted() == null) {
      return Stream.of(of(it, Kind.REQUESTED, it.requested().at()));
    }
    Stream<Waiting> received = it.awaitsDecision()
        ? Stream.of(of(it, Kind.RECEIVED, it.receipts().getLast().at()))
        : Stream.empty();
    Stream<Waiting> label = it.label() == null ? Stream.empty() : it.awaitsUnits() ? label(it) : late(all, it);
    return it.exchange() == null
        ? Stream.concat(received, label)
        : Stream.of(received, label, owed(it), kept(it)).flatMap(one -> one);
  }

  /** Nobody expects its parcel any more. What may have been bought is still to be paid, and what was lost to be refunded. */
  private static Stream<Waiting> late(OrderReturns all, Return it) {
    boolean lost = it.mayBeLost() && it.lines().stream().anyMatch(one -> all.stillOut(it, one.lineId()) > 0);
    return lost ? Stream.of(ending(it, Kind.LOST, it.label().seen().at())) : uncertain(it);
  }

  private static Stream<Waiting> uncertain(Return it) {
    return it.label().status() == ReturnLabel.Status.UNCERTAIN
        ? Stream.of(ending(it, Kind.LABEL, it.label().failure().at()))
        : Stream.empty();
  }

  private static Stream<Waiting> unwanted(OrderReturns all, Return it) {
    if (it.label() == null) {
      return Stream.empty();
    }
    boolean anew = all.all().stream().filter(one -> one.requested().at().isAfter(it.ended().word().at()))
        .anyMatch(one -> it.lines().stream().anyMatch(line -> one.live(line.lineId()) > 0));
    return it.label().isUnderway() && !anew
        ? Stream.of(ending(it, Kind.UNWANTED, it.label().seen().at()))
        : uncertain(it);
  }

  private static Stream<Waiting> label(Return it) {
    ReturnLabel label = it.label();
    return switch (label.status()) {
      case REQUESTED -> Stream.of(of(it, Kind.LABEL, label.asked().at()));
      case REFUSED, UNCERTAIN -> Stream.of(of(it, Kind.LABEL, label.failure().at()));
      case IN_TRANSIT -> Stream.of(of(it, Kind.CARRIED, label.seen().at().plus(MOST_CARRIED)));
      case RETURNED -> Stream.of(of(it, Kind.CARRIED, label.seen().at()));
      case DELIVERED -> it.receipts().isEmpty()
          ? Stream.of(of(it, Kind.DELIVERED, label.seen().at()))
          : Stream.empty();
      case LOST -> Stream.of(of(it, Kind.LOST, label.seen().at()));
      case READY, VOIDING, VOID -> Stream.empty();
    };
  }

  private static Waiting of(Return it, Kind kind, Instant since) {
    return new Waiting(it.id().value(), kind, since, List.of(), _ -> true, false);
  }

  private static Waiting ending(Return it, Kind kind, Instant since) {
    return new Waiting(it.id().value(), kind, since, List.of(), _ -> true, true);
  }

  /** For what its orders do not send any more nothing is owed. */
  private static Stream<Waiting> owed(Return it) {
    return it.expiredAt() != null && it.exchange().ended() == null && Exchanging.owed(it) > 0
        ? Stream.of(new Waiting(it.id().value(), Kind.OWED, it.expiredAt(), Exchanging.orders(it),
            sending -> Exchanging.owed(it, sending) > 0, false))
        : Stream.empty();
  }

  /** What was sent in advance waits for its units first. */
  private static Stream<Waiting> kept(Return it) {
    return IntStream.rangeClosed(1, it.disposals().size()).mapToObj(one -> new Exchanging.Sent(it.id(), one))
        .filter(one -> Exchanging.mayGoBack(it, one))
        .map(one -> new Waiting(it.id().value(), Kind.KEPT, it.disposals().get(one.disposal() - 1).settled().at(),
            List.of(one.order()), sending -> Exchanging.goesBack(it, one, sending), true));
  }

  private static Stream<Waiting> of(Claim it) {
    if (it.awaitsChoice()) {
      return Stream.of(of(it, Kind.FOUND, it.found()));
    }
    return switch (it.status()) {
      case OPEN -> Stream.of(of(it, Kind.CLAIMED, it.requested().at()));
      case APPROVED -> Stream.of(of(it, Kind.CLAIMED, it.approved().at()));
      case RESOLVED, DENIED -> Stream.empty();
    };
  }

  private static Waiting of(Claim it, Kind kind, Instant since) {
    return new Waiting(it.id().value(), kind, since, List.of(), _ -> true, false);
  }

  /** When it is looked at. @param reminded when it last was, or null. Null if it cannot wait any more */
  Instant next(Instant reminded) {
    Instant at = (reminded == null || reminded.isBefore(since) ? since : reminded).plus(REMINDER);
    return ends && at.isAfter(since.plus(LONGEST)) ? null : at;
  }
}
