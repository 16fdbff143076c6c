package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class ReservationFormTest {

  @Test
  void aReservationIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ReservationForm").misfits("""
        {"channel": "de-web", "items": [{"sku": "TEA-200", "quantity": 2}], "minutes": 15}""",
        MakeReservationHandler.Form::read)).isEmpty();
  }

  @Test
  void aProlongationIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("ProlongationForm").misfits("{\"minutes\": 15}", ProlongReservationHandler.Form::read))
        .isEmpty();
  }
}
