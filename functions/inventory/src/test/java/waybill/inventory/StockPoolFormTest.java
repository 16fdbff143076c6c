package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class StockPoolFormTest {

  @Test
  void itIsReadAsOpenapiYamlDescribesIt() {
    assertThat(RequestSchema.of("StockPoolForm").misfits("{\"safety_stock\": 2, \"low_stock\": 3}",
        SetSafetyStockHandler.Form::read))
        .isEmpty();
  }
}
