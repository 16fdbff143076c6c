package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class ShortageFormTest {

  @Test
  void aReportIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ShortageForm").misfits("""
        {"lines": [{"line_id": "line_1", "quantity": 2, "lot": "L-1"}], "reason": "damaged", "note": "wet"}""",
        ShortageForm::read))
        .isEmpty();
  }
}
