package waybill.returns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.Instead;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.KeptWorth;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.returns.Return.Disposal;
import waybill.returns.Return.Disposed;
import waybill.returns.Return.Units;
import waybill.returns.Return.Word;
import waybill.returns.Return.Worth;

/**
 * What is sent instead of units that come back. Each decision about such units places one order, which the worth that was kept pays for as far as it
 * does; the difference is that order's total, so it does not leave before that is paid. What was kept goes back once that order's units come back,
 * or if it is cancelled.
 */
record Exchanging(OrderReturns before, Instant now) {
  private static final String IN_ADVANCE = "in advance";
  private static final String CANCELLED = "cancelled ";

  /** A person's word about what is sent instead. */
  enum Verdict {
    /** The customer pays no difference. */
    WAIVE,
    /** The customer owes what never came. */
    CHARGE,
    /** Nobody pays what never came. */
    WRITE_OFF,
    /** What was to be sent is cancelled, or a part of it, and what was kept for that goes back. */
    REFUND
  }

  /** An order that sends something instead. @param disposal the how manieth decision of the return has placed it */
  record Sent(ReturnId of, int disposal) {

    static Optional<Sent> parse(String cause) {
      int last = cause.lastIndexOf('_');
      try {
        return Optional
            .of(new Sent(new ReturnId(cause.substring(0, last)), Integer.parseInt(cause.substring(last + 1))));
      } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
        return Optional.empty();
      }
    }

    String cause() {
      return of + "_" + disposal;
    }

