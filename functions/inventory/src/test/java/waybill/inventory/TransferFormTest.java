package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class TransferFormTest {

  @Test
  void aTransferIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("TransferForm").misfits(
        """
            {"from": "leipzig", "to": "halle", "expected_at": "2026-12-04T09:00:00Z", "reference": "lorry 7", "note": "Fragile",
             "lines": [{"sku": "TEA-200", "quantity": 40, "lot": "L-1"}]}""",
        CreateTransferHandler.Form::read)).isEmpty();
  }

  @Test
  void itsDispatchIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("DispatchForm").misfits("""
        {"expected_at": "2026-12-04T09:00:00Z"}""", DispatchTransferHandler.Form::read)).isEmpty();
  }

  @Test
  void itsReceiptIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("TransferReceiptForm").misfits(
        """
            {"lines": [{"sku": "TEA-200", "quantity": 40, "damaged": 2, "lot": "L-1", "expires_on": "2027-03-31"}], "note": "wet"}""",
        ReceiveTransferHandler.Form::read)).isEmpty();
  }

  @Test
  void itsCancellationIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("TransferCancellationForm").misfits("""
        {"units": "written_off", "note": "stolen"}""", CancelTransferHandler.Form::read)).isEmpty();
  }
}
