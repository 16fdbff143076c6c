package waybill.shipping.karrio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.catalog.CustomsTerms.Incoterm;
import waybill.catalog.CustomsTerms;
import waybill.messages.Sku;
import waybill.platform.Json;
import waybill.shipping.customs.Declaration.Item;
import waybill.shipping.customs.Declaration;

class KarrioCustomsTest {
  static final Declaration DECLARED = new Declaration("EUR",
      List.of(new Item(new Sku("TEA-200"), "Black tea", 3, 1_000, 460, "090240", "IN", "4006381333931", null)), 990,
      true, new CustomsTerms("Ada Byron", Incoterm.DDP, "IM2760000742", "DE1234567"), null, List.of());

  @Test
  void aDeclarationIsSentAsKarrioTakesItAndItsLinesAddUpToTheCent() {
    String commodity = """
        {"title": "Black tea", "description": "Black tea", "quantity": %s, "value_amount": %s, "value_currency": "EUR",
         "weight": 0.153333, "weight_unit": "KG", "hs_code": "090240", "origin_country": "IN", "sku": "TEA-200"}""";

    assertThat(Json.read(Json.write(KarrioCustoms.of(DECLARED)))).isEqualTo(Json.read("""
        {"content_type": "merchandise", "content_description": "gift", "certify": true, "signer": "Ada Byron",
         "incoterm": "DDP", "commercial_invoice": true,
         "duty": {"paid_by": "sender", "currency": "EUR", "declared_value": 10.00},
         "options": {"ioss": "IM2760000742", "eori_number": "DE1234567"}, "commodities": [%s, %s]}""".formatted(
        commodity.formatted(2, "3.33"), commodity.formatted(1, "3.34"))));
  }

  @Test
  void theRecipientPaysDutyUnlessTheSenderDoesAndAnExportOfTheUnitedStatesSaysWhyItIsNotFiled() {
    var declared = new Declaration("JPY",
        List.of(new Item(new Sku("A"), "Tea", 1, 1_500, 10, "090240", "IN", null, null)), 0, false,
        new CustomsTerms("Ada", Incoterm.DAP, null, null), "NOEEI 30.37(a)", List.of());

    assertThat(Json.write(KarrioCustoms.of(declared))).contains("\"paid_by\":\"recipient\"", "\"value_amount\":1500,",
        "\"eel_pfc\":\"NOEEI 30.37(a)\"");
  }
}
