package waybill.returns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.ReturnId;
import waybill.messages.ReturnedTo;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.returns.Return.Disposal;
import waybill.returns.Return.Disposed;
import waybill.returns.Return.Receipt;
import waybill.returns.Return.Units;

/** What a location counts, and what it decides becomes of that. A carrier's scan at the dock is neither. */
record Receiving(OrderReturns before, Goods goods, Instant now) {

  /** @param late whether a person wants what comes after its time */
  Outcome<OrderReturns> receive(ReturnId id, Receipt receipt, boolean late) {
    return before.moving(id, it -> {
      var known = it.receipts().stream().filter(one -> one.key().equals(receipt.key())).findFirst();
      if (known.isPresent()) {
        return known.get().lines().equals(receipt.lines()) && known.get().location().equals(receipt.location())
            && known.get().found().equals(receipt.found()) ? Outcome.of(it) : reused();
      }
      Refused refused = closed(it, late);
      if (refused != null) {
        return refused.outcome();
      }
      List<Violation> errors = check(it, receipt.lines());
      return errors.isEmpty()
          ? Outcome.of(before.advanced(withFound(it.with(receipt), receipt), now))
          : Refused.invalid(errors).outcome();
    });
  }

  private static <T> Outcome<T> reused() {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was used with another request").outcome();
  }

  private Refused closed(Return it, boolean late) {
    if (!it.isOpen()) {
      return Refused.conflict(it.ended() == null ? "return_not_approved" : "return_ended",
          it.ended() == null ? "nobody has permitted it yet" : "it was rejected or cancelled");
    }
    boolean owed = it.lines().stream().anyMatch(line -> it.isKeptInAdvance(line.lineId()));
    if (it.expiredAt() != null && !owed && now.isAfter(it.expiredAt().plus(ReturnPolicy.LATE))) {
      return Refused.conflict("return_too_late", "its time has been over for more than 30 days");
    }
    return it.expiredAt() != null && !late
        ? Refused.conflict("return_expired", "its time is over: with accept_late an operator takes it all the same")
        : null;
  }

