package waybill.shipping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.catalog.Address;
import waybill.messages.Money;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Rates;

/** A carrier as unforgiving as real ones: every purchase is paid, also a second one of the same draft. */
final class RecordingCarrier implements Carrier {
  static final Money PRICE = new Money(812, "EUR");
  static final Money PREMIUM = new Money(125, "EUR");

  private final Map<String, Label> bought = new HashMap<>();
  private final Set<String> drafts = new HashSet<>();
  /** For how much which draft is to be insured. */
  private final Map<String, Money> insured = new HashMap<>();
  private int purchases;
  private int finds;
  private int requests;
  private final Map<String, RefundStanding> refunds = new HashMap<>();
  RefundStanding onRequest = RefundStanding.SUBMITTED;
  Refused refusalToRefund;
  Address lastAddress;
  Consignment lastConsignment;
  /** What was asked for, draft by draft. */
  final List<String> services = new ArrayList<>();
  Memory memory = Memory.GOOD;
  Refused refusal;
  Refused refusalToSell;

  /** How the carrier answers when it is asked what was bought. */
  enum Memory {
    GOOD, NONE, AWAY
  }

  /** How often it was asked what was bought. */
  int finds() {
    return finds;
  }

  int drafts() {
    return drafts.size();
  }

  int purchases() {
    return purchases;
  }

  @Override
  public synchronized Outcome<Rates> rates(Consignment consignment) {
    return refusal != null
        ? refusal.outcome()
        : Outcome.of(new Rates(List.of(new Rates.Rate("rate_1", "UPS", "Ground", PRICE, null, null, 3, null, false)),
            List.of()));
  }

  @Override
  public synchronized Outcome<Offer> create(Consignment consignment) {
    lastAddress = consignment.to();
    lastConsignment = consignment;
    services.add(consignment.service());
    if (refusal != null) {
      return refusal.outcome();
    }
    String draft = "shp_" + (drafts.size() + 1);
    drafts.add(draft);
    insured.put(draft, consignment.insured());
    return Outcome.of(new Offer(draft, PRICE));
  }

  @Override
  public synchronized Outcome<Label> buy(String draftId) {
    if (!drafts.contains(draftId)) {
      return Refused.of(Refused.Kind.ABSENT, "unknown_draft", "there is no such draft").outcome();
    }
    if (refusalToSell != null) {
      return refusalToSell.outcome();
    }
    purchases++;
    Money amount = insured.get(draftId);
    var label = Label.of("UPS", "Ground", "1Z%06d".formatted(purchases), PRICE,
        amount == null ? null : new Insurance(amount, PREMIUM));
    bought.put(draftId, label);
    return Outcome.of(label);
  }

  @Override
  public synchronized Finding find(String draftId) {
    finds++;
    return switch (memory) {
      case GOOD -> bought.containsKey(draftId) ? new Bought(bought.get(draftId)) : new NotBought();
      case NONE -> new Unknown();
      case AWAY -> throw new IllegalStateException("the carrier does not answer");
    };
  }

  @Override
  public synchronized RefundStanding refund(String draft) {
    return refunds.getOrDefault(draft, RefundStanding.NONE);
  }

  @Override
  public synchronized Outcome<RefundStanding> requestRefund(String draft) {
    if (!bought.containsKey(draft)) {
      return Refused.conflict("not_bought", "nobody has bought the draft").outcome();
    }
    RefundStanding standing = refund(draft);
    if (standing == RefundStanding.NONE || standing == RefundStanding.REJECTED) {
      requests++;
      refunds.put(draft, onRequest);
    }
    return refusalToRefund == null ? Outcome.of(refund(draft)) : refusalToRefund.outcome();
  }

  /** The carrier decides, days later. */
  synchronized void settle(RefundStanding standing) {
    refunds.replaceAll((_, _) -> standing);
  }

  /** How often it was asked for money that it had not promised before. */
  int requests() {
    return requests;
  }
}
