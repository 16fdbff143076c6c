package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.workbench.RequestSchema;

/** Requests are read as openapi.yaml describes them. */
class OrderFormsTest {

  @Test
  void anOrderIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("OrderForm").misfits(
        """
            {"reference": "5512033", "number": "#1042", "channel": "de-web", "placed_at": "2026-11-22T09:15:04Z",
             "currency": "EUR", "taxes_included": true,
             "customer": {"id": "c_881", "email": "ada@example.com", "phone": "+4930", "name": "Ada", "locale": "de-DE"},
             "shipping_address": {"name": "Grace", "company": "Navy", "line1": "Hauptstr. 5", "line2": "3. OG",
                                  "city": "Berlin", "state": "BE", "postal_code": "10827", "country": "DE", "phone": "+49"},
             "billing_address": {"name": "Ada", "company": "Byron KG", "line1": "Ring 1", "line2": "Hof", "city": "Leipzig",
                                 "state": "SN", "postal_code": "04109", "country": "DE", "phone": "+49341"},
             "lines": [{"reference": "L1", "sku": "TEA-200", "name": "Assam", "quantity": 2, "unit_price": 1990,
                        "discounts": [{"code": "SPRING10", "amount": 398}],
                        "taxes": [{"name": "MwSt", "rate": "0.19", "amount": 572}], "total": 3582,
                        "metadata": {"engraving": "G.H."}}],
             "shipping": {"method": "express", "name": "Express", "price": 990, "discounts": [{"code": "X", "amount": 1}],
                          "taxes": [{"name": "MwSt", "rate": "0.19", "amount": 158}], "total": 990},
             "rounding": {"amount": -2, "reason": "cash"}, "total": 4570,
             "payments": [{"provider": "stripe", "account": "shop-eu", "reference": "pi_3Q", "amount": 4070},
                          {"provider": "external", "method": "gift_card", "reference": "GC-8831", "amount": 500,
                           "status": "captured", "due_at": "2026-12-01T09:15:04Z"},
                          {"provider": "store_credit", "reference": "cart-78", "amount": 100}],
             "payment_expires_at": "2026-11-23T09:15:04Z", "gift": {"message": "Alles Gute!", "hide_prices": true},
             "note": "Bitte klingeln", "tags": ["vip"], "seller_id": "D-204",
             "reservation_id": "res_y53g3s042fxqxhf074anf1q00v",
             "delivery_option_id": "dopt_y53g3s042fxqxhf074anf1q00v_2", "backorders": "partial", "metadata": {"cart": "c-77"}}""",
        FormReader::read)).isEmpty();
  }

  @Test
  void aCancellationIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("CancellationForm").misfits(
        "{\"reason\": \"customer\", \"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}",
        fields -> CancelOrderHandler.form(fields, true))).isEmpty();
  }

  @Test
  void aHoldAndItsReleaseAreReadAsTheyAreDescribed() {
    assertThat(RequestSchema.of("HoldForm").misfits("""
        {"reason": "fraud_suspected", "handle": "risk-7", "fulfillment_id": "ful_8wbx56kav7d3kerhkfart51jp5_1",
         "lines": [{"line_id": "line_1", "quantity": 1}], "note": "Three cards in an hour"}""",
        HoldOrderHandler.Form::read)).isEmpty();
    assertThat(RequestSchema.of("ReleaseForm").misfits(
        "{\"note\": \"A cent of rounding\", \"resolution\": \"accept_difference\"}", ReleaseHoldHandler.Form::read))
        .isEmpty();
  }

  @Test
  void aNoteAndTagsAreReadAsTheyAreDescribed() {
    assertThat(RequestSchema.of("NoteForm").misfits("{\"text\": \"Called\"}", NoteOrderHandler::text)).isEmpty();
    assertThat(RequestSchema.of("TagsForm").misfits("{\"tags\": [\"vip\", \"late\"]}", TagOrderHandler::tags))
        .isEmpty();
  }

  @Test
  void aRefundIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("RefundForm").misfits(
        """
            {"kind": "refund", "lines": [{"line_id": "line_1", "quantity": 1}], "shipping": true, "amount": 5, "reason": "r",
             "note": "n", "payment_id": "pay_vwbqdxewnrxxb7s0v4pa2pds2r", "done_elsewhere": true}
            """,
        RefundOrderHandler::form)).isEmpty();
  }

  @Test
  void aMergerIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("MergerForm").misfits(
        "{\"order_id\": \"ord_8wbx56kav7d3kerhkfart51jp5\", \"refund_shipping\": true, \"note\": \"n\"}",
        MergeOrderHandler.Form::read)).isEmpty();
  }

  @Test
  void aReplacementIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ReplacementForm").misfits(
        "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}], \"reason\": \"r\"}",
        ReplaceOrderHandler.Form::read)).isEmpty();
  }

  @Test
  void aChangeIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("ChangeForm").misfits(
        """
            {"lines": [
              {"line_id": "line_1", "quantity": 3},
              {"reference": "L9", "sku": "TEA-200", "name": "Assam 200 g", "quantity": 2, "unit_price": 1990,
               "discounts": [{"code": "SPRING10", "amount": 398}],
               "taxes": [{"name": "MwSt", "rate": "0.19", "amount": 572}], "total": 3582, "metadata": {"engraving": "G.H."}}],
             "shipping_address": {"name": "G. Hopper", "company": "Navy", "line1": "Nebenstr. 7", "line2": "2. Stock", "city": "Wien", "state": "Wien",
               "postal_code": "1010", "country": "AT", "phone": "+431555"},
             "shipping": {"method": "express"}, "note": "Asked for by telephone"}""",
        ChangeOrderHandler::form)).isEmpty();
  }

  @Test
  void aCaptureIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("CaptureForm").misfits("{\"amount\": 5, \"final\": true}", CapturePaymentHandler::form))
        .isEmpty();
  }

  @Test
  void aPaymentThatIsNamedLaterIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("PaymentForm").misfits("""
        {"provider": "external", "method": "bank_transfer", "reference": "BT-1", "amount": 500, "status": "pending",
         "due_at": "2026-12-24T12:00:00Z"}""", FormReader::payment)).isEmpty();
    assertThat(RequestSchema.of("PaymentForm").misfits("""
        {"provider": "stripe", "account": "shop-eu", "reference": "pi_1", "amount": 500}""", FormReader::payment))
        .isEmpty();
  }
}