  private List<Violation> check(Return it, List<Units> lines) {
    var errors = new ArrayList<Violation>();
    Map<waybill.messages.LineId, Integer> shipped = goods.unitsShipped();
    for (int i = 0; i < lines.size(); i++) {
      Units units = lines.get(i);
      int expected = it.expected(units.lineId());
      // What has expired may be in another return by now, unless others were sent for it in advance.
      int free = it.expiredAt() == null || !it.refunds() || it.isKeptInAdvance(units.lineId())
          ? expected
          : Math.min(expected, before.free(shipped, goods, units.lineId()));
      if (it.announced(units.lineId()) == 0) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown",
            "the return has no such line: count it as unexpected"));
      } else if (lines.subList(0, i).stream().anyMatch(one -> one.lineId().equals(units.lineId()))) {
        errors.add(new Violation("/lines/" + i + "/line_id", "repeated", "the line is named twice"));
      } else if (units.quantity() > free) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_much",
            "of %s %d are expected: count what is more as unexpected".formatted(units.lineId(), Math.max(0, free))));
      }
    }
    return errors;
  }

  /** Goods that nobody announced are kept apart until somebody has looked. */
  private Return withFound(Return it, Receipt receipt) {
    if (receipt.found().isEmpty()) {
      return it;
    }
    List<Disposed> apart = receipt.found().stream().map(found -> new Disposed(null, found.sku(), found.quantity(),
        Fate.QUARANTINED, Fault.NOBODY, found.note(), found.lot(), found.expiresOn(), ReturnedTo.QUARANTINED, 0, null))
        .toList();
    return it
        .disposing(new Disposal("found " + receipt.key(), receipt.location(), apart, false, receipt.by(), now, null));
  }

  /** @param disposal as asked: {@code to}, shares and shipping follow from the return's policy */
  Outcome<OrderReturns> dispose(ReturnId id, Disposal disposal) {
    return before.moving(id, it -> {
      Disposal decided = decided(it, disposal);
      var known = it.disposals().stream().filter(one -> one.key().equals(disposal.key())).findFirst();
      if (known.isPresent()) {
        return known.get().lines().equals(decided.lines()) && known.get().location().equals(decided.location())
            ? Outcome.of(it)
            : reused();
      }
      if (!it.isOpen()) {
        return Refused.conflict("return_ended", "it is not open").outcome();
      }
      List<Violation> errors = check(before, it, decided);
      if (!errors.isEmpty()) {
        return Refused.invalid(errors).outcome();
      }
      return Outcome.of(it.disposing(new Disposal(decided.key(), decided.location(), decided.lines(),
          refundsShipping(it, decided), decided.by(), now, null)));
    });
  }

  /**
   * What its carrier has lost by our label is missing by its fault, if the policy refunds that. Once for each label, also after its time, without
   * units that have been asked for anew since.
   */
  static Return lost(OrderReturns before, Return it, Instant now) {
    int percent = it.policy().rule(Fate.MISSING, Fault.CARRIER).refundPercent();
    String key = "lost " + it.labelId();
    if (!it.label().isLost() || !it.mayBeLost() || !it.refunds() || percent == 0
        || it.disposals().stream().anyMatch(one -> one.key().equals(key))) {
      return it;
    }
    List<Disposed> lines = it.lines().stream().map(one -> new Disposed(one.lineId(), one.sku(),
        before.stillOut(it, one.lineId()), Fate.MISSING, Fault.CARRIER, null, null, null, null, percent, null))
        .filter(one -> one.quantity() > 0).toList();
    return lines.isEmpty()
        ? it
        : it.disposing(new Disposal(key, null, lines, false, "carrier", now, null));
  }

  private static Disposal decided(Return it, Disposal asked) {
    List<Disposed> lines = asked.lines().stream().map(line -> {
      ReturnPolicy.Rule rule = it.policy().rule(line.fate(), line.fault());
      // What it is worth has gone, if its customer was compensated.
      int percent = !it.refunds() ? 0 : line.overruled() == null ? rule.refundPercent() : line.refundPercent();
      var sku = it.lines().stream().filter(one -> one.lineId().equals(line.lineId())).map(Return.Line::sku).findFirst();
      return new Disposed(line.lineId(), sku.orElse(null), line.quantity(), line.fate(), line.fault(), line.note(),
          line.lot(), line.expiresOn(), line.fate().to(), percent, line.overruled());
    }).toList();
    return new Disposal(asked.key(), asked.location(), lines, false, asked.by(), asked.at(), null);
  }

  private static List<Violation> check(OrderReturns before, Return it, Disposal disposal) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < disposal.lines().size(); i++) {
      Disposed line = disposal.lines().get(i);
      int earlier = disposal.lines().subList(0, i).stream()
          .filter(one -> one.lineId().equals(line.lineId()) && one.came() == line.came())
          .mapToInt(Disposed::quantity).sum();
      int left = (line.came()
          ? it.receivedAt(line.lineId(), disposal.location()) - it.disposedAt(line.lineId(), disposal.location())
          : it.mayBeLost() ? before.stillOut(it, line.lineId()) : 0) - earlier;
      if (it.announced(line.lineId()) == 0) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown", "the return has no such line"));
      } else if (!it.refunds() && line.overruled() != null) {
        errors.add(new Violation("/lines/" + i + "/override", "not_allowed",
            "its customer is compensated already: no money goes back for what comes"));
      } else if (line.quantity() > left) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_much", (line.came()
            ? "of %s %d were counted there, and are not decided yet"
            : "of %s %d are still expected").formatted(line.lineId(), Math.max(0, left))));
      }
    }
    return errors;
  }

  /** Whether with this all of the order has come back and nothing was sent instead of any of it, so that nothing was delivered. */
  private boolean refundsShipping(Return it, Disposal disposal) {
    if (!it.policy().refundsShipping() || givenBack(it, disposal).noneMatch(one -> one.refundPercent() > 0)) {
      return false;
    }
    int back = Stream.concat(before.all().stream().filter(Return::refunds)
        .flatMap(of -> of.disposals().stream().flatMap(one -> givenBack(of, one))), givenBack(it, disposal))
        .filter(Disposed::came).mapToInt(Disposed::quantity).sum();
    return back >= goods.units();
  }

  /** The order's units of which its customer gets no others. */
  private static Stream<Disposed> givenBack(Return of, Disposal it) {
    return it.lines().stream().filter(one -> one.lineId() != null && !of.isExchanged(one.lineId()));
  }
}
