package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.orders.Adjustment.Kind;
import waybill.orders.Refunding.Form;
import waybill.orders.Refunding.Granted;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * What is granted back. The sample costs 60.72: two of TEA-200 for 35.82, a mug for 15.00, a mug that is free, and shipping for 9.90;
 * 55.72 came by card and 5.00 by a gift card.
 */
class RefundingTest {
  private static final OrderContent SAMPLE = Samples.sample();
  private static final PaymentId CARD = PaymentId.of("stripe", "shop-eu", "pi_3QWaybillSample");

  private OrderContent content = SAMPLE;
  private OrderState state = paid(SAMPLE, 5572);
  private final List<Adjustment> before = new ArrayList<>();

  private static OrderState paid(OrderContent content, long amount) {
    return Samples.placed(content)
        .withPayment(OrderPayment.of(Shop.payment(PaymentStatus.CAPTURED, amount, amount)));
  }

  private static Form lines(int line, int quantity) {
    return new Form(Kind.REFUND, List.of(new Units(new LineId("line_" + line), quantity)), false, null, null, null,
        null, false);
  }

  private static Form amount(Kind kind, long amount) {
    return new Form(kind, List.of(), false, amount, null, null, null, false);
  }

  private static Form all(OrderContent content, Long amount) {
    var units = new ArrayList<Units>();
    for (int i = 0; i < content.form().lines().size(); i++) {
      units.add(new Units(OrderContent.lineId(i), content.form().lines().get(i).quantity()));
    }
    return new Form(Kind.REFUND, units, content.form().shipping() != null, amount, null, null, null, false);
  }

  private static Form elsewhere(long amount, PaymentId payment) {
    return new Form(Kind.REFUND, List.of(), false, amount, null, null, payment, true);
  }

  private Outcome<Granted> ask(Form form) {
    return new Refunding(OrderLines.of(content, state.changes(), List.of()), state, before, "adj_" + before.size(),
        NOON).grant(form);
  }

  private Adjustment grant(Form form) {
    Granted granted = ask(form).orElseThrow();
    state = granted.state();
    before.add(granted.adjustment());
    return granted.adjustment();
  }

  private Refused refused(Form form) {
    return ((Outcome.Declined<Granted>) ask(form)).refused();
  }

  /** The provider says how a refund ended. */
  private void moved(Adjustment.Part part, RefundStatus status) {
    OrderPayment payment = state.money().find(part.payment()).orElseThrow();
    Refund refund = payment.parts().stream().filter(it -> it.id().equals(part.refund())).findFirst().orElseThrow();
    state = state.withPayment(OrderPayment.refunded(payment.payment(),
        new Refund(refund.id(), refund.reason(), status, refund.amount(), NOON)));
  }

  private long owed() {
    return state.money().owed(state.terms(), state.phase()).minorUnits();
  }

  private long kept() {
    return PaymentProgress.kept(state.money().own(state.terms()), "EUR").minorUnits();
  }

  @Test
  void a1EachUnitOfALineGoesBackWithItsShareAndNoThirdOne() {
    Adjustment first = grant(lines(1, 1));
    Adjustment second = grant(lines(1, 1));
    assertThat(List.of(first.amount(), first.taxes(), second.amount(), second.taxes()))
        .containsExactly(1791L, 286L, 1791L, 286L);
    assertThat(refused(lines(1, 1)).violations().getFirst().detail()).contains("0 can still be refunded");
  }

  @Test
  void a2ThreeUnitsGoBackToTheCent() {
    assertThat(units(899, 3)).containsExactly(300L, 299L, 300L);
  }

  @Test
  void a3TaxesOnTopGoBackToTheCentToo() {
    assertThat(units(2923, 3)).containsExactly(974L, 975L, 974L);
    assertThat(units(223, 3).stream().mapToLong(it -> it).sum()).isEqualTo(223);
  }

  private static List<Long> units(long total, int units) {
    var shares = new ArrayList<Long>();
    for (int i = 0; i < units; i++) {
      shares.add(Shares.share(total, units, i, 1));
    }
    return shares;
  }

  @Test
  void a4ALineTakesItsOwnShareOfADiscountAlongAndLeavesTheOthers() {
    Map<String, Object> body = Shop.simple("a4", "TEA-200", 1);
    body.put("lines", List.of(line(6000, 600), line(4000, 400)));
    body.put("total", 9000);
    content = Samples.content(body);
    state = paid(content, 9000);
    assertThat(grant(lines(2, 1)).amount()).isEqualTo(3600);
    assertThat(owed()).isEqualTo(5400);
  }

  private static Map<String, Object> line(long price, long discount) {
    return Map.of("sku", "TEA-200", "quantity", 1, "unit_price", price, "discounts",
        List.of(Map.of("code", "TEN", "amount", discount)), "total", price - discount);
  }

