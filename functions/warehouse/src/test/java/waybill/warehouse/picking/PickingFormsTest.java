package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class PickingFormsTest {

  @Test
  void whoPicksWhatIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("WaveForm").misfits(
        """
            {"location_id": "leipzig", "pickers": 2, "seconds_per_line": 90, "maximum_lines": 30,
             "devices": [{"id": "cart", "bins": 8, "maximum_weight_grams": 120000, "maximum_volume_cm3": 400000,
               "bin_volume_cm3": 50000, "minimum_volume_cm3": 5000}],
             "collections": [{"carrier": "dhl", "methods": ["express"], "cut_off_at": "2026-11-22T14:00:00Z", "priority": 1}]}""",
        WaveForm::read)).isEmpty();
  }

  @Test
  void aScanIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ScanForm").misfits("{\"code\": \"TEA-200\", \"quantity\": 2}",
        ScanWorkHandler.Form::read)).isEmpty();
  }

  @Test
  void anActionIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ActionForm").misfits("{\"action\": \"not_empty\", \"quantity\": 2}",
        ActOnWorkHandler.Form::read)).isEmpty();
  }
}