    OrderId order() {
      return OrderId.replacing(of.order(), cause());
    }
  }

  /** The same with the worth of all that is exchanged in advance, if that is to be sent now: once they were counted, at the latest. */
  static Return inAdvance(Return it, Instant now) {
    if (it.exchange() == null || !it.exchange().inAdvance() || !it.isOpen()
        || it.exchange().onScan() && !it.isHandedOver()
        || it.disposals().stream().anyMatch(one -> one.key().equals(IN_ADVANCE))) {
      return it;
    }
    List<Units> units = it.exchange().items().stream().map(one -> new Units(one.lineId(), it.announced(one.lineId())))
        .toList();
    return it.disposing(worth(IN_ADVANCE, null, new Worth(units, null, 0), it.permitted().by(), now));
  }

  private static Disposal worth(String key, LocationId location, Worth worth, String by, Instant now) {
    return new Disposal(key, location, List.of(), false, by, now, null, worth);
  }

  /** The orders that send something instead, as far as it is known what is kept for them. */
  static List<ReplacementAsked> asked(Return it) {
    return IntStream.range(0, it.disposals().size()).filter(one -> !kept(it, one).isEmpty())
        .mapToObj(one -> asked(it, one)).toList();
  }

  private static List<KeptWorth> kept(Return it, int index) {
    var settled = it.disposals().get(index).settled();
    return settled == null ? List.of() : settled.kept();
  }

  private static ReplacementAsked asked(Return it, int index) {
    Disposal of = it.disposals().get(index);
    List<KeptWorth> kept = of.settled().kept();
    return new ReplacementAsked(it.id().order(), new Sent(it.id(), index + 1).cause(),
        kept.stream().map(one -> new LineQuantity(one.lineId(), it.sku(one.lineId()), one.quantity())).toList(),
        "exchange", of.by(), of.settled().at(),
        kept.stream().map(one -> new Instead(it.exchange().item(one.lineId()).orElseThrow().sku(), one.quantity(),
            one.price(), of.settled().waived() ? one.price() : one.amount())).toList());
  }

  /** What is still to be paid of what a decision has sent instead. */
  static long due(Disposal it) {
    return it.settled().waived() ? 0 : it.settled().kept().stream().mapToLong(one -> one.price() - one.amount()).sum();
  }

  /** What is kept for units of which others were sent in advance, without what those are worth that have come. */
  static long owed(Return it) {
    return owed(it, Map.of());
  }

  /** The same without what is kept for units that its orders send no more. */
  static long owed(Return it, Map<OrderId, List<Integer>> sending) {
    long owed = 0;
    for (int i = 0; i < it.disposals().size(); i++) {
      if (it.disposals().get(i).key().equals(IN_ADVANCE)) {
        List<KeptWorth> kept = kept(it, i);
        List<Integer> unsent = unsent(it, new Sent(it.id(), i + 1), sending);
        for (int place = 0; place < kept.size(); place++) {
          KeptWorth one = kept.get(place);
          int sent = one.quantity() - unsent.get(place);
          owed += Math.max(0, share(one.amount(), one.quantity(), 0, sent) - came(it, one));
        }
      }
    }
    return owed;
  }

  /** Of each line that an order was to send, how many units are cancelled. */
  private static List<Integer> unsent(Return it, Sent sent, Map<OrderId, List<Integer>> sending) {
    List<KeptWorth> kept = kept(it, sent.disposal - 1);
    List<Integer> still = sending.get(sent.order());
    return IntStream.range(0, kept.size()).mapToObj(place -> still == null
        ? 0
        : Math.max(0, kept.get(place).quantity() - (place < still.size() ? still.get(place) : 0))).toList();
  }

  /** Whether what is kept for an order would go back if all of it was cancelled. */
  static boolean mayGoBack(Return it, Sent sent) {
    return !goingBack(it, sent, kept(it, sent.disposal - 1).stream().map(KeptWorth::quantity).toList()).isEmpty();
  }

  /** Whether some of it goes back by a person's word, as so much of the order is cancelled. */
  static boolean goesBack(Return it, Sent sent, Map<OrderId, List<Integer>> sending) {
    return !goingBack(it, sent, unsent(it, sent, sending)).isEmpty();
  }

  /**
   * The units that their customer has given and gets no others for, without those that went back before. For units that never came others were
   * sent first, so these pay for what was sent, and only what is more goes back.
   *
   * @param unsent of each line of the order, how many units are cancelled
   */
  private static List<Back> goingBack(Return it, Sent sent, List<Integer> unsent) {
    List<KeptWorth> kept = kept(it, sent.disposal - 1);
    boolean inAdvance = it.disposals().get(sent.disposal - 1).key().equals(IN_ADVANCE);
    return IntStream.range(0, kept.size()).mapToObj(place -> {
      KeptWorth one = kept.get(place);
      int given = inAdvance ? Math.min(one.quantity(), given(it, one.lineId())) : one.quantity();
      int back = given + unsent.get(place) - one.quantity() - cancelled(it, sent, one.lineId());
      return new Back(one.lineId(), Math.max(0, back), 100);
    }).filter(one -> one.quantity > 0).toList();
  }

  /** How many units of a line count as given back: what is decided to be worth something, also if its carrier lost it, and what is not decided. */
  private static int given(Return it, LineId line) {
    return it.disposed(line).filter(one -> one.refundPercent() > 0).mapToInt(Disposed::quantity).sum()
        + it.received(line) - it.disposedOf(line);
  }

  /** How many units of a line were given back as the order that was to send others is cancelled. */
  private static int cancelled(Return it, Sent sent, LineId line) {
    return it.disposals().stream().filter(one -> one.key().startsWith(CANCELLED + sent.cause()))
        .filter(one -> one.worth() != null && one.worth().of() == sent.disposal)
        .flatMap(one -> one.worth().units().stream()).filter(one -> one.lineId().equals(line))
        .mapToInt(Units::quantity).sum();
  }

  /** What of it counts as given back: by the share that was decided of each unit, and whole as long as nothing was. */
  private static long came(Return it, KeptWorth kept) {
    long worth = 0;
    int units = 0;
    for (Disposed one : it.disposed(kept.lineId()).toList()) {
      int all = Math.min(kept.quantity(), units + one.quantity());
      worth += half(share(kept.amount(), kept.quantity(), units, all), one.refundPercent(), 100);
      units = all;
    }
    int undecided = it.received(kept.lineId()) - it.disposedOf(kept.lineId());
    return worth + share(kept.amount(), kept.quantity(), units, Math.min(kept.quantity(), units + undecided));
  }

  private static Stream<KeptWorth> inAdvance(Return it) {
    return it.disposals().stream().filter(one -> one.key().equals(IN_ADVANCE) && one.settled() != null)
        .flatMap(one -> one.settled().kept().stream());
  }

  /** The orders that send something instead of a return's units. */
  static List<OrderId> orders(Return it) {
    return asked(it).stream().map(one -> OrderId.replacing(one.order(), one.cause())).toList();
  }

  /** What the units from one to another of so many are worth, rounded half up. */
  private static long share(long amount, int all, int from, int to) {
    return half(amount, to, all) - half(amount, from, all);
  }

  private static long half(long amount, int units, int all) {
    return Math.floorDiv(2 * amount * units + all, 2L * all);
  }

  /** @param sending of each line of its orders how many units they still send; what was not placed yet is not named */
  Outcome<OrderReturns> decide(ReturnId id, Verdict verdict, Word word, Map<OrderId, List<Integer>> sending) {
    return before.moving(id, it -> it.exchange() == null
        ? Refused.conflict("no_exchange", "nothing is sent instead of it").outcome()
        : switch (verdict) {
          case WAIVE -> waive(it, word);
          case CHARGE, WRITE_OFF -> end(it, verdict == Verdict.CHARGE, word, sending);
          case REFUND -> refund(it, word, sending);
        });
  }

  private static Outcome<Return> waive(Return it, Word word) {
    if (it.exchange().waived() != null) {
      return Outcome.of(it);
    }
    return it.settlements().anyMatch(one -> !one.kept().isEmpty())
        ? Refused.conflict("exchange_sent", "it is ordered already: change the order that sends it").outcome()
        : Outcome.of(it.with(it.exchange().waived(word), word.at()));
  }

  private static Outcome<Return> end(Return it, boolean charged, Word word,
      Map<OrderId, List<Integer>> sending) {
    Exchange.End known = it.exchange().ended();
    if (known != null) {
      return known.charged() == charged
          ? Outcome.of(it)
          : Refused.conflict("exchange_decided", "the other was decided before").outcome();
    }
    long owed = owed(it, sending);
    if (owed == 0 || it.awaitsUnits()) {
      return Refused.conflict("nothing_owed", owed == 0
          ? "nothing was sent in advance of units that have not come, or came worth less"
          : "its units may still come until " + it.arrivesBy()).outcome();
    }
    return Outcome.of(it.with(it.exchange().ended(new Exchange.End(charged, owed, word)), word.at()));
  }

  private Outcome<Return> refund(Return it, Word word, Map<OrderId, List<Integer>> sending) {
    Return after = it;
    boolean done = false;
    for (int i = 0; i < it.disposals().size(); i++) {
      var sent = new Sent(it.id(), i + 1);
      List<Back> back = goingBack(it, sent, unsent(it, sent, sending));
      int before = kept(it, i).stream().mapToInt(one -> cancelled(it, sent, one.lineId())).sum();
      String key = CANCELLED + sent.cause() + (before == 0 ? "" : " " + before);
      after = credited(after, sent, key, null, back, word.by(), now);
      done |= before > 0 || !back.isEmpty();
    }
    if (done) {
      return Outcome.of(after);
    }
    return inAdvance(it).anyMatch(one -> given(it, one.lineId()) < one.quantity())
        ? Refused.conflict("units_expected", "what it was to be sent for has not come, or came worth nothing").outcome()
        : Refused.conflict("exchange_not_cancelled", "cancel the order that sends it, or units of it, first").outcome();
  }

  /** Units of what was sent instead have come back. @param percent of what they are worth */
  record Back(LineId line, int quantity, int percent) {}

  /** What was kept goes back for units of what was sent for it, once. @param units by the lines of the order that sent them: one for each that came */
  OrderReturns cameBack(Sent sent, String key, LocationId at, List<Back> units, String by) {
    return before.find(sent.of).map(it -> {
      List<KeptWorth> kept = kept(it, sent.disposal - 1);
      List<Back> ofThese = units.stream().filter(one -> place(one.line) < kept.size())
          .map(one -> new Back(kept.get(place(one.line)).lineId(), one.quantity, one.percent)).toList();
      return before.with(credited(it, sent, key, at, ofThese, by, now));
    }).orElse(before);
  }

  private static int place(LineId line) {
    return Integer.parseInt(line.ordered().value().substring("line_".length())) - 1;
  }

  private static Return credited(Return it, Sent sent, String key, LocationId at, List<Back> units, String by,
      Instant now) {
    if (it.disposals().stream().anyMatch(one -> one.key().equals(key))) {
      return it;
    }
    var back = new ArrayList<Units>();
    long credit = 0;
    for (Back one : units) {
      KeptWorth kept = kept(it, sent.disposal - 1).stream().filter(its -> its.lineId().equals(one.line)).findFirst()
          .orElseThrow();
      int earlier = Stream.concat(back.stream(), it.disposals().stream().filter(its -> its.worth() != null
          && its.worth().of() == sent.disposal).flatMap(its -> its.worth().units().stream()))
          .filter(its -> its.lineId().equals(one.line)).mapToInt(Units::quantity).sum();
      int quantity = Math.min(one.quantity, kept.quantity() - earlier);
      if (quantity > 0) {
        back.add(new Units(one.line, quantity));
        credit += half(share(kept.amount(), kept.quantity(), earlier, earlier + quantity), one.percent, 100);
      }
    }
    return back.isEmpty()
        ? it
        : it.disposing(worth(key, at, new Worth(List.copyOf(back), credit, sent.disposal), by, now));
  }
}