  @Test
  void a5AFreeGiftGoesBackForNothingAndNobodyIsAsked() {
    Adjustment gift = grant(lines(3, 1));
    assertThat(gift.amount()).isZero();
    assertThat(gift.parts()).isEmpty();
    assertThat(refused(lines(3, 1)).violations()).hasSize(1);
  }

  @Test
  void a7GoodwillLeavesLinesAndAllThatIsLeftIsSaidWhenMoreIsAsked() {
    Adjustment goodwill = grant(amount(Kind.GOODWILL, 1000));
    goodwill.parts().forEach(it -> moved(it, RefundStatus.SUCCEEDED));
    assertThat(owed()).isEqualTo(5072);
    assertThat(kept()).isEqualTo(5072);
    assertThat(state.payment()).as("nothing is due").isEqualTo(PaymentProgress.PAID);

    Refused more = refused(all(SAMPLE, null));
    assertThat(more.about()).containsEntry("maximum", 5072L);
    assertThat(grant(all(SAMPLE, 5072L)).amount()).isEqualTo(5072);
    assertThat(kept()).isZero();
  }

  @Test
  void a9ARefundThatTheBankReversesIsOwedAgainAndAHold() {
    Adjustment half = grant(lines(1, 1));
    moved(half.parts().getFirst(), RefundStatus.SUCCEEDED);
    assertThat(kept() - owed()).isZero();
    moved(half.parts().getFirst(), RefundStatus.FAILED);
    assertThat(kept() - owed()).as("overcharged").isEqualTo(1791);
    assertThat(state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.REFUND_FAILED);

    grant(elsewhere(1791, CARD));
    assertThat(kept() - owed()).as("given back on another way").isZero();
    assertThat(state.holds()).isEmpty();
  }

  @Test
  void a10TwoPaymentsGoBackEachByItselfAndWhatFailsIsOwed() {
    Adjustment whole = grant(all(SAMPLE, null));
    assertThat(whole.parts()).extracting(Adjustment.Part::amount).containsExactly(5572L, 500L);
    assertThat(state.holds()).as("the shop itself took the gift card").extracting(Hold::reason)
        .containsExactly(Hold.Reason.EXTERNAL_REFUND);
    moved(whole.parts().getFirst(), RefundStatus.FAILED);
    assertThat(owed() - kept()).isEqualTo(-5572);
    grant(elsewhere(500, whole.parts().getLast().payment()));
    assertThat(state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.REFUND_FAILED);
  }

  @Test
  void a11MoreThanIsThereIsRefusedWithWhatIsThereInAllAndPerPayment() {
    Refused refused = refused(amount(Kind.REFUND, 6073));
    assertThat(refused.code()).isEqualTo("invalid_request");
    assertThat(refused.violations().getFirst().code()).isEqualTo("too_much");
    assertThat(refused.about()).containsEntry("maximum", 6072L);
    assertThat(refused.about().get("payments").toString()).contains("maximum=5572", "maximum=500");
    assertThat(refused(new Form(Kind.REFUND, lines(1, 2).lines(), false, 3583L, null, null, null, false)).about())
        .containsEntry("maximum", 3582L);
  }

  @Test
  void whatWasSeenElsewhereIsDueUntilSomebodySaysThatItWasMeant() {
    Payment card = Shop.payment(PaymentStatus.CAPTURED, 5572, 5572);
    state = state.withPayment(OrderPayment.refunded(card, new Refund(waybill.messages.RefundId.of(CARD, "re_1"),
        waybill.messages.RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, new Money(1000, "EUR"), NOON)));
    assertThat(owed() - kept()).isEqualTo(1000);
    assertThat(state.payment()).isEqualTo(PaymentProgress.PARTIALLY_PAID);
    grant(elsewhere(1000, CARD));
    assertThat(owed() - kept()).as("once").isZero();
    assertThat(state.payment()).isEqualTo(PaymentProgress.PAID);
  }

  @Test
  void aCancelledOrderTakesOnlyWhatWasDoneElsewhereAndItsHoldEnds() {
    state = state.cancelled(CancelReason.OTHER, "key", NOON).orElseThrow();
    assertThat(refused(lines(1, 1)).code()).isEqualTo("order_cancelled");
    PaymentId giftCard = PaymentId.of("external", "", "GC-8831");
    assertThat(state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.EXTERNAL_REFUND);
    grant(elsewhere(500, giftCardId(giftCard)));
    assertThat(state.holds()).isEmpty();
  }

