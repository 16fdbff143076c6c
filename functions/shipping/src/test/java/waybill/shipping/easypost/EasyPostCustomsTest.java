package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.catalog.CustomsTerms.Incoterm;
import waybill.catalog.CustomsTerms;
import waybill.messages.Sku;
import waybill.platform.Json;
import waybill.shipping.customs.Declaration.Item;
import waybill.shipping.customs.Declaration;

class EasyPostCustomsTest {

  /** As docs.easypost.com has customs infos, tax identifiers and the product identifiers of the EU. */
  @Test
  void aDeclarationIsSentAsEasyPostTakesIt() {
    var item = new Item(new Sku("TEA-200"), "Black tea", 2, 3_980, 460, "090240", "IN", "4006381333931", "AS 200");
    var declared = new Declaration("EUR", List.of(item), 990, true,
        new CustomsTerms("Ada Byron", Incoterm.DDP, "IM2760000742", "DE1234567"), null, List.of());

    assertThat(Json.read(Json.write(EasyPostCustoms.of(declared, "DE")))).isEqualTo(Json.read(
        """
            {"customs_info": {"contents_type": "merchandise", "contents_explanation": "gift", "customs_certify": true,
              "customs_signer": "Ada Byron", "restriction_type": "none", "non_delivery_option": "return",
              "customs_items": [{"description": "Black tea", "quantity": 2, "value": 39.80, "currency": "EUR", "weight": 16.3,
                "hs_tariff_number": "090240", "origin_country": "IN", "code": "TEA-200", "manufacturer_product_id": "AS 200",
                "standardized_product_id": "4006381333931"}]},
             "options": {"incoterm": "DDP", "commerce_type": "B2C"},
             "tax_identifiers": [{"entity": "SENDER", "tax_id_type": "IOSS", "tax_id": "IM2760000742", "issuing_country": "DE"},
              {"entity": "SENDER", "tax_id_type": "EORI", "tax_id": "DE1234567", "issuing_country": "DE"}]}"""));
  }

  /** A tenth of a yen there is none of. */
  @Test
  void valuesHaveTheDigitsOfTheirCurrency() {
    var declared = new Declaration("JPY",
        List.of(new Item(new Sku("A"), "Tea", 1, 1_500, 10, "090240", "IN", null, null)), 0, false,
        new CustomsTerms("Ada", Incoterm.DAP, null, null), "NOEEI 30.37(a)", List.of());

    assertThat(Json.write(EasyPostCustoms.of(declared, "US"))).contains("\"value\":1500,",
        "\"eel_pfc\":\"NOEEI 30.37(a)\"");
  }
}
