package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.catalog.Channel;
import waybill.messages.CancelReason;
import waybill.messages.Capture;
import waybill.messages.CaptureStatus;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.CaptureAnswered;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCancelled;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundReason;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.WithoutMulticapture;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.OrderHolds.Release;
import waybill.orders.Capturing.CaptureForm;
import waybill.platform.Outcome;

/** An order of 60.00 and 40.00, authorised with 100.00, whose lines are packed apart (case A8), and others. */
class CapturingTest {
  private static final String INTENT = "pi_3QWaybillSample";

  /** What the provider holds of the one payment, and does if it is asked. */
  private static final class Bank {
    final boolean multicapture;
    long held;
    long captured;
    boolean ended;
    final List<Long> captures = new ArrayList<>();

    Bank(long held, boolean multicapture) {
      this.held = held;
      this.multicapture = multicapture;
    }

    Payment payment() {
      return Shop.payment(INTENT, ended ? PaymentStatus.CAPTURED : PaymentStatus.AUTHORIZED,
          ended ? captured : captured + held, captured);
    }

    Capture answer(Capture it, Instant at) {
      long amount = it.amount().minorUnits();
      boolean last = it.last() || amount == held;
      if (ended || amount > held) {
        return it.failed("status_succeeded", at);
      }
      if (!last && !multicapture) {
        switch (it.otherwise()) {
          case HOLD -> {
            return it.failed("multicapture_unavailable", at);
          }
          case CAPTURE_ALL_AT_FIRST -> amount = Math.min(held, amount + it.later().minorUnits());
          case RELEASE_REST -> {
          }
        }
        last = true;
      }
      captures.add(amount);
      captured += amount;
      held = last ? 0 : held - amount;
      ended = last;
      return it.succeeded(eur(amount), at);
    }
  }

  private static final class Story {
    final OrderContent content;
    final Bank bank;
    final Life life;
    Instant now = NOON;

    Story(OrderContent content, Bank bank) {
      this.content = content;
      this.bank = bank;
      this.life = new Life(content, null).isPlaced(NOON);
      life.hears(new StockReserved(content.id()), NOON);
    }

    Story authorized() {
      life.hears(new PaymentAuthorized(content.id(), bank.payment()), now);
      return this;
    }

    Story packs(int line) {
      return packs(line, content.shippedLines().get(line - 1).quantity(), 0);
    }

    /** So many units of a line, as a fulfillment of its own. */
    Story packs(int line, int units, int part) {
      LineQuantity whole = content.shippedLines().get(line - 1);
      var some = List.of(new LineQuantity(whole.lineId(), whole.sku(), units));
      FulfillmentId id = FulfillmentId.of(content.id(), line + 10 * part);
      life.hears(new StockAllocated(content.id(), id, Samples.BERLIN, some), now);
      packed = new FulfillmentPacked(content.id(), id, Samples.BERLIN, some,
          List.of(new Parcel(ParcelId.of(id, 1), some, 100, 1, 1, 1, null, null)));
      life.hears(packed, now);
      return this;
    }

    FulfillmentPacked packed;

    /** The provider answers all that it is asked for. */
    Story answers() {
      for (int i = 0; i < 10; i++) {
        List<CaptureRequested> asked = requests();
        if (asked.isEmpty()) {
          return this;
        }
        now = now.plusSeconds(1);
        asked.forEach(it -> life.hears(new CaptureAnswered(content.id(), bank.payment(), answered(it)), now));
      }
      throw new AssertionError("it asks on and on");
    }

    private Capture answered(CaptureRequested it) {
      Capture answer = bank.answer(it.capture(), now);
      life.hears(new PaymentAuthorized(content.id(), bank.payment()), now);
      return answer;
    }

    List<CaptureRequested> requests() {
      return life.state.money().payments().stream().flatMap(it -> it.captures().pending()
          .map(capture -> new CaptureRequested(content.id(), it.payment(), capture))).toList();
    }

    List<Hold.Reason> holds() {
      return life.state.holds().stream().map(Hold::reason).toList();
    }

    Outcome<OrderState> captures(Long amount, Boolean last) {
      return paying().capture(bank.payment().id(), new CaptureForm(amount, last));
    }

    Paying paying() {
      var asked = new OrderCommand.Asked(OrderCommand.Kind.CAPTURE, "/captures", "k" + now, "", "me");
      return new Paying(content, life.state, List.of(), asked.of(content.id(), null, now), now);
    }

    long approved() {
      return life.sent.stream().filter(DispatchApproved.class::isInstance).distinct().count();
    }
  }