  @Test
  void whatGoesBackByItselfIsNotDoneElsewhereBeforeThatHasFailed() {
    state = state.cancelled(CancelReason.OTHER, "key", NOON).orElseThrow();
    OrderPayment card = state.money().find(CARD).orElseThrow();
    assertThat(card.refund().status()).isEqualTo(RefundStatus.REQUESTED);
    assertThat(refused(elsewhere(5572, CARD)).about()).containsEntry("maximum", 0L);
    state = state.withPayment(OrderPayment.refunded(card.payment(), new Refund(card.refund().id(),
        card.refund().reason(), RefundStatus.FAILED, new Money(5572, "EUR"), NOON)));
    assertThat(grant(elsewhere(5572, CARD)).amount()).isEqualTo(5572);
  }

  private PaymentId giftCardId(PaymentId otherwise) {
    return state.money().payments().stream().filter(OrderPayment::isExternal).map(OrderPayment::id).findFirst()
        .orElse(otherwise);
  }

  @Test
  void eachFieldThatIsWrongIsNamed() {
    assertThat(refused(new Form(Kind.REFUND, List.of(), false, null, null, null, null, false)).violations())
        .extracting(it -> it.pointer()).containsExactly("/amount");
    assertThat(refused(new Form(Kind.GOODWILL, lines(1, 1).lines(), false, null, null, null, null, false)).violations())
        .extracting(it -> it.pointer()).containsExactly("/kind");
    assertThat(refused(new Form(Kind.REFUND, List.of(new Units(new LineId("line_9"), 1)), false, null, null, null,
        PaymentId.of("stripe", "x", "y"), false)).violations()).extracting(it -> it.pointer())
        .containsExactly("/payment_id", "/lines/0/line_id");
  }

  @Test
  void shippingGoesBackOnce() {
    var shipping = new Form(Kind.REFUND, List.of(), true, null, null, null, null, false);
    assertThat(grant(shipping).amount()).isEqualTo(990);
    assertThat(refused(shipping).violations().getFirst().code()).isEqualTo("refunded_before");
  }

  @Property
  void theUnitsOfALineAreWorthItsTotalHoweverTheyAreTaken(@ForAll("totals") long total,
      @ForAll("takings") List<Integer> parts) {
    int all = parts.stream().mapToInt(it -> it).sum();
    int taken = 0;
    long sum = 0;
    for (int part : parts) {
      long share = Shares.share(total, all, taken, part);
      assertThat(share).isBetween(0L, total);
      sum += share;
      taken += part;
    }
    assertThat(sum).isEqualTo(total);
  }

  @Provide
  Arbitrary<Long> totals() {
    return Arbitraries.longs().between(0, 1_000_000_000_000L);
  }

  @Provide
  Arbitrary<List<Integer>> takings() {
    return Arbitraries.integers().between(1, 400).list().ofMinSize(1).ofMaxSize(12);
  }

  /** What may happen to money: it is granted back, moves or does not, is made elsewhere, or is all taken back. */
  @Property(tries = 500)
  void neverMoreGoesBackThanCameAndAllOfItIsTheTotalToTheCent(@ForAll("steps") List<Step> steps) {
    var test = new RefundingTest();
    for (Step step : steps) {
      test.take(step);
      test.checkNoMoreThanCame();
    }
    long granted = test.before.stream().mapToLong(Adjustment::amount).sum();
    if (test.ask(all(SAMPLE, SAMPLE.form().total() - granted)) instanceof Outcome.Accepted<Granted>(Granted last)) {
      assertThat(granted + last.adjustment().amount()).isEqualTo(SAMPLE.form().total());
    }
  }

  record Step(int what, int line, int quantity, long amount, RefundStatus answer) {}

  private void take(Step step) {
    Form form = switch (step.what) {
      case 0 -> lines(step.line, step.quantity);
      case 1 -> amount(Kind.GOODWILL, step.amount);
      case 2 -> amount(Kind.REFUND, step.amount);
      default -> elsewhere(step.amount, CARD);
    };
    if (ask(form) instanceof Outcome.Accepted<Granted>) {
      Adjustment granted = grant(form);
      if (!granted.doneElsewhere() && step.answer != RefundStatus.REQUESTED) {
        granted.parts().stream().filter(it -> it.payment().equals(CARD)).forEach(it -> moved(it, step.answer));
      }
    }
  }

  private void checkNoMoreThanCame() {
    state.money().payments().forEach(it -> assertThat(it.balance().refunded().minorUnits())
        .isLessThanOrEqualTo(it.payment().captured().minorUnits()));
    assertThat(kept()).isNotNegative();
    assertThat(owed()).isNotNegative();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.integers().between(1, 3),
        Arbitraries.integers().between(1, 2), Arbitraries.of(1L, 300L, 1791L, 5572L, 6072L),
        Arbitraries.of(RefundStatus.REQUESTED, RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED))
        .as(Step::new).list().ofMaxSize(8);
  }
}
