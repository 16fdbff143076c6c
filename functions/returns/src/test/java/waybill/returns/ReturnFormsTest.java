package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

/** Requests are read as openapi.yaml describes them. */
class ReturnFormsTest {

  @Test
  void aRequestForAReturnIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReturnForm").misfits(
        """
            {"order_id": "ord_8wbx56kav7d3kerhkfart51jp5",
             "lines": [{"line_id": "line_1", "quantity": 1, "reason": "unwanted", "note": "n",
              "photos": ["pho_8wbx56kav7d3kerhkfart51jp5"], "exchange": {"sku": "MUG-BLUE", "unit_price": 1500}}], "in_advance": true, "on_first_scan": true, "refund_to": "store_credit", "override_reason": "o"}""",
        RequestReturnHandler.Form::read)).isEmpty();
  }

  @Test
  void aDecisionIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReturnDecisionForm").misfits("{\"decision\": \"reject\", \"reason\": \"r\"}",
        DecideReturnHandler.Form::read)).isEmpty();
  }

  @Test
  void aDecisionAboutALabelIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReturnLabelForm").misfits("""
        {"decision": "buy", "reason": "r", "location_id": "leipzig", "weight_grams": 900, "length_mm": 300,
         "width_mm": 200, "height_mm": 150}""", LabelReturnHandler.Form::read)).isEmpty();
  }

  @Test
  void aDecisionAboutAnExchangeIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ExchangeDecisionForm").misfits("{\"decision\": \"charge\", \"reason\": \"r\"}",
        DecideExchangeHandler.Form::read)).isEmpty();
  }

  @Test
  void aReceiptIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReturnReceiptForm").misfits("""
        {"location_id": "leipzig", "lines": [{"line_id": "line_1", "quantity": 1}],
         "unexpected": [{"sku": "MUG-BLUE", "quantity": 1, "note": "n", "lot": "L-1", "expires_on": "2027-01-31"}],
         "accept_late": true}""", ReceiveReturnHandler.Form::read)).isEmpty();
  }

  @Test
  void aDispositionIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("DispositionForm").misfits(
        """
            {"location_id": "leipzig", "lines": [{"line_id": "line_1", "quantity": 1, "outcome": "not_restocked", "fault": "customer",
              "note": "n", "lot": "L-1", "expires_on": "2027-01-31", "override": {"refund_percent": 50, "reason": "o"}}]}""",
        DisposeReturnHandler.Form::read)).isEmpty();
  }

  @Test
  void aClaimIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ClaimForm").misfits("""
        {"order_id": "ord_8wbx56kav7d3kerhkfart51jp5", "parcel_id": "par_8wbx56kav7d3kerhkfart51jp5_1_1",
         "lines": [{"line_id": "line_1", "quantity": 1, "reason": "never_arrived", "note": "n",
           "photos": ["pho_8wbx56kav7d3kerhkfart51jp5"]}], "wish": "refund"}""",
        RequestClaimHandler.Form::read)).isEmpty();
  }

  @Test
  void aPhotoIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("PhotoForm").misfits("{\"content\": \"%s\"}".formatted(PhotosTest.PNG),
        AddPhotoHandler::read)).isEmpty();
  }

  @Test
  void aDecisionAboutAClaimIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ClaimDecisionForm").misfits("{\"decision\": \"deny\", \"reason\": \"r\"}",
        DecideClaimHandler.Form::read)).isEmpty();
  }

  @Test
  void aResolutionIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ClaimResolutionForm").misfits(
        """
            {"remedy": "refund_and_replacement", "amount": 500, "location_id": "leipzig", "send_back": true, "refund_to": "store_credit", "reason": "r",
             "sent_instead": [{"line_id": "line_1", "sku": "MUG-BLUE", "quantity": 1}]}""",
        it -> ResolveClaimHandler.read(it, "op", Instant.EPOCH))).isEmpty();
  }

  @Test
  void aPolicyIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReturnPolicyForm").misfits(
        """
            {"window_days": 14, "market_days": [{"country": "DE", "days": 30}], "excluded": ["hygiene"], "approves": true, "arrival_days": 30,
             "fee_percent": 15, "refunds_shipping": true, "refund_to": "store_credit", "labels": "faults", "label_days": 10, "return_to": "leipzig", "exchanges": "same",
             "rules": [{"outcome": "missing", "fault": "carrier", "refund_percent": 100}]}""",
        PutReturnPolicyHandler::read)).isEmpty();
  }
}