  private static Money eur(long cents) {
    return new Money(cents, "EUR");
  }

  private static Map<String, Object> sixtyAndForty() {
    Map<String, Object> body = Shop.simple("5512033", "TEA-200", 1);
    body.put("lines", List.of(Map.of("sku", "TEA-200", "quantity", 1, "unit_price", 6000, "total", 6000),
        Map.of("sku", "MUG-BLUE", "quantity", 1, "unit_price", 4000, "total", 4000)));
    body.put("total", 10_000);
    body.put("payments",
        List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference", INTENT, "amount", 10_000)));
    return body;
  }

  private static Story onDispatch(boolean multicapture, WithoutMulticapture otherwise) {
    return new Story(Samples.content(sixtyAndForty(), Channel.Capture.ON_DISPATCH, otherwise),
        new Bank(10_000, multicapture));
  }

  @Test
  void anOrderThatIsCapturedOnDispatchIsReleasedWhenItsMoneyIsHeld() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized();

    assertThat(story.life.sent).anyMatch(OrderReleased.class::isInstance);
    assertThat(story.requests()).isEmpty();
    assertThat(story.life.progress().awaiting()).isEqualTo(Awaiting.FULFILLMENT);
  }

  @Test
  void withMulticaptureEachParcelsShareIsCapturedBeforeItLeaves() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized().packs(1);
    assertThat(story.requests()).singleElement().satisfies(it -> assertThat(it.capture())
        .returns(eur(6_000), Capture::amount).returns(eur(4_000), Capture::later).returns(false, Capture::last));
    assertThat(story.life.answer).containsAll(story.requests());
    assertThat(story.approved()).as("it waits for its money").isZero();

