package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class AdjustmentFormTest {

  @Test
  void anAdjustmentIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("AdjustmentForm").misfits("""
        {"location_id": "leipzig", "quantity": 10, "reason": "received", "note": "first delivery"}""",
        AdjustStockHandler.Form::read)).isEmpty();
  }
}
