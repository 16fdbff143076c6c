package waybill.returns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import waybill.messages.ClaimId;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.orders.OrderSummary.Package;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.returns.Claim.Choice;
import waybill.returns.Claim.Line;
import waybill.returns.Claim.Resolution;
import waybill.returns.Claim.Status;
import waybill.returns.Claim.Wrong;
import waybill.returns.Return.Word;

/** What a customer may claim, and what becomes of it. @param now to the millisecond */
record Claiming(OrderReturns before, Goods goods, ReturnPolicy policy, Instant now) {
  static final int MOST = 50;

  /** @param parcel which one never came; null if it is the only one with these units, or if they came */
  Outcome<OrderReturns> ask(String key, List<Line> lines, ParcelId parcel, Remedy wish, Word word) {
    var known = before.claims().stream().filter(it -> it.key().equals(key)).findFirst();
    if (known.isPresent()) {
      boolean same = known.get().lines().equals(lines) && known.get().wish() == wish
          && (parcel == null || parcel.equals(known.get().parcel()));
      return same
          ? Outcome.of(before)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
              "this Idempotency-Key was used with another request").outcome();
    }
    boolean never = lines.stream().anyMatch(it -> it.reason() == ClaimReason.NEVER_ARRIVED);
    ParcelId missing = never && parcel == null ? onlyOne(lines) : parcel;
    List<Violation> errors = check(lines, missing, never);
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    if (before.claims().size() >= MOST) {
      return Refused.conflict("too_many_claims", "an order has at most %d claims".formatted(MOST)).outcome();
    }
    return Outcome.of(before.with(new Claim(ClaimId.of(before.order(), before.claims().size() + 1), key, lines, missing,
        never && goods.isDelivered(missing), wish, word, null, null, null, null, null, word.at())));
  }

  /** The parcel with all these units, if there is one only. */
  private ParcelId onlyOne(List<Line> lines) {
    List<ParcelId> all = goods.parcels().stream().filter(it -> lines.stream().allMatch(line -> it.lines().stream()
        .anyMatch(one -> one.lineId().equals(line.lineId())))).map(Package::id).toList();
    return all.size() == 1 ? all.getFirst() : null;
  }

  private List<Violation> check(List<Line> lines, ParcelId parcel, boolean never) {
    var errors = new ArrayList<Violation>();
    if (never && parcel == null) {
      errors.add(new Violation("/parcel_id", "required", "say which parcel never came"));
    } else if (parcel != null && goods.in(parcel).isEmpty()) {
      errors.add(new Violation("/parcel_id", "unknown", "no such parcel of the order has left"));
    } else if (!never && parcel != null) {
      errors.add(new Violation("/parcel_id", "not_allowed", "is for parcels that never arrived"));
    }
    Map<LineId, Integer> there = never ? goods.unitsShipped() : before.delivered(goods);
    Map<LineId, Integer> inside = never && parcel != null ? goods.unitsIn(parcel) : there;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      int taken = never && parcel != null ? before.takenOf(parcel, goods, line.lineId()) : 0;
      int left = Math.max(0, Math.min(before.free(there, goods, line.lineId()),
          inside.getOrDefault(line.lineId(), 0) - taken));
      if (goods.sku(line.lineId()) == null) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown", "the order carries no such line"));
      } else if (lines.subList(0, i).stream().anyMatch(it -> it.lineId().equals(line.lineId()))) {
        errors.add(new Violation("/lines/" + i + "/line_id", "repeated", "the line is named twice"));
      } else if (never && line.reason() != ClaimReason.NEVER_ARRIVED) {
        errors.add(new Violation("/lines/" + i + "/reason", "mixed",
            "what never arrived is a claim of its own: it may arrive later"));
      } else if (line.quantity() > left) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_much",
            "of %s %d can be claimed: what %s, was not made good, and is in no other return or claim".formatted(
                line.lineId(), left, never ? "has left" : "was delivered")));
      }
    }
    return errors;
  }

  private Outcome<OrderReturns> moving(ClaimId id, Function<Claim, Outcome<Claim>> rule) {
    return before.claim(id).map(it -> rule.apply(it).map(before::with))
        .orElseGet(() -> Refused.absent("claim").outcome());
  }

  Outcome<OrderReturns> approve(ClaimId id, Word word) {
    return moving(id, it -> switch (it.status()) {
      case OPEN -> Outcome.of(it.approved(word));
      case APPROVED, RESOLVED -> Outcome.of(it);
      case DENIED -> Refused.conflict("claim_denied", "it was denied before").outcome();
    });
  }

  Outcome<OrderReturns> deny(ClaimId id, Word word) {
    return moving(id, it -> switch (it.status()) {
      case OPEN, APPROVED -> before.isBackUnpaid(it, goods)
          ? Refused.conflict("parcel_came_back",
              "its parcel has come back, and its units are in a return that gives no money as they are claimed: refund them")
              .outcome()
          : Outcome.of(it.denied(word));
      case DENIED -> Outcome.of(it);
      case RESOLVED -> Refused.conflict("claim_resolved", "it is refunded or sent again already").outcome();
    });
  }

  /** @param asked without its number */
  Outcome<OrderReturns> resolve(ClaimId id, Resolution asked) {
    Outcome<OrderReturns> resolved = moving(id, it -> {
      if (it.status() == Status.RESOLVED) {
        return it.resolution().isSameAs(asked)
            ? Outcome.of(it)
            : Refused.conflict("claim_resolved", "it is refunded or sent again already").outcome();
      }
      if (it.status() == Status.DENIED) {
        return Refused.conflict("claim_denied", "it was denied before").outcome();
      }
      if (it.found() != null) {
        return Refused.conflict("parcel_found", "its parcel has arrived since it was claimed: deny it").outcome();
      }
      List<Violation> errors = check(it, asked);
      return errors.isEmpty()
          ? Outcome.of(it.resolved(numbered(asked, it.resolution() == null ? 1 : it.resolution().number() + 1)))
          : Refused.invalid(errors).outcome();
    });
    return resolved.map(after -> asked.sendsBack()
        ? requesting(after).sentBack(id.value(), back(after.claim(id).orElseThrow()), asked.word())
        : after);
  }

  private static Resolution numbered(Resolution it, int number) {
    return new Resolution(number, it.remedy(), it.amount(), it.wrong(), it.location(), it.sendsBack(),
        it.toCredit(), it.word(), null,
        null);
  }

  private static List<Violation> check(Claim it, Resolution asked) {
    var errors = new ArrayList<Violation>();
    if (asked.amount() != null && !asked.remedy().refunds()) {
      errors.add(new Violation("/amount", "not_allowed", "nothing is refunded by a replacement alone"));
    }
    if (asked.toCredit() && !asked.remedy().refunds()) {
      errors.add(new Violation("/refund_to", "not_allowed", "nothing is refunded by a replacement alone"));
    }
    if (asked.wrong().isEmpty() != (asked.location() == null)) {
      errors.add(new Violation("/location_id", asked.wrong().isEmpty() ? "not_allowed" : "required",
          "says where what was sent instead was packed"));
    }
    var named = new HashSet<LineId>();
    for (int i = 0; i < asked.wrong().size(); i++) {
      Wrong wrong = asked.wrong().get(i);
      String at = "/sent_instead/" + i;
      Line line = it.lines().stream().filter(one -> one.lineId().equals(wrong.lineId())
          && one.reason() == ClaimReason.WRONG).findFirst().orElse(null);
      if (line == null) {
        errors.add(new Violation(at + "/line_id", "unknown", "the claim says of no such line that others came"));
      } else if (!named.add(wrong.lineId())) {
        errors.add(new Violation(at + "/line_id", "repeated", "the line is named twice"));
      } else if (wrong.sku().equals(line.sku())) {
        errors.add(new Violation(at + "/sku", "same", "is what was ordered"));
      } else if (wrong.quantity() > line.quantity()) {
        errors.add(new Violation(at + "/quantity", "too_much", "%d are claimed".formatted(line.quantity())));
      }
    }
    if (asked.sendsBack() && asked.wrong().isEmpty() && back(it, asked).isEmpty()) {
      errors.add(new Violation("/send_back", "not_allowed", "its customer has nothing to send back"));
    }
    return errors;
  }

  private static List<Return.Line> back(Claim claim) {
    return back(claim, claim.resolution());
  }

  /** What its customer has: what was sent instead, or what is damaged. */
  private static List<Return.Line> back(Claim claim, Resolution by) {
    var lines = new ArrayList<Return.Line>();
    by.wrong().forEach(
        it -> lines.add(new Return.Line(it.lineId(), it.sku(), it.quantity(), ReturnReason.WRONG_ITEM, null)));
    claim.lines().stream().filter(it -> it.reason() == ClaimReason.DAMAGED).forEach(
        it -> lines.add(new Return.Line(it.lineId(), it.sku(), it.quantity(), ReturnReason.DEFECTIVE, null)));
    return lines;
  }

  private Requesting requesting(OrderReturns after) {
    return new Requesting(after, goods, policy, Map.of(), now);
  }

  /** What becomes of a parcel that came after it was made good. @param worth of its units, which is what they cost who keeps them */
  Outcome<OrderReturns> choose(ClaimId id, Choice.Kind kind, Money worth, Word word) {
    Outcome<OrderReturns> chosen = moving(id, it -> {
      if (it.choice() != null && it.choice().kind() == kind) {
        return Outcome.of(it);
      }
      if (!it.awaitsChoice()) {
        return (it.choice() == null
            ? Refused.conflict("nothing_to_choose", "no parcel of it has come after it was made good")
            : Refused.conflict("chosen_before", "it was decided otherwise before")).outcome();
      }
      return Outcome.of(it.chosen(new Choice(kind, kind == Choice.Kind.PAY ? due(it, worth) : null, word)));
    });
    return chosen.map(after -> kind == Choice.Kind.RETURN
        ? requesting(after).sentBack(id.value(), found(after.claim(id).orElseThrow()), word)
        : after);
  }

  /** Who has the units twice owes what they cost; who has them and money for them owes the money. */
  private static Money due(Claim it, Money worth) {
    return it.resolution().remedy().replaces() || it.resolution().refunded() == null
        ? worth
        : it.resolution().refunded();
  }

  private static List<Return.Line> found(Claim claim) {
    return claim.lines().stream()
        .map(it -> new Return.Line(it.lineId(), it.sku(), it.quantity(), ReturnReason.OTHER, null)).toList();
  }

  /** The order may know of parcels that came: their news may have been heard before they were claimed, and the order may have heard it after that. */
  OrderReturns arrived() {
    OrderReturns after = before;
    for (Claim it : before.claims()) {
      after = it.awaitsParcel() ? goods.deliveredAt(it.parcel()).map(it::found).map(after::with).orElse(after) : after;
    }
    return after;
  }

  /** Parcels that never came, as was claimed, come. */
  OrderReturns found(ParcelId parcel, Instant at) {
    OrderReturns after = before;
    for (Claim it : before.claims()) {
      after = it.isOf(parcel) ? after.with(it.found(at)) : after;
    }
    return after;
  }
}