    story.answers();
    assertThat(story.approved()).isOne();
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.AUTHORIZED);

    story.packs(2).answers();
    assertThat(story.bank.captures).containsExactly(6_000L, 4_000L);
    assertThat(story.approved()).isEqualTo(2);
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.PAID);
    assertThat(story.holds()).isEmpty();
  }

  @Test
  void withoutMulticaptureAllIsCapturedAtTheFirstIfItsAccountSaysSo() {
    Story story = onDispatch(false, WithoutMulticapture.CAPTURE_ALL_AT_FIRST).authorized().packs(1).answers();
    assertThat(story.bank.captures).containsExactly(10_000L);
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.PAID);

    story.packs(2).answers();
    assertThat(story.bank.captures).containsExactly(10_000L);
    assertThat(story.approved()).isEqualTo(2);
    assertThat(story.holds()).isEmpty();
  }

  @Test
  void withoutMulticaptureTheSecondParcelWaitsVisiblyIfItsAccountReleasesTheRest() {
    Story story = onDispatch(false, WithoutMulticapture.RELEASE_REST).authorized().packs(1).answers();
    assertThat(story.approved()).isOne();
    assertThat(story.holds()).containsExactly(Hold.Reason.CAPTURE_SHORT);

    story.packs(2).answers();
    assertThat(story.bank.captures).containsExactly(6_000L);
    assertThat(story.approved()).isOne();
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.PARTIALLY_PAID);
    story.life.hears(new OrderDue(story.content.id(), NOON.plus(Duration.ofDays(3))), NOON.plus(Duration.ofDays(3)));
    assertThat(story.life.state.isCancelled()).as("a person decides").isFalse();
  }

  @Test
  void whatWaitsLeavesWhenOtherMoneyComes() {
    Story story = onDispatch(false, WithoutMulticapture.RELEASE_REST).authorized().packs(1).answers().packs(2);
    story.life.hears(
        new PaymentCaptured(story.content.id(), Shop.payment("pi_2", PaymentStatus.CAPTURED, 4_000, 4_000)),
        story.now);

    assertThat(story.approved()).isEqualTo(2);
    assertThat(story.holds()).isEmpty();
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.PAID);
  }

  @Test
  void whatWaitsLeavesWhenAPersonAcceptsTheDifference() {
    Story story = onDispatch(false, WithoutMulticapture.RELEASE_REST).authorized().packs(1).answers().packs(2);
    HoldId hold = story.life.state.holds().getFirst().id();
    story.life.state = story.life.state.released(hold, Resolution.ACCEPT_DIFFERENCE,
        new Release("a friend of the house", story.now, "k1"), "adj_1", story.now).orElseThrow().state();
    story.life.hears(new OrderDue(story.content.id(), story.now), story.now);
    assertThat(story.holds()).isEmpty();
    story.life.hears(story.packed, story.now);

    assertThat(story.approved()).isEqualTo(2);
    assertThat(story.life.state.terms().total()).isEqualTo(eur(6_000));
  }

  @Test
  void withoutMulticaptureNothingIsCapturedAndAPersonChoosesIfItsAccountHolds() {
    Story story = onDispatch(false, WithoutMulticapture.HOLD).authorized().packs(1).answers();
    assertThat(story.bank.captures).isEmpty();
    assertThat(story.holds()).containsExactly(Hold.Reason.CAPTURE_FAILED);
    assertThat(story.life.state.holds().getFirst().note()).startsWith("multicapture_unavailable");
    assertThat(story.life.state.isDispatchClosed()).as("it can still be cancelled").isFalse();
    story.life.hears(story.packed, story.now);
    assertThat(story.requests()).as("what is refused is not tried again by itself").isEmpty();

    story.now = story.now.plusSeconds(60);
    story.life.state = story.captures(null, null).orElseThrow();
    story.answers();
    assertThat(story.bank.captures).containsExactly(10_000L);
    assertThat(story.approved()).isOne();
    assertThat(story.holds()).isEmpty();
    story.packs(2);
    assertThat(story.approved()).isEqualTo(2);
  }

  @Test
  void whatWasCapturedBeforeIsNotCapturedOnDispatch() {
    Map<String, Object> body = sixtyAndForty();
    body.put("payments",
        List.of(Map.of("provider", "external", "method", "gift_card", "reference", "GC-1", "amount", 7_000, "status",
            "captured"), Map.of("provider", "stripe", "account", "shop-eu", "reference", INTENT, "amount", 3_000)));
    Story story = new Story(Samples.content(body, Channel.Capture.ON_DISPATCH, WithoutMulticapture.HOLD),
        new Bank(3_000, false)).authorized().packs(1);
    assertThat(story.requests()).isEmpty();
    assertThat(story.approved()).isOne();

    story.packs(2).answers();
    assertThat(story.bank.captures).containsExactly(3_000L);
    assertThat(story.approved()).isEqualTo(2);
  }

  @Test
  void shippingIsCapturedWithTheFirstParcelAndRoundingWithTheLast() {
    // The sample: two of 35.82, one of 15.00, one of 0, shipping 9.90, of which a gift card has paid 5.00.
    Story story = new Story(Samples.content(Shop.sample(), Channel.Capture.ON_DISPATCH, WithoutMulticapture.HOLD),
        new Bank(5_572, true)).authorized();
    story.packs(2).answers().packs(1).answers().packs(3).answers();

    assertThat(story.bank.captures).containsExactly(1_500L + 990 - 500, 3_582L);
    assertThat(story.approved()).isEqualTo(3);
  }

  @Test
  void aShareIsCapturedInTheStepsThatItsProviderCharges() {
    Map<String, Object> body = Shop.simple("5512033", "TEA-200", 3);
    body.put("currency", "KWD");
    body.put("lines", List.of(Map.of("sku", "TEA-200", "quantity", 3, "unit_price", 3_340, "discounts",
        List.of(Map.of("amount", 10)), "total", 10_010)));
    body.put("total", 10_010);
    body.put("payments",
        List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference", INTENT, "amount", 10_010)));
    OrderContent content = Samples.content(body, Channel.Capture.ON_DISPATCH, WithoutMulticapture.HOLD);
    var id = Shop.payment(INTENT, PaymentStatus.AUTHORIZED, 0, 0).id();
    var held = new Payment(id, "stripe", "shop-eu", INTENT, PaymentStatus.AUTHORIZED, new Money(10_010, "KWD"),
        Money.zero("KWD"), NOON);
    OrderMoney money = Samples.placed(content).money().with(OrderPayment.of(held));

    assertThat(new MoneyCaptures(money, Samples.placed(content).terms())
        .collecting(new Money(3_337, "KWD"), "ful_1", NOON).payments().getFirst().captures().all())
        .singleElement().satisfies(it -> assertThat(it)
            .returns(new Money(3_340, "KWD"), Capture::amount).returns(new Money(6_670, "KWD"), Capture::later));
  }

  @Test
  void anOrderOfDigitalLinesAndOneOfAChannelThatCapturesAtOnceAreCapturedWhenAuthorized() {
    Map<String, Object> body = sixtyAndForty();
    body.put("lines", List.of(Map.of("sku", "E-BOOK", "quantity", 1, "unit_price", 10_000, "total", 10_000)));
    var digital = new Life(Samples.content(body, Channel.Capture.ON_DISPATCH, WithoutMulticapture.HOLD), null)
        .isPlaced(NOON);
    digital.hears(new PaymentAuthorized(digital.content().id(), new Bank(10_000, false).payment()), NOON);
    assertThat(digital.answer).anyMatch(CaptureRequested.class::isInstance);

    Story story = new Story(Samples.content(sixtyAndForty(), Channel.Capture.ON_AUTHORIZATION,
        WithoutMulticapture.HOLD), new Bank(10_000, false)).authorized();
    assertThat(story.life.sent).noneMatch(OrderReleased.class::isInstance);
    story.answers();
    assertThat(story.bank.captures).containsExactly(10_000L);
    assertThat(story.life.sent).anyMatch(OrderReleased.class::isInstance);
  }

  @Test
  void nothingIsCapturedBeforeItsStockIsPromised() {
    OrderContent content = Samples.content(sixtyAndForty(), Channel.Capture.ON_AUTHORIZATION, WithoutMulticapture.HOLD);
    var life = new Life(content, null).isPlaced(NOON);
    life.hears(new PaymentAuthorized(content.id(), new Bank(10_000, false).payment()), NOON);
    assertThat(life.sent).noneMatch(CaptureRequested.class::isInstance);

    life.hears(new StockReserved(content.id()), NOON);
    assertThat(life.answer).anyMatch(CaptureRequested.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(names = {"MANUAL", "ON_DISPATCH"})
  void anotherChannelsOrderIsNotCapturedByItself(Channel.Capture capture) {
    Story story = new Story(Samples.content(sixtyAndForty(), capture, WithoutMulticapture.HOLD),
        new Bank(10_000, true)).authorized();
    story.life.hears(new OrderDue(story.content.id(), NOON), NOON);

    assertThat(story.requests()).isEmpty();
  }

  @Test
  void aHeldOrderCapturesNothingUntilItIsReleased() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized();
    var hold = new PlacedHold(HoldId.of("k", "1"), Hold.Reason.OTHER, null, null, "wait", NOON, null);
    story.life.state = story.life.state.held(hold, false, NOON).orElseThrow();
    story.packs(1);
    assertThat(story.requests()).isEmpty();

    story.life.state = story.life.state.released(hold.id(), null, new Release("go", NOON, "k2"), "adj_2", NOON)
        .orElseThrow().state();
    story.life.hears(story.packed, story.now);
    story.answers();
    assertThat(story.approved()).isOne();
  }

  @Test
  void whatIsPackedAndNotCapturedCanBeCancelledAndWhatWasCapturedMeanwhileGoesBack() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized().packs(1);
    List<CaptureRequested> asked = story.requests();
    story.life.state = story.life.state.cancelled(CancelReason.CUSTOMER, "k1", NOON).orElseThrow();

    asked.forEach(it -> story.life.hears(new CaptureAnswered(story.content.id(), story.bank.payment(),
        story.bank.answer(it.capture(), NOON.plusSeconds(1))), NOON.plusSeconds(1)));
    story.life.hears(new OrderDue(story.content.id(), NOON), NOON);

    assertThat(story.approved()).isZero();
    assertThat(story.life.answer).anySatisfy(it -> assertThat(it).isInstanceOfSatisfying(RefundRequested.class,
        refund -> assertThat(refund.refund().reason()).isEqualTo(RefundReason.ORDER_CANCELLED)));
  }

  @Test
  void whatIsCapturedClosesTheOrderAgainstCancelling() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized().packs(1).answers();

    assertThat(story.life.state.cancelled(CancelReason.CUSTOMER, "k1", NOON)).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void whatIsHeldBesideWhatTheOrderNeededIsReleasedAtItsEnd() {
    Story story = new Story(Samples.content(sixtyAndForty(), Channel.Capture.MANUAL, WithoutMulticapture.HOLD),
        new Bank(10_000, true)).authorized();
    story.life.state = story.captures(3_000L, false).orElseThrow();
    story.answers();
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.AUTHORIZED);
    var cash = new OrderForm.NamedPayment("external", "", "BAR-1", "cash", 7_000, true, null);
    story.life.state = story.paying().add(cash).orElseThrow();
    story.life.hears(new OrderDue(story.content.id(), story.now), story.now);
    story.packs(1).packs(2).answers();

    assertThat(story.bank.captures).containsExactly(3_000L, 0L);
    assertThat(story.bank.ended).isTrue();
  }

  @Test
  void aCaptureBeyondWhatIsHeldIsRefusedWithTheMaximum() {
    Story story = new Story(Samples.content(sixtyAndForty(), Channel.Capture.MANUAL, WithoutMulticapture.HOLD),
        new Bank(10_000, true)).authorized();
    story.life.state = story.captures(6_000L, false).orElseThrow();
    assertThat(code(story.captures(1L, null))).isEqualTo("capture_pending");
    story.answers();

    assertThat(story.captures(4_001L, null)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().about()).isEqualTo(Map.of("maximum", 4_000L)));
    story.now = story.now.plusSeconds(1);
    story.life.state = story.captures(4_000L, null).orElseThrow();
    story.answers();
    assertThat(story.bank.captures).containsExactly(6_000L, 4_000L);
    assertThat(code(story.captures(1L, null))).isEqualTo("captured");
  }

  private static String code(Outcome<OrderState> outcome) {
    return ((Outcome.Declined<OrderState>) outcome).refused().code();
  }

  @Test
  void theRestOfAPaymentThatWasCapturedInPartIsVoided() {
    Story story = new Story(Samples.content(sixtyAndForty(), Channel.Capture.MANUAL, WithoutMulticapture.HOLD),
        new Bank(10_000, true)).authorized();
    story.life.state = story.captures(5_000L, false).orElseThrow();
    story.answers();
    story.now = story.now.plusSeconds(1);
    story.life.state = story.captures(1_000L, false).orElseThrow();
    assertThat(code(story.paying().release(story.bank.payment().id())))
        .isEqualTo("capture_pending");
    story.answers();
    story.life.state = story.paying().release(story.bank.payment().id())
        .orElseThrow();
    story.answers();

    assertThat(story.bank.captures).containsExactly(5_000L, 1_000L, 0L);
    assertThat(story.holds()).containsExactly(Hold.Reason.CAPTURE_SHORT);
  }

  @Test
  void anAuthorisationOfWhichARestIsHeldIsReportedADayBeforeItExpires() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized().packs(1).answers();
    Instant last = NOON.plus(Duration.ofDays(5));
    story.life.hears(new PaymentAuthorized(story.content.id(), story.bank.payment().withCaptureBefore(last)),
        story.now);
    OrderState state = story.life.state;
    assertThat(new MoneyTimes(state.money(), state.terms(), state.phase()).dueAt(NOON))
        .isEqualTo(last.minus(Duration.ofDays(1)));

    story.life.hears(new OrderDue(story.content.id(), last.minus(Duration.ofDays(1))), last.minus(Duration.ofDays(1)));
    assertThat(story.holds()).containsExactly(Hold.Reason.AUTHORIZATION_EXPIRING);
  }

  @Test
  void anAuthorisationThatLapsesBeforeAnythingLeftEndsItsOrder() {
    Story story = onDispatch(true, WithoutMulticapture.HOLD).authorized();
    story.life.hears(new PaymentCancelled(story.content.id(), Shop.payment(INTENT, PaymentStatus.CANCELLED, 0, 0)),
        NOON);

    assertThat(story.life.state.cancellation().reason()).isEqualTo(CancelReason.PAYMENT_CANCELLED);
  }

  /** However the units are packed, apart or together, and whatever comes doubled: never more than is held, and the total in the end. */
  @Property(tries = 300)
  void whatIsCapturedIsNeverMoreThanIsHeldAndTheTotalInTheEnd(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 3) Integer> parts, @ForAll boolean multicapture,
      @ForAll @IntRange(max = 999) int discount) {
    int units = parts.stream().mapToInt(Integer::intValue).sum();
    long total = 333L * units - discount % (333L * units);
    Map<String, Object> body = Shop.simple("5512033", "TEA-200", units);
    body.put("lines", List.of(Map.of("sku", "TEA-200", "quantity", units, "unit_price", 333, "discounts",
        List.of(Map.of("amount", 333L * units - total)), "total", total)));
    body.put("total", total);
    body.put("payments",
        List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference", INTENT, "amount", total)));
    Story story = new Story(Samples.content(body, Channel.Capture.ON_DISPATCH,
        WithoutMulticapture.CAPTURE_ALL_AT_FIRST), new Bank(total, multicapture)).authorized();
    for (int i = 0; i < parts.size(); i++) {
      story.packs(1, parts.get(i), i);
      story.life.hears(story.packed, story.now);
      story.answers();
      assertThat(story.bank.captured).isLessThanOrEqualTo(total);
      assertThat(story.approved()).isEqualTo(i + 1);
    }
    assertThat(story.bank.captured).isEqualTo(total);
    assertThat(story.life.state.payment()).isEqualTo(PaymentProgress.PAID);
    assertThat(story.life.state.money().payments().getFirst().captures().all())
        .allMatch(it -> it.status() == CaptureStatus.SUCCEEDED);
  }
}
