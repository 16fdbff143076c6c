package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.Alert;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCancelled;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.platform.Lease;

class RecordedPaymentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final PaymentExpected EXPECTED = new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_3Q", "EUR");
  private static final PaymentNoticed PENDING = noticed(null, PaymentStatus.PENDING, 0, 0);
  private static final PaymentNoticed FAILED = noticed(null, PaymentStatus.FAILED, 0, 0);
  private static final PaymentNoticed AUTHORIZED = noticed(null, PaymentStatus.AUTHORIZED, 5572, 0);
  private static final PaymentNoticed CANCELLED = noticed(null, PaymentStatus.CANCELLED, 0, 0);
  private static final PaymentNoticed CAPTURED = noticed(null, PaymentStatus.CAPTURED, 5572, 5572);

  @Property
  void everyOrderOfArrivalWithDoublesEndsTheSame(@ForAll("arrivals") List<RecordPayment.Input> arrivals) {
    RecordedPayment end = after(arrivals);

    assertThat(end)
        .isEqualTo(
            new RecordedPayment(payment(PaymentStatus.CAPTURED, "EUR", 5572, 5572), ORDER, null, List.of(), List.of(),
                List.of(),
                null));
    assertThat(Emissions.of(end)).containsExactly(new PaymentCaptured(ORDER, end.payment()));
  }

  @Test
  void twoSuccessesOfOneReferenceWithTwoAmountsAreReportedWhicheverComesFirst() {
    var more = new PaymentNoticed(null, new Payment(CAPTURED.payment().id(), "stripe", "shop-eu", "pi_3Q",
        PaymentStatus.CAPTURED, new Money(6000, "EUR"), new Money(6000, "EUR"), NOW), "evt_more");

    RecordedPayment one = after(List.of(EXPECTED, CAPTURED, more));
    RecordedPayment other = after(List.of(EXPECTED, more, CAPTURED));

    assertThat(one).isEqualTo(other);
    assertThat(one.alerts()).singleElement().satisfies(it -> {
      assertThat(it.kind()).isEqualTo(Alert.Kind.CONTRADICTION);
      assertThat(it.status()).isEqualTo(Alert.Status.OPEN);
    });
    assertThat(Emissions.of(one)).hasAtLeastOneElementOfType(PaymentAlerted.class);
    assertThat(after(List.of(EXPECTED, CAPTURED, CAPTURED)).alerts()).isEmpty();
  }

  @Test
  void aRefundThatShowsLessThanWasTakenContradictsNothing() {
    var refunded = new RefundNoticed(CAPTURED.payment().id(), "stripe", "shop-eu", "pi_3Q",
        new Refund(RefundId.of(CAPTURED.payment().id()), RefundReason.ORDER_CANCELLED, RefundStatus.SUCCEEDED,
            new Money(1000, "EUR"), NOW),
        "evt_refund");

    RecordedPayment recorded = RecordedPayment.after(Optional.of(RecordedPayment.after(
        Optional.of(after(List.of(EXPECTED))), refunded, NOW)), CAPTURED, NOW);

    assertThat(recorded.payment().captured()).isEqualTo(new Money(5572, "EUR"));
    assertThat(recorded.alerts()).isEmpty();
  }

  @Property
  void neitherStatusNorMoneyNorOrderEverGoesBack(@ForAll("anyNews") List<RecordPayment.Input> news) {
    RecordedPayment before = null;
    for (RecordPayment.Input each : news) {
      RecordedPayment after = RecordedPayment.after(Optional.ofNullable(before), each, NOW);
      if (before != null) {
        assertThat(after.payment().status()).isGreaterThanOrEqualTo(before.payment().status());
        assertThat(after.payment().captured()).isGreaterThanOrEqualTo(before.payment().captured());
        assertThat(after.payment().authorized()).isGreaterThanOrEqualTo(before.payment().authorized());
        assertThat(after.order()).isEqualTo(before.order() == null ? after.order() : before.order());
      }
      before = after;
    }
  }

  @Property
  void newsThatComeAgainChangeNothing(@ForAll("anyNews") List<RecordPayment.Input> news) {
    RecordedPayment known = after(news);

    for (RecordPayment.Input again : news) {
      assertThat(RecordedPayment.after(Optional.of(known), again, NOW.plusSeconds(9))).isEqualTo(known);
    }
  }

  @Property
  void aRefundSurvivesAllNewsAndItsOrderHearsOfNothingElse(@ForAll("anyNews") List<RecordPayment.Input> before,
      @ForAll("anyNews") List<RecordPayment.Input> news) {
    RecordedPayment claimed = RecordedPayment.claimed(Optional.of(after(before)), request(after(before).order()), "me",
        NOW);
    RecordedPayment end = claimed;
    for (RecordPayment.Input each : news) {
      end = RecordedPayment.after(Optional.of(end), each, NOW);
      assertThat(end.refund()).isEqualTo(claimed.refund());
      assertThat(end.settled(request(after(before).order()).refund(), null).unclaimedSince()).isNull();
      assertThat(Emissions.of(end)).allMatch(it -> it instanceof PaymentRefunded || it instanceof RefundRequested
          || it instanceof PaymentAlerted alerted && alerted.alert().kind() == Alert.Kind.CONTRADICTION);
    }
  }

  @Property
  void answersAndEventsInAnyOrderEndWithTheFurthest(@ForAll("statuses") List<RefundStatus> statuses) {
    RecordedPayment recorded = claimed(after(List.of(EXPECTED, CAPTURED)));
    for (RefundStatus status : statuses) {
      recorded = recorded.settled(refund(status), null);
    }

    assertThat(recorded.refund().refund().status())
        .isEqualTo(statuses.stream().max(Comparator.comparing(it -> it == RefundStatus.VOIDED ? 0 : it.ordinal()))
            .orElseThrow());
    assertThat(recorded.refund().refund().reason()).isEqualTo(RefundReason.NO_ORDER);
    assertThat(recorded.settled(refund(statuses.getLast()), null)).isEqualTo(recorded);
  }

  @Test
  void aClaimIsItsOwnersUntilItsLeaseHasRunOut() {
    RecordedPayment mine = claimed(after(List.of(EXPECTED)));

    assertThat(claim(mine, "me", NOW)).as("its write's answer was lost").isEqualTo(mine);
    assertThatThrownBy(() -> claim(mine, "you", NOW.plusSeconds(60).minusMillis(1)))
        .isInstanceOf(Lease.Held.class);
    assertThat(claim(mine, "you", NOW.plusSeconds(60)).refund()).isEqualTo(
        new RefundStage.Claimed(2, new Lease("you", NOW.plusSeconds(120)), mine.refund().refund()));
  }

  @Test
  void whatIsSettledIsNotClaimedAgainUnlessMoneyCameAfterItWasLetGo() {
    RecordedPayment settled = claimed(after(List.of(EXPECTED, CAPTURED))).settled(refund(RefundStatus.FAILED), null);
    RecordedPayment letGo = claimed(after(List.of(EXPECTED))).settled(refund(RefundStatus.VOIDED), null);
    RecordedPayment paid = RecordedPayment.after(Optional.of(letGo), CAPTURED, NOW);

    assertThat(claim(settled, "you", NOW.plusSeconds(999))).isEqualTo(settled);
    assertThat(claim(letGo, "you", NOW.plusSeconds(999))).isEqualTo(letGo);
    assertThat(letGo.owed()).isEmpty();
    assertThat(paid.owed()).containsExactly(paid.refund().refund());
    assertThat(Emissions.of(paid)).hasExactlyElementsOfTypes(PaymentRefunded.class, RefundRequested.class);
    assertThat(claim(paid, "you", NOW).refund()).isInstanceOfSatisfying(RefundStage.Claimed.class, it -> {
      assertThat(it.attempt()).isEqualTo(2);
      assertThat(it.refund().status()).isEqualTo(RefundStatus.REQUESTED);
    });
  }

  @Test
  void aRefundThatIsMovedStaysPendingWhileItsProviderIsAskedHowFarItIs() {
    var pending = new Refund(refund(RefundStatus.PENDING).id(), RefundReason.NO_ORDER, RefundStatus.PENDING,
        new Money(5572, "EUR"), NOW);
    RecordedPayment moved = claimed(after(List.of(EXPECTED, CAPTURED))).settled(pending, "re_1");

    RecordedPayment asking = claim(moved, "you", NOW.plusSeconds(999));
    RecordedPayment takenOver = claim(asking, "me", NOW.plusSeconds(9999));

    assertThat(asking.refund()).isInstanceOf(RefundStage.Claimed.class);
    assertThat(List.of(asking.refund().refund(), takenOver.refund().refund())).as("whoever dies now")
        .containsOnly(pending);
    var later = new Refund(pending.id(), pending.reason(), RefundStatus.PENDING, pending.amount(),
        NOW.plusSeconds(9999));
    assertThat(takenOver.settled(later, "re_1").refund())
        .as("since the same time").isEqualTo(new RefundStage.Settled(3, pending, "re_1"));
    assertThat(takenOver.settled(refund(RefundStatus.VOIDED), null).refund().refund()).isEqualTo(pending);
    assertThat(takenOver.settled(refund(RefundStatus.FAILED), null).refund().refund().status())
        .isEqualTo(RefundStatus.FAILED);
  }

  @Test
  void aRefundOfAPaymentThatNobodyHasHeardOfIsNotTaken() {
    var noticed = new RefundNoticed(CAPTURED.payment().id(), "stripe", "shop-eu", "pi_3Q",
        refund(RefundStatus.SUCCEEDED), "evt_1");

    assertThatThrownBy(() -> RecordedPayment.after(Optional.empty(), noticed, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRefundThatWasNeverAskedForHereIsTakenAsItIs() {
    var noticed = new RefundNoticed(CAPTURED.payment().id(), "stripe", "shop-eu", "pi_3Q",
        refund(RefundStatus.SUCCEEDED), "evt_1");

    assertThat(RecordedPayment.after(Optional.of(after(List.of(EXPECTED, CAPTURED))), noticed, NOW).refund())
        .isEqualTo(new RefundStage.Settled(1, refund(RefundStatus.SUCCEEDED), null));
  }

  @Test
  void aRequestBindsThePaymentToItsOrderWhereNobodyElseHas() {
    assertThat(RecordedPayment.claimed(Optional.of(after(List.of(CAPTURED))), request(ORDER), "me", NOW).order())
        .isEqualTo(ORDER);
    assertThat(RecordedPayment.claimed(Optional.empty(), request(ORDER), "me", NOW).order()).isEqualTo(ORDER);
  }

  @Test
  void anOrderThatExpectsAPaymentMakesAStubThatTellsNobody() {
    RecordedPayment stub = after(List.of(EXPECTED));

    assertThat(stub)
        .isEqualTo(
            new RecordedPayment(payment(PaymentStatus.PENDING, "EUR", 0, 0), ORDER, null, List.of(), List.of(),
                List.of(), null));
    assertThat(Emissions.of(stub)).isEmpty();
  }

  @Test
  void aPaymentBeforeItsOrderTellsNobodyUntilTheOrderAsks() {
    assertThat(Emissions.of(after(List.of(CAPTURED)))).isEmpty();
    assertThat(Emissions.of(after(List.of(CAPTURED, EXPECTED))))
        .containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @Test
  void aPaymentThatNamesItsOrderNeedsNotBeExpected() {
    RecordedPayment recorded = after(List.of(noticed(ORDER, PaymentStatus.AUTHORIZED, 5572, 0)));

    assertThat(Emissions.of(recorded)).containsExactly(new PaymentAuthorized(ORDER, recorded.payment()));
  }

  @Test
  void aPaymentIsNeverBoundToASecondOrder() {
    var otherExpects = new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3Q", "EUR");
    var namesOther = noticed(ANOTHER, PaymentStatus.CAPTURED, 5572, 5572);
    RecordedPayment recorded = after(List.of(EXPECTED, otherExpects, namesOther));

    assertThat(recorded.order()).isEqualTo(ORDER);
    assertThat(recorded.contradicts(otherExpects)).isTrue();
    assertThat(recorded.contradicts(namesOther)).isTrue();
    assertThat(recorded.contradicts(EXPECTED)).isFalse();
    assertThat(recorded.contradicts(CAPTURED)).isFalse();
    assertThat(Emissions.of(recorded)).as("the money is told of all the same")
        .containsExactly(new PaymentCaptured(ORDER, recorded.payment()));
  }

  @Test
  void aPartOfTheMoneyCapturedLeavesTheRestAuthorized() {
    RecordedPayment recorded = after(List.of(noticed(null, PaymentStatus.CAPTURED, 3000, 3000), AUTHORIZED));

    assertThat(recorded.payment()).isEqualTo(payment(PaymentStatus.CAPTURED, "EUR", 5572, 3000));
    assertThat(recorded.amount()).isEqualTo(new Money(3000, "EUR"));
  }

  @Test
  void everyStatusTellsTheOrderWhatItIs() {
    Payment failed = after(List.of(EXPECTED, FAILED)).payment();
    Payment cancelled = after(List.of(EXPECTED, AUTHORIZED, CANCELLED)).payment();

    assertThat(Emissions.of(after(List.of(EXPECTED, PENDING)))).isEmpty();
    assertThat(Emissions.of(after(List.of(EXPECTED, FAILED)))).containsExactly(new PaymentFailed(ORDER, failed));
    assertThat(Emissions.of(after(List.of(EXPECTED, AUTHORIZED, CANCELLED))))
        .containsExactly(new PaymentCancelled(ORDER, cancelled));
  }

  @Test
  void eachPieceOfNewsIsSaidInWords() {
    assertThat(after(List.of(EXPECTED)).happened(EXPECTED)).isEqualTo("Payment expected");
    assertThat(after(List.of(PENDING)).happened(PENDING)).isEqualTo("Payment pending");
    assertThat(after(List.of(CAPTURED, EXPECTED)).happened(EXPECTED)).isEqualTo("Payment captured");
  }

  /** Each piece of news at least once, some twice or more, in any order. */
  @Provide
  Arbitrary<List<RecordPayment.Input>> arrivals() {
    List<RecordPayment.Input> all = List.of(EXPECTED, AUTHORIZED, FAILED, CAPTURED);
    return Arbitraries.of(all).list().ofMaxSize(5).flatMap(doubles -> Arbitraries.longs().map(seed -> {
      var arrivals = new ArrayList<>(all);
      arrivals.addAll(doubles);
      Collections.shuffle(arrivals, new Random(seed));
      return List.copyOf(arrivals);
    }));
  }

  @Provide
  Arbitrary<List<RecordPayment.Input>> anyNews() {
    return Arbitraries.<RecordPayment.Input>of(EXPECTED,
        new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3Q", "EUR"), PENDING, FAILED,
        AUTHORIZED, CANCELLED, CAPTURED,
        noticed(ORDER, PaymentStatus.AUTHORIZED, 3000, 0), noticed(ANOTHER, PaymentStatus.CAPTURED, 3000, 3000))
        .list().ofMinSize(1).ofMaxSize(12);
  }

  private static RecordedPayment after(List<? extends RecordPayment.Input> news) {
    Optional<RecordedPayment> known = Optional.empty();
    for (RecordPayment.Input each : news) {
      known = Optional.of(RecordedPayment.after(known, each, NOW));
    }
    return known.orElseThrow();
  }

  @Provide
  Arbitrary<List<RefundStatus>> statuses() {
    return Arbitraries.of(RefundStatus.PENDING, RefundStatus.VOIDED, RefundStatus.SUCCEEDED, RefundStatus.FAILED).list()
        .ofMinSize(1).ofMaxSize(6);
  }

  /** A claim that is the first, whoever the payment's order is. */
  private static RecordedPayment claimed(RecordedPayment recorded) {
    return new RecordedPayment(recorded.payment(), recorded.order(),
        RefundStage.claim(1, "me", refund(RefundStatus.REQUESTED), null, NOW), List.of(), List.of(), List.of(), null);
  }

  private static RecordedPayment claim(RecordedPayment recorded, String claimant, Instant now) {
    return RecordedPayment.claimed(Optional.of(recorded), request(ORDER), claimant, now);
  }

  private static RefundRequested request(OrderId order) {
    return new RefundRequested(order, CAPTURED.payment(),
        Refund.requested(CAPTURED.payment().id(), RefundReason.ORDER_CANCELLED, NOW));
  }

  private static Refund refund(RefundStatus status) {
    return new Refund(RefundId.of(CAPTURED.payment().id()), RefundReason.NO_ORDER, status, null, NOW);
  }

  private static PaymentNoticed noticed(OrderId order, PaymentStatus status, long authorized, long captured) {
    return new PaymentNoticed(order, payment(status, "EUR", authorized, captured), "evt_" + status);
  }

  private static Payment payment(PaymentStatus status, String currency, long authorized, long captured) {
    return new Payment(PaymentId.of("stripe", "shop-eu", "pi_3Q"), "stripe", "shop-eu", "pi_3Q", status,
        new Money(authorized, currency), new Money(captured, currency), null);
  }

  @Test
  void aCancelledHoldThatStripeReportsAsARefundIsNoMoneyThatCame() {
    Refund cancelled = new Refund(RefundId.of(RecordedPayment.id(EXPECTED), "re_1"), RefundReason.MADE_ELSEWHERE,
        RefundStatus.SUCCEEDED,
        new Money(5572, "EUR"), NOW);
    var noticed = new RefundNoticed(RecordedPayment.id(EXPECTED), "stripe", "shop-eu", "pi_3Q", cancelled, "evt_9");
    for (List<RecordPayment.Input> way : List.<List<RecordPayment.Input>>of(
        List.of(EXPECTED, AUTHORIZED, CANCELLED, noticed), List.of(EXPECTED, AUTHORIZED, noticed, CANCELLED),
        List.of(noticed, EXPECTED, AUTHORIZED, CANCELLED))) {
      RecordedPayment end = after(way);
      assertThat(end.payment().status()).isEqualTo(PaymentStatus.CANCELLED);
      assertThat(end.payment().captured().isZero()).isTrue();
      RecordedPayment voided = claimed(end)
          .settled(new Refund(RefundId.of(RecordedPayment.id(EXPECTED)), RefundReason.NO_ORDER, RefundStatus.VOIDED,
              null, NOW), null);
      assertThat(voided.owed()).as("no refund is requested again and again").isEmpty();
    }
  }
}
