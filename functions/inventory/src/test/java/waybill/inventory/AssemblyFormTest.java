package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

class AssemblyFormTest {

  @Test
  void aWorkOrderIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("AssemblyForm").misfits("""
        {"type": "disassemble", "sku": "HAMPER", "quantity": 3, "location_id": "leipzig", "reference": "for December",
         "note": "the red ribbon"}""", CreateAssemblyHandler.Form::read)).isEmpty();
  }

  @Test
  void aPartThatIsDoneIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("CompletionForm").misfits("""
        {"quantity": 2, "note": "first shift"}""", CompleteAssemblyHandler.Form::read)).isEmpty();
  }
}
