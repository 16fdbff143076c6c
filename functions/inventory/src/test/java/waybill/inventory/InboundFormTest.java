package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class InboundFormTest {

  @Test
  void anInboundIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("InboundForm").misfits("""
        {"type": "production", "location_id": "leipzig", "expected_at": "2026-12-04T09:00:00Z", "reference": "PO-4711",
         "tolerance_percent": 5, "quality_hold": true, "lines": [{"sku": "TEA-200", "quantity": 40}]}""",
        PutInboundHandler.Form::read))
        .isEmpty();
  }

  @Test
  void aReceiptIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ReceiptForm").misfits(
        """
            {"lines": [{"sku": "TEA-200", "quantity": 40, "damaged": 2, "rejected": 3, "reject_reason": "temperature", "lot": "L-1", "expires_on": "2027-03-31"},
             {"code": "14006381333938", "packs": 8, "damaged": 2, "rejected": 3, "reject_reason": "expired", "lot": "L-1", "expires_on": "2027-03-31"}],
             "complete": true, "note": "the last pallet"}""",
        it -> ReceiveInboundHandler.Form.read(it, 2026), "/lines/0/rejected", "/lines/0/reject_reason",
        "/lines/1/code", "/lines/1/rejected", "/lines/1/reject_reason")).isEmpty();
  }
}
