package waybill.returns;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.returns.Return.End;
import waybill.returns.Return.Source;
import waybill.returns.Return.Word;

/**
 * Whether units may come back: permission, the first of the five facts.
 *
 * @param products of the order's lines, and of the kits that they were sold in
 * @param now to the millisecond
 */
record Requesting(OrderReturns before, Goods goods, ReturnPolicy policy, Map<Sku, Product> products, Instant now) {
  /** What a product's metadata may say of its returns. */
  static final String CLASS = "return_class";

  /**
   * @param key of the request; a repeated one finds what it did
   * @param refundTo where its money is asked to go; null for where the policy says, which may be another one by the time of a repetition
   * @param unwanted what else is wrong with it
   * @param overruled why the policy does not count for it; null if it does
   * @param permits whether whoever asks may permit it
   */
  Outcome<OrderReturns> ask(String key, List<Return.Line> lines, Exchange exchange, RefundTo refundTo,
      List<Violation> unwanted, Word word, Word overruled, boolean permits) {
    var known = before.by(key);
    if (known.isPresent()) {
      return known.get().lines().equals(lines) && isSame(known.get().exchange(), exchange)
          && (refundTo == null || known.get().policy().refundTo() == refundTo)
              ? Outcome.of(before)
              : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                  "this Idempotency-Key was used with another request").outcome();
    }
    List<Violation> errors = new ArrayList<>(check(lines));
    errors.addAll(unwanted);
    Refused late = errors.isEmpty() && overruled == null ? window() : null;
    if (late != null) {
      return late.outcome();
    }
    if (errors.isEmpty() && overruled == null) {
      errors.addAll(excluded(lines));
    }
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    if (before.all().size() >= OrderReturns.MOST) {
      return Refused.conflict("too_many_returns", "an order has at most %d returns".formatted(OrderReturns.MOST))
          .outcome();
    }
    return Outcome.of(before.with(Exchanging.inAdvance(made(key, Source.REQUESTED, null, lines, exchange, overruled,
        word, permits || policy.approves() ? word : null), now)));
  }

  /** Whatever was decided about it since. */
  private static boolean isSame(Exchange known, Exchange asked) {
    return known == null || asked == null
        ? known == asked
        : known.items().equals(asked.items()) && known.inAdvance() == asked.inAdvance()
            && known.onScan() == asked.onScan();
  }

  /**
   * What its carrier brings back needs no request, and what is in a live return already is in that one. What was made good before, or is
   * claimed, comes back without money.
   */
  OrderReturns returnedToSender(ParcelId parcel) {
    if (before.by(parcel.value()).isPresent() || before.by(unpaid(parcel)).isPresent()
        || before.all().size() + 1 >= OrderReturns.MOST) {
      return before;
    }
    Map<LineId, Integer> shipped = goods.unitsShipped();
    // What is claimed or made good of this parcel is among its own units, and not those of another one.
    ToIntFunction<LineQuantity> left = it -> Math.max(0, Math.min(
        it.quantity() - before.takenOf(parcel, goods, it.lineId()), before.free(shipped, goods, it.lineId())));
    List<Return.Line> free = back(parcel, ReturnReason.UNDELIVERED, left);
    List<Return.Line> others = back(parcel, ReturnReason.UNDELIVERED, it -> Math.min(
        it.quantity() - left.applyAsInt(it),
        before.claimed(it.lineId()) + goods.compensated(it.lineId())));
    var word = new Word("carrier", null, now);
    OrderReturns after = free.isEmpty()
        ? before
        : before.with(made(parcel.value(), Source.RETURNED_TO_SENDER, parcel, free, null, null, word, word));
    return others.isEmpty()
        ? after
        : after
            .with(new Requesting(after, goods, policy, products, now).made(unpaid(parcel), Source.COMPENSATED, parcel,
                others, null, null, word, word));
  }

  /** The key of the return of those units of a parcel for which no money goes back. */
  static String unpaid(ParcelId parcel) {
    return parcel + "#compensated";
  }

  private List<Return.Line> back(ParcelId parcel, ReturnReason reason, ToIntFunction<LineQuantity> units) {
    return goods.in(parcel).stream().map(it -> new Return.Line(it.lineId(), it.sku(),
        Math.min(it.quantity(), units.applyAsInt(it)), reason, null))
        .filter(it -> it.quantity() > 0).toList();
  }

  /**
   * What a person has decided about an incident of a parcel: its customer sends back what was delivered, whatever the policy, or its carrier brings it.
   *
   * @param cause by which a repeated one finds what it did
   */
  Outcome<OrderReturns> incident(String cause, ParcelId parcel, boolean broughtBack, Word word) {
    if (before.by(cause).isPresent()) {
      return Outcome.of(before);
    }
    OrderReturns after = broughtBack ? returnedToSender(parcel) : before;
    if (after.by(parcel.value()).or(() -> after.by(unpaid(parcel))).isPresent()) {
      return Outcome.of(after);
    }
    if (before.all().size() + 1 >= OrderReturns.MOST) {
      return Refused.conflict("too_many_returns", "an order has at most %d returns".formatted(OrderReturns.MOST))
          .outcome();
    }
    if (!broughtBack && !goods.isDelivered(parcel)) {
      return Refused.conflict("not_delivered", "it was not delivered, so its customer cannot send it").outcome();
    }
    Map<LineId, Integer> delivered = before.delivered(goods);
    List<Return.Line> lines = broughtBack
        ? List.of()
        : back(parcel, ReturnReason.DEFECTIVE, it -> before.free(delivered, goods, it.lineId()));
    return lines.isEmpty()
        ? Refused.conflict("nothing_left", "all of it comes back already, or was made good").outcome()
        : Outcome.of(before.with(made(cause, Source.REQUESTED, null, lines, null, word, word, word)));
  }

  /** Units whose customer is compensated are asked back. */
  OrderReturns sentBack(String key, List<Return.Line> lines, Word word) {
    return before.by(key).isPresent()
        ? before
        : before.with(made(key, Source.COMPENSATED, null, lines, null, null, word, word));
  }

  private Return made(String key, Source source, ParcelId parcel, List<Return.Line> lines, Exchange exchange,
      Word overruled, Word asked, Word permitted) {
    var made = new Return(before.next(), key, source, parcel, lines, policy, overruled, asked, permitted, null, null,
        List.of(), List.of(), exchange, null, asked.at());
    return permitted == null ? made : labelled(made);
  }

  /** With its label, if its policy pays one. What its carrier brings back needs none. */
  private Return labelled(Return it) {
    return it.parcel() != null || it.label() != null || !it.policy().paysLabel(it.lines())
        ? it
        : it.with(ReturnLabel.asked(1, new Word(ReturnLabel.POLICY, null, now), it.policy().returnTo(), null), now);
  }

  private List<Violation> check(List<Return.Line> lines) {
    var errors = new ArrayList<Violation>();
    Map<LineId, Integer> delivered = before.delivered(goods);
    for (int i = 0; i < lines.size(); i++) {
      Return.Line line = lines.get(i);
      int left = before.free(delivered, goods, line.lineId());
      if (goods.sku(line.lineId()) == null) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown", "the order carries no such line"));
      } else if (lines.subList(0, i).stream().anyMatch(it -> it.lineId().equals(line.lineId()))) {
        errors.add(new Violation("/lines/" + i + "/line_id", "repeated", "the line is named twice"));
      } else if (line.quantity() > left) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_much",
            "of %s %d can come back: what was delivered, was not made good, and is in no other return or claim"
                .formatted(line.lineId(), left)));
      }
    }
    return errors;
  }

  /** Until when a return may be asked for; null as long as something is still to be delivered. */
  Instant until() {
    Instant delivered = goods.lastDelivery();
    return delivered == null ? null : policy.until(delivered, goods.market());
  }

  boolean isOver() {
    return until() != null && now.isAfter(until());
  }

  private Refused window() {
    return !isOver()
        ? null
        : Refused.invalid("/order_id", "window_over",
            "a return could be asked for until %s".formatted(until().truncatedTo(ChronoUnit.SECONDS)))
            .about("last_day", until().atZone(ZoneOffset.UTC).toLocalDate().toString());
  }

  /** Which class of products that are never taken back a line is of; empty if it is of none. */
  Optional<String> excluded(LineId line) {
    return goods.skus(line).map(products::get).filter(Objects::nonNull).map(it -> it.metadata().get(CLASS))
        .filter(it -> it != null && policy.excluded().contains(it)).findFirst();
  }

  private List<Violation> excluded(List<Return.Line> lines) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < lines.size(); i++) {
      String at = "/lines/" + i + "/line_id";
      excluded(lines.get(i).lineId())
          .ifPresent(it -> errors.add(new Violation(at, "excluded", "is never taken back: " + it)));
    }
    return errors;
  }

  /** A person says whether it may come back, or that it will not. */
  Outcome<OrderReturns> decide(ReturnId id, Verdict verdict, Word word) {
    return before.moving(id, it -> {
      boolean done = switch (verdict) {
        case APPROVE -> it.permitted() != null && it.ended() == null;
        case REJECT -> it.ended() != null && it.ended().rejected();
        case CANCEL -> it.ended() != null && !it.ended().rejected();
      };
      if (done) {
        return Outcome.of(it);
      }
      if (it.ended() != null) {
        return Refused.conflict("return_ended", "it was rejected or cancelled before").outcome();
      }
      if (it.disposals().stream().anyMatch(one -> one.worth() != null)) {
        return Refused.conflict("exchange_sent", "something was sent for it in advance").outcome();
      }
      if (!it.receipts().isEmpty() || !it.disposals().isEmpty()) {
        return Refused.conflict("return_received", "units of it were counted already").outcome();
      }
      if (verdict == Verdict.CANCEL && it.label() != null && it.label().isUnderway()) {
        return Refused.conflict("return_underway", "its carrier has its parcel: count what comes").outcome();
      }
      if (verdict == Verdict.REJECT && it.permitted() != null) {
        return Refused.conflict("return_approved", "it was approved before: cancel it").outcome();
      }
      return Outcome.of(verdict == Verdict.APPROVE
          ? Exchanging.inAdvance(labelled(it.permitted(word)), now)
          : it.ended(new End(verdict == Verdict.REJECT, word)));
    });
  }

  enum Verdict {
    APPROVE, REJECT, CANCEL
  }
}
