package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.Message.PaymentAuthorized;
import waybill.messages.Message.PaymentCancelled;
import waybill.messages.Message.PaymentCaptured;
import waybill.messages.Message.PaymentExpected;
import waybill.messages.Message.PaymentFailed;
import waybill.messages.Message.PaymentNews;
import waybill.messages.Message.PaymentNoticed;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;

class RecordedPaymentTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final PaymentExpected EXPECTED = new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_3Q");
  private static final PaymentNoticed PENDING = noticed(null, PaymentStatus.PENDING, 0, 0);
  private static final PaymentNoticed FAILED = noticed(null, PaymentStatus.FAILED, 0, 0);
  private static final PaymentNoticed AUTHORIZED = noticed(null, PaymentStatus.AUTHORIZED, 5572, 0);
  private static final PaymentNoticed CANCELLED = noticed(null, PaymentStatus.CANCELLED, 0, 0);
  private static final PaymentNoticed CAPTURED = noticed(null, PaymentStatus.CAPTURED, 5572, 5572);

  @Property
  void everyOrderOfArrivalWithDoublesEndsTheSame(@ForAll("arrivals") List<PaymentNews> arrivals) {
    RecordedPayment end = after(arrivals);

    assertThat(end).isEqualTo(new RecordedPayment(payment(PaymentStatus.CAPTURED, "EUR", 5572, 5572), ORDER));
    assertThat(Emissions.of(end)).containsExactly(new PaymentCaptured(ORDER, end.payment()));
  }

  @Property
  void neitherStatusNorMoneyNorOrderEverGoesBack(@ForAll("anyNews") List<PaymentNews> news) {
    RecordedPayment before = null;
    for (PaymentNews each : news) {
      RecordedPayment after = RecordedPayment.after(Optional.ofNullable(before), each);
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
  void newsThatComeAgainChangeNothing(@ForAll("anyNews") List<PaymentNews> news) {
    RecordedPayment known = after(news);

    for (PaymentNews again : news) {
      assertThat(RecordedPayment.after(Optional.of(known), again)).isEqualTo(known);
    }
  }

  @Test
  void anOrderThatExpectsAPaymentMakesAStubThatTellsNobody() {
    RecordedPayment stub = after(List.of(EXPECTED));

    assertThat(stub).isEqualTo(new RecordedPayment(payment(PaymentStatus.PENDING, null, 0, 0), ORDER));
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
    var otherExpects = new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3Q");
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
    assertThat(recorded.amount()).isEqualTo(3000);
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
  Arbitrary<List<PaymentNews>> arrivals() {
    List<PaymentNews> all = List.of(EXPECTED, AUTHORIZED, FAILED, CAPTURED);
    return Arbitraries.of(all).list().ofMaxSize(5).flatMap(doubles -> Arbitraries.longs().map(seed -> {
      var arrivals = new ArrayList<>(all);
      arrivals.addAll(doubles);
      Collections.shuffle(arrivals, new Random(seed));
      return List.copyOf(arrivals);
    }));
  }

  @Provide
  Arbitrary<List<PaymentNews>> anyNews() {
    return Arbitraries
        .<PaymentNews>of(EXPECTED, new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3Q"), PENDING, FAILED,
            AUTHORIZED, CANCELLED, CAPTURED,
            noticed(ORDER, PaymentStatus.AUTHORIZED, 3000, 0), noticed(ANOTHER, PaymentStatus.CAPTURED, 3000, 3000))
        .list().ofMinSize(1).ofMaxSize(12);
  }

  private static RecordedPayment after(List<? extends PaymentNews> news) {
    Optional<RecordedPayment> known = Optional.empty();
    for (PaymentNews each : news) {
      known = Optional.of(RecordedPayment.after(known, each));
    }
    return known.orElseThrow();
  }

  private static PaymentNoticed noticed(OrderId order, PaymentStatus status, long authorized, long captured) {
    return new PaymentNoticed(order, payment(status, "EUR", authorized, captured), "evt_" + status);
  }

  private static Payment payment(PaymentStatus status, String currency, long authorized, long captured) {
    return new Payment(PaymentId.of("stripe", "shop-eu", "pi_3Q"), "stripe", "shop-eu", "pi_3Q", status, currency,
        authorized, captured, null);
  }
}
