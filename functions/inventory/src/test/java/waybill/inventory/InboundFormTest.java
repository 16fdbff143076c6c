package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class InboundFormTest {

  @Test
  void anInboundIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("InboundForm").misfits("""
        {"type": "production", "location_id": "leipzig", "expected_at": "2026-12-04T09:00:00Z", "reference": "PO-4711",
         "tolerance_percent": 5, "lines": [{"sku": "TEA-200", "quantity": 40}]}""", PutInboundHandler.Form::read))
        .isEmpty();
  }

  @Test
  void aReceiptIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ReceiptForm").misfits(
        """
            {"lines": [{"sku": "TEA-200", "quantity": 40, "damaged": 2, "lot": "L-1", "expires_on": "2027-03-31"}], "complete": true, "note": "the last pallet"}""",
        ReceiveInboundHandler.Form::read)).isEmpty();
  }
}
