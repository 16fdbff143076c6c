package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HoldIdTest {

  @Test
  void theSameTroubleIsTheSameHoldWheneverItIsLookedAt() {
    assertThat(HoldId.of("payment_mismatch", "pay_1")).isEqualTo(HoldId.of("payment_mismatch", "pay_1"))
        .isNotEqualTo(HoldId.of("payment_mismatch", "pay_2")).isNotEqualTo(HoldId.of("refund_failed", "pay_1"));
  }

  @Test
  void whatIsNoHoldIdIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HoldId("hold_1")).withMessage("not a HoldId");
  }
}
