package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AdjustmentIdTest {

  @Test
  void anAdjustmentKeepsItsIdForEver() {
    // Written down, not computed: an id that changes with a release would adjust stock again for a repeated request.
    assertThat(AdjustmentId.of("key-1")).hasToString("adj_qrmq8n39f3hq77kddpm5rjz9yc");
  }

  @Test
  void whatIsNoAdjustmentIdIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AdjustmentId("pay_qrmq8n39f3hq77kddpm5rjz9yc"))
        .withMessage("not a AdjustmentId");
  }
}
