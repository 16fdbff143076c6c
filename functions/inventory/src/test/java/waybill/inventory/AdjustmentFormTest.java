package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.inventory.AdjustStockHandler.Form;
import waybill.workbench.RequestSchema;

class AdjustmentFormTest {
  private static final Instant NOW = Instant.parse("9999-12-31T23:59:59Z");

  @Test
  void anAdjustmentIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("AdjustmentForm").misfits(
        """
            {"location_id": "leipzig", "quantity": 10, "reason": "received", "note": "first delivery", "lot": "L-1", "expires_on": "2027-03-31", "reference": "D-7"}""",
        it -> Form.read(it, NOW))).isEmpty();
  }

  @Test
  void aCountIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("AdjustmentForm").misfits(
        """
            {"location_id": "leipzig", "counted": 10, "counted_at": "2026-11-22T09:00:00Z", "note": "shelf 3", "lot": "L-1", "expires_on": "2027-03-31", "reference": "C-7"}""",
        it -> Form.read(it, NOW), "/counted")).isEmpty();
  }
}
