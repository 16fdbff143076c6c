package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class LotSwapFormTest {
  @Test
  void openapiRefusesWhatTheReaderRefuses() {
    assertThat(RequestSchema.of("LotSwapForm").misfits(
        "{\"line_id\": \"line_1\", \"from\": \"L-114\", \"to\": \"L-207\", \"quantity\": 2}", LotSwapForm::read))
        .isEmpty();
  }
}
