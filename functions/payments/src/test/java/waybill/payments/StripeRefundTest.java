package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.PaymentId;
import waybill.messages.RefundId;
import waybill.messages.RefundStatus;
import waybill.payments.StripeRefund.Way;

class StripeRefundTest {
  private static final RefundId ID = RefundId.of(PaymentId.of("stripe", "shop-eu", "pi_3Q"));

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource(value = {"succeeded, SUCCEEDED", "pending, PENDING", "requires_action, PENDING", "failed, FAILED",
    "canceled, FAILED", "new_in_2031, PENDING", "null, PENDING"}, nullValues = "null")
  void everyStatusOfARefundMeansSomething(String status, RefundStatus meaning) {
    assertThat(StripeRefund.status(status)).isEqualTo(meaning);
  }

  @ParameterizedTest(name = "{0} with {1} received: {2}")
  @CsvSource(value = {"succeeded, 5572, REFUND", "succeeded, 0, NOTHING", "canceled, 0, NOTHING",
    "canceled, 3000, REFUND", "requires_capture, 0, CANCEL", "requires_payment_method, 0, CANCEL",
    "requires_confirmation, 0, CANCEL", "requires_action, 0, CANCEL", "processing, 0, WAIT",
    "new_in_2031, 0, CANCEL", "null, 0, CANCEL"}, nullValues = "null")
  void everyStatusOfAnIntentHasItsWay(String status, long received, Way way) {
    assertThat(StripeRefund.way(status, received)).isEqualTo(way);
  }

  @Property
  void whatIsLeftIsWhatWasReceivedWithoutWhatWentBackOrGoesBack(@ForAll @LongRange(min = 0, max = 1000) long done,
      @ForAll @LongRange(min = 0, max = 1000) long moving, @ForAll @LongRange(min = 0, max = 1000) long failed) {
    var made = List.of(refund(null, RefundStatus.SUCCEEDED, done), refund(null, RefundStatus.PENDING, moving),
        refund(null, RefundStatus.FAILED, failed));

    assertThat(StripeRefund.left(5572, made)).isEqualTo(5572 - done - moving);
  }

  @Test
  void oursIsTheOneThatNamesItselfSoAndLivesBeforeOneThatFailed() {
    StripeRefund failed = refund(ID.value(), RefundStatus.FAILED, 1);
    StripeRefund pending = refund(ID.value(), RefundStatus.PENDING, 2);
    StripeRefund another = refund("ref_another", RefundStatus.SUCCEEDED, 3);
    StripeRefund elsewhere = refund(null, RefundStatus.SUCCEEDED, 4);

    assertThat(StripeRefund.ours(List.of(another, elsewhere), ID)).isEmpty();
    assertThat(StripeRefund.ours(List.of(another, failed), ID)).contains(failed);
    assertThat(StripeRefund.ours(List.of(another, failed, pending), ID)).contains(pending);
  }

  private static StripeRefund refund(String ours, RefundStatus status, long amount) {
    return new StripeRefund("re_1", ours, status, amount);
  }
}
