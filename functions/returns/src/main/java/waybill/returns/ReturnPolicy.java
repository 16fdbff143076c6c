package waybill.returns;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.messages.LocationId;
import waybill.platform.Violation;

/**
 * What a channel lets come back, and what that means for stock and money. Each return keeps the policy by which it was permitted.
 *
 * @param version the revision of the channel's policy; 0 for the one of channels that have none
 * @param windowDays how long after the last parcel's delivery a return may be asked for
 * @param marketDays the same for some countries
 * @param excluded what is never taken back: values of the products' metadata {@code return_class}
 * @param approves whether what it allows needs no person
 * @param arrivalDays how long after its permission a return may take to come
 * @param feePercent what is kept for restocking, of what goes back for units
 * @param refundsShipping whether the shipping goes back if all of the order does
 * @param refundTo where money goes back to; what was not delivered is refunded to what was paid by, whatever this says
 * @param labels for which returns the shop pays the way back
 * @param labelDays after how many days a label that is not used is void
 * @param returnTo where such parcels go; null for where they were sent from
 * @param exchanges what customers may have sent instead of their money
 * @param rules the first that fits counts
 */
record ReturnPolicy(int version, int windowDays, Map<String, Integer> marketDays, List<String> excluded,
    boolean approves, int arrivalDays, int feePercent, boolean refundsShipping, RefundTo refundTo, Labels labels,
    int labelDays, LocationId returnTo, Exchanges exchanges, List<Rule> rules) {
  /** Why the customer sends it back is the shop's fault. */
  private static final Set<ReturnReason> FAULTS = EnumSet.of(ReturnReason.NOT_AS_DESCRIBED, ReturnReason.WRONG_ITEM,
      ReturnReason.DEFECTIVE);
  private static final int LABEL_DAYS = 21;

  /** For which returns the shop pays the label. */
  enum Labels {
    NEVER,
    /** If all that comes back was not as it should have been. */
    FAULTS, ALWAYS
  }

  /** What customers may exchange for, without naming a price. People may for anything. */
  enum Exchanges {
    NEVER,
    /** Another unit of the same product. */
    SAME,
    /** Or of one that the catalog lists for it. */
    LISTED
  }

  /** Policies that were kept before there was a choice refund to what was paid by. */
  ReturnPolicy {
    refundTo = refundTo == null ? RefundTo.ORIGINAL_PAYMENT : refundTo;
    labels = labels == null ? Labels.NEVER : labels;
    labelDays = labelDays == 0 ? LABEL_DAYS : labelDays;
    exchanges = exchanges == null ? Exchanges.LISTED : exchanges;
  }

  boolean paysLabel(List<Return.Line> lines) {
    return switch (labels) {
      case NEVER -> false;
      case FAULTS -> lines.stream().allMatch(it -> FAULTS.contains(it.reason()));
      case ALWAYS -> true;
    };
  }

  /** For how long after its time a return may still be taken, if a person wants it. */
  static final Duration LATE = Duration.ofDays(30);

  /**
   * Which share goes back for units.
   *
   * @param fault null for any
   * @param refundPercent of what they are worth
   */
  record Rule(Fate fate, Fault fault, int refundPercent) {
    private boolean fits(Fate of, Fault by) {
      return fate == of && (fault == null || fault == by);
    }
  }

  /** What every policy ends with. */
  private static final List<Rule> ELSE = List.of(new Rule(Fate.RESTOCKED, null, 100),
      new Rule(Fate.NOT_RESTOCKED, Fault.CUSTOMER, 0), new Rule(Fate.NOT_RESTOCKED, null, 100),
      new Rule(Fate.QUARANTINED, null, 100), new Rule(Fate.MISSING, Fault.CARRIER, 100),
      new Rule(Fate.MISSING, null, 0));

  /** The least that the law of the European Union asks for. */
  static final ReturnPolicy STANDARD = new ReturnPolicy(0, 14, Map.of(), List.of("final_sale", "hygiene"), true, 30, 0,
      true, RefundTo.ORIGINAL_PAYMENT, Labels.NEVER, LABEL_DAYS, null, Exchanges.LISTED, List.of());

  Rule rule(Fate fate, Fault fault) {
    return java.util.stream.Stream.concat(rules.stream(), ELSE.stream()).filter(it -> it.fits(fate, fault)).findFirst()
        .orElseThrow();
  }

  /** Until when a return may be asked for. @param market a country; null if nothing is carried */
  Instant until(Instant delivered, String market) {
    int days = market == null ? windowDays : marketDays.getOrDefault(market, windowDays);
    return delivered.plus(Duration.ofDays(days));
  }

  Instant arrivesBy(Instant permitted) {
    return permitted.plus(Duration.ofDays(arrivalDays));
  }

  ReturnPolicy numbered(int revision) {
    return new ReturnPolicy(revision, windowDays, marketDays, excluded, approves, arrivalDays, feePercent,
        refundsShipping, refundTo, labels, labelDays, returnTo, exchanges, rules);
  }

  /**
   * As it counts for one return. What a guest sends back is refunded to what was paid by.
   *
   * @param asked where its money is asked to go; null for where the policy says
   */
  ReturnPolicy refunding(RefundTo asked, boolean guest) {
    return guest ? refunding(RefundTo.ORIGINAL_PAYMENT) : asked == null ? this : refunding(asked);
  }

  /** Why the money of a return does not go where it is asked to. @param operates whether an operator asks */
  List<Violation> refused(RefundTo asked, boolean guest, boolean operates) {
    if (asked == RefundTo.STORE_CREDIT && guest) {
      return List.of(new Violation("/refund_to", "guest", "a guest has no store credit"));
    }
    return asked == RefundTo.ORIGINAL_PAYMENT && refundTo == RefundTo.STORE_CREDIT && !guest && !operates
        ? List.of(new Violation("/refund_to", "not_allowed",
            "the channel refunds to store credit: an operator may overrule it"))
        : List.of();
  }

  private ReturnPolicy refunding(RefundTo other) {
    return new ReturnPolicy(version, windowDays, marketDays, excluded, approves, arrivalDays, feePercent,
        refundsShipping, other, labels, labelDays, returnTo, exchanges, rules);
  }
}
