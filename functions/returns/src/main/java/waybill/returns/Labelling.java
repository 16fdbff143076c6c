package waybill.returns;

import java.time.Instant;
import waybill.messages.LocationId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnLabelMessages.ReturnBox;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.returns.Return.Word;

/** A person's word about who pays the way back. */
record Labelling(OrderReturns before, Instant now) {
  /** A label may be bought again once the one before is void. */
  private static final int MOST = 99;

  enum Verdict {
    /** The shop pays: its label is bought. */
    BUY,
    /** It is not to be used. */
    VOID
  }

  /** @param to null for where the policy says. @param box null for as it was sent */
  Outcome<OrderReturns> decide(ReturnId id, Verdict verdict, Word word, LocationId to, ReturnBox box) {
    return before.moving(id, it -> switch (verdict) {
      case BUY -> buy(it, word, to == null ? it.policy().returnTo() : to, box);
      case VOID -> withdraw(it);
    });
  }

  private Outcome<Return> buy(Return it, Word word, LocationId to, ReturnBox box) {
    if (!it.awaitsUnits()) {
      return it.permitted() == null
          ? Refused.conflict("return_not_approved", "nobody has permitted it yet").outcome()
          : Refused.conflict("nothing_expected", "nothing of it is expected any more").outcome();
    }
    if (it.parcel() != null) {
      return Refused.conflict("brought_by_carrier", "its carrier brings it: it needs no label").outcome();
    }
    ReturnLabel known = it.label();
    if (known == null) {
      return asked(it, 1, word, to, box);
    }
    return switch (known.status()) {
      // Whoever asks again is answered how it stands.
      case REQUESTED, READY -> Outcome.of(it);
      case REFUSED, UNCERTAIN -> Outcome.of(it.with(known.again(word, to, box), now));
      case VOID -> known.number() < MOST
          ? asked(it, known.number() + 1, word, to, box)
          : Refused.conflict("too_many_labels", "a return has at most %d labels".formatted(MOST)).outcome();
      case VOIDING -> Refused.conflict("label_voiding", "wait until the label before is void").outcome();
      case IN_TRANSIT, DELIVERED, RETURNED, LOST ->
        Refused.conflict("label_used", "its carrier has its parcel").outcome();
    };
  }

  private Outcome<Return> asked(Return it, int number, Word word, LocationId to, ReturnBox box) {
    return Outcome.of(it.with(ReturnLabel.asked(number, word, to, box), now));
  }

  private Outcome<Return> withdraw(Return it) {
    if (it.label() == null) {
      return Refused.conflict("no_label", "the shop pays no label of it").outcome();
    }
    return it.label().isUsed()
        ? Refused.conflict("label_used", "its carrier has its parcel").outcome()
        : Outcome.of(it.with(it.label().unwanted(now), now));
  }
}
