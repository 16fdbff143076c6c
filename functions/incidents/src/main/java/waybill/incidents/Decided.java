package waybill.incidents;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ReturnMessages.ReturnAsked;

/** Sends what people have decided. A refund or a return is asked for until that is answered; that another order is asked for is noted after it was sent. */
record Decided(Cases cases, Consumer<List<RefundAsked>> refunds, Consumer<List<ReplacementAsked>> replacements,
    Consumer<List<ReturnAsked>> returns) {

  /** @return the case as it is after that */
  Case send(Case known, Instant now) {
    refunds.accept(known.refunds());
    returns.accept(known.returns());
    List<ReplacementAsked> asked = known.replacements();
    if (asked.isEmpty()) {
      return known;
    }
    replacements.accept(asked);
    return cases.change(known.watch().parcel(), it -> it.replaced(asked, now));
  }
}
